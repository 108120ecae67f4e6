"""Routes say who may call them, do one thing each, and have URLs that do not change by accident."""

import ast
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from fieldapp.app import create_app
from fieldapp.settings import Settings
from tests.rules.sources import ROOT
from tests.rules.sources import files
from tests.rules.sources import functions
from tests.rules.sources import name
from tests.rules.sources import tree

ROUTES = list(files(ROOT / "fieldapp" / "routes", "*.py"))
VERBS = {"route", "get", "post", "put", "patch", "delete"}
FROZEN = Path(__file__).with_name("urls.txt")
IMPLIED = {"HEAD", "OPTIONS"}


def decorators(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.Call]:
    """The calls that decorate a function, outermost first."""
    return (each for each in node.decorator_list if isinstance(each, ast.Call))


def is_route(call: ast.Call) -> bool:
    """Whether it is `@bp.get(...)` or its like."""
    return isinstance(call.func, ast.Attribute) and call.func.attr in VERBS


def is_allow(call: ast.Call) -> bool:
    """Whether it is `@allow(...)` with somebody in it."""
    return isinstance(call.func, ast.Name) and call.func.id == "allow" and bool(call.args)


def imports_allow(module: ast.Module) -> bool:
    """Whether `allow` is the one of fieldapp.web.access."""
    return any(
        isinstance(node, ast.ImportFrom) and node.module == "fieldapp.web.access" and node.names[0].name == "allow"
        for node in module.body
    )


def urls(app: Flask) -> set[str]:
    """Each URL with its methods and the roles that may call it, as a line of urls.txt."""
    return {
        f"{rule.rule}  {','.join(sorted(methods - IMPLIED or methods))}  {','.join(allowed(app, rule.endpoint))}"
        for rule in app.url_map.iter_rules()
        if (methods := rule.methods or set())
    }


def allowed(app: Flask, endpoint: str) -> Sequence[str]:
    """Who may call it, as `@allow` says; Flask's own route of static files is for everybody."""
    return getattr(app.view_functions[endpoint], "allowed", ("anyone",))


@pytest.mark.parametrize("path", ROUTES, ids=name)
def test_every_route_says_who_may_call_it(path: Path) -> None:
    module = tree(path)
    routes = [node for node in functions(module) if any(map(is_route, decorators(node)))]
    open_ones = [node.name for node in routes if not any(map(is_allow, list(decorators(node))[1:]))]

    assert not open_ones, f"{name(path)}: {open_ones}: put @allow(roles) beneath the route's decorator."
    assert not routes or imports_allow(module), f"{name(path)}: import allow from fieldapp.web.access."


@pytest.mark.parametrize("path", ROUTES, ids=name)
def test_get_and_post_are_two_functions(path: Path) -> None:
    for node in functions(tree(path)):
        calls = [call for call in decorators(node) if is_route(call)]
        verbs = {call.func.attr.upper() for call in calls if isinstance(call.func, ast.Attribute)} - {"ROUTE"}
        for call in calls:
            verbs |= {
                str(value.value).upper()
                for keyword in call.keywords
                if keyword.arg == "methods" and isinstance(keyword.value, ast.List | ast.Tuple)
                for value in keyword.value.elts
                if isinstance(value, ast.Constant)
            }
        assert not {"GET", "POST"} <= verbs, f"{name(path)}: {node.name} answers GET and POST. Make it two functions."


def test_urls_and_their_roles_are_the_ones_written_down(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url=sqlite_url, secret_key="secret of a test", secure_cookies=False)
    there = urls(create_app(settings))
    written = set(FROZEN.read_text(encoding="utf-8").splitlines())

    added = "\n".join(sorted(there - written))
    gone = "\n".join(sorted(written - there))
    assert not added, (
        f"New URLs or roles. Phones keep pages and bookmarks: if they are to stay, add to urls.txt:\n{added}"
    )
    assert not gone, f"URLs or roles are gone that phones may need. Bring them back, or take from urls.txt:\n{gone}"
