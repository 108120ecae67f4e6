"""Every layout gives a whole, valid page: titled, without anything inline, with its places and the way out."""

import re
from types import SimpleNamespace

import html5lib
import pytest
from flask import Flask
from flask import render_template
from flask import render_template_string
from jinja2 import StrictUndefined

from fieldapp.web.filters import register_filters
from tests import people

AGENCY = SimpleNamespace(
    name="Larkspur County", zone="America/New_York", distance_unit="mi", clock=12, banner="Use may be recorded."
)
OFFICER = SimpleNamespace(id="7d1f", name="D. Whitfield", role="officer", initials="DW")
SUPERVISOR = SimpleNamespace(name="R. Okafor", role="supervisor", initials="RO")
ADMINISTRATOR = SimpleNamespace(name="L. Grant", role="administrator", initials="LG")
PAGE = '{% extends "layouts/LAYOUT.html" %}{% block title %}Sample{% endblock %}'


@pytest.fixture
def app() -> Flask:
    app = Flask("fieldapp")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"asset": lambda path: f"/static/{path}", "app_version": "0.1.0", "build": "b1"}
    app.jinja_env.globals["asked_at"] = people.NOW
    register_filters(app)
    return app


def page(app: Flask, layout: str, actor: SimpleNamespace | None, before: str = "") -> str:
    with app.test_request_context():
        return render_template_string(PAGE.replace("LAYOUT", layout) + before, agency=AGENCY, actor=actor)


def assert_whole_and_strict(html: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html)
    assert re.search(r"<title>[^<]+ · fieldapp</title>", html)
    assert not re.search(r"\s(style|on\w+)=", html), (
        "inline styles and handlers are refused by the content security policy"
    )
    assert not re.search(r"<script(?![^>]*\ssrc=)", html), "inline scripts are refused by the content security policy"
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert 'href="#main"' in html
    assert "data-theme-switch" in html


@pytest.mark.parametrize(
    ("layout", "actor"),
    [("base", None), ("field", OFFICER), ("visit", OFFICER), ("office", SUPERVISOR), ("office", ADMINISTRATOR)],
)
def test_layout_is_a_whole_page_with_nothing_inline(app: Flask, layout: str, actor: SimpleNamespace | None) -> None:
    assert_whole_and_strict(page(app, layout, actor))


@pytest.mark.parametrize(("layout", "actor"), [("field", OFFICER), ("office", SUPERVISOR)])
def test_way_out_is_a_form_on_every_page_outside_a_visit(app: Flask, layout: str, actor: SimpleNamespace) -> None:
    html = page(app, layout, actor)
    assert '<form class="row" method="post" action="/sign-out">' in html
    assert f"{actor.name}, {actor.role}" in html


def test_running_visit_has_no_tabs_but_keeps_its_dock_and_chip(app: Flask) -> None:
    html = page(app, "visit", OFFICER, '{% block dock %}<footer class="dock">Next</footer>{% endblock %}')
    assert 'class="tabs"' not in html
    assert '<footer class="dock">Next</footer>' in html
    assert "data-sync-chip" in html


def test_place_is_marked_once_in_the_tabs(app: Flask) -> None:
    html = page(app, "field", OFFICER, '{% set place = "plan" %}')
    assert re.findall(r'href="(/\w+)" aria-current="page"', html) == ["/plan"]
    assert "data-outbox-count hidden" in html


def test_only_administrators_are_shown_the_import(app: Flask) -> None:
    assert 'href="/import"' in page(app, "office", ADMINISTRATOR)
    assert 'href="/import"' not in page(app, "office", SUPERVISOR)


def test_names_from_the_database_are_shown_as_text(app: Flask) -> None:
    hostile = SimpleNamespace(id="7d1f", name="<img src=x>", role="officer", initials="X")
    assert "<img" not in page(app, "field", hostile)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429, 500, 503])
def test_error_page_says_what_happened_and_gives_a_way_on_without_a_database(app: Flask, status: int) -> None:
    with app.test_request_context():
        html = render_template("errors/page.html", status=status)
    assert_whole_and_strict(html)
    assert 'class="btn" href="/"' in html


def test_error_page_names_each_field_and_the_time_to_wait(app: Flask) -> None:
    with app.test_request_context():
        refused = render_template("errors/page.html", status=422, errors={"day": "Pick a day from today on."})
        slow = render_template("errors/page.html", status=429, seconds=840)
    assert "Pick a day from today on." in refused
    assert "Try again in 14 minutes." in slow


@pytest.mark.parametrize(
    ("address", "values", "words"),
    [
        ("/sign-in", {}, "Use may be recorded."),
        ("/sign-in?out=1", {}, "You are signed out"),
        ("/sign-in", {"next": "/plan"}, "Sign in to go on"),
        ("/sign-in", {"error": "This account is locked.", "next": "/plan"}, "This account is locked."),
    ],
)
def test_sign_in_page_says_each_state_in_words(app: Flask, address: str, values: dict[str, str], words: str) -> None:
    given = {"email": "a@example.org", "next": "", "error": "", **values}
    with app.test_request_context(address):
        html = render_template("sign_in/page.html", agency=AGENCY, actor=None, **given)
    assert_whole_and_strict(html)
    assert words in html
    assert html.count('class="notice"') == (1 if not values and "out" not in address else 2)
    assert 'value="a@example.org"' in html
    assert f'<input type="hidden" name="next" value="{given["next"]}">' in html
    assert re.search(r'<input id="password"[^>]* value=""[^>]* autocomplete="current-password"', html)
