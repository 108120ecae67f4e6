"""The files of the project, as the house rules read them: what is written here, not what is vendored or made."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "fieldapp" / "templates"
STATIC = ROOT / "fieldapp" / "static"
WORKER = ROOT / "service-worker"
NOT_OURS = {"vendor", "node_modules", "dist", "build", "var", "htmlcov", "__pycache__"}
JINJA = re.compile(r"{#.*?#}|{%.*?%}", re.DOTALL)
MACRO = re.compile(r"{%-?\s*macro\b.*?{%-?\s*endmacro\s*-?%}", re.DOTALL)
EXPRESSION = re.compile(r"{{.*?}}", re.DOTALL)


@cache
def everything() -> tuple[Path, ...]:
    """Every file that git keeps or would keep; where there is no git, every file outside of hidden folders."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
        listed = [path for path in listed if not re.search(r"(^|/)\.(?!ci/|gitignore|editorconfig|npmrc)", path)]
    return tuple(path for path in map(ROOT.joinpath, sorted(filter(None, listed))) if path.is_file())


def files(folder: Path = ROOT, pattern: str = "*") -> Iterator[Path]:
    """Every file below the folder that was written for this project."""
    for path in everything():
        if folder in path.parents and path.match(pattern) and not NOT_OURS & set(path.relative_to(ROOT).parts):
            yield path


def name(path: Path) -> str:
    """The path as a person types it from the top folder."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, inner ones too."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def html_of(template: Path) -> str:
    """A template's own HTML: comments, statements and macros left out, each expression replaced by one letter."""
    text = MACRO.sub("", template.read_text(encoding="utf-8"))
    return EXPRESSION.sub("x", JINJA.sub("", text))


def html_with_macros(template: Path) -> str:
    """A template's HTML with that of the macros it defines."""
    return EXPRESSION.sub("x", JINJA.sub("", template.read_text(encoding="utf-8")))


class Elements(HTMLParser):
    """Lists every start tag of a text as (tag, attributes)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))
