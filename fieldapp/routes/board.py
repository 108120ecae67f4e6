"""The field board: who is out, what arrived, what waits for a decision; its parts renew themselves."""

from typing import Any

from flask import Blueprint
from flask import render_template

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.office.arrivals import arrived
from fieldapp.domain.office.crew import crew
from fieldapp.domain.office.open_exceptions import exceptions_open
from fieldapp.domain.office.phones import late_phones
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.visit_lists import NOTHING
from fieldapp.web.visit_lists import Asked
from fieldapp.web.visit_lists import address
from fieldapp.web.visit_lists import asked
from fieldapp.web.visit_lists import choices
from fieldapp.web.visit_lists import keeping

bp = Blueprint("board", __name__)
OFFICE = ("supervisor", "administrator")
DAYS = 3


@bp.get("/board")
@allow(*OFFICE)
def show() -> Any:
    ask = asked(DAYS)
    parts = {**_field(), **_phones(), **_arrived(ask), **_exceptions()}
    return render_template("board/page.html", **parts, **choices()), ask.status


@bp.get("/board/field")
@allow(*OFFICE)
def show_field() -> Any:
    return render_template("board/_field.html", **_field())


@bp.get("/board/phones")
@allow(*OFFICE)
def show_phones() -> Any:
    return render_template("board/_phones.html", **_phones())


@bp.get("/board/arrived")
@allow(*OFFICE)
def show_arrived() -> Any:
    ask = asked(DAYS)
    answer = render_template("board/_arrived.html", **_arrived(ask))
    return answer, ask.status, keeping(address("board.show", ask.wanted))


@bp.get("/board/exceptions")
@allow(*OFFICE)
def show_exceptions() -> Any:
    return render_template("board/_exceptions.html", **_exceptions())


def _field() -> dict[str, Any]:
    return {"crew": crew(session(), actor(), today(), agency().zone, now=now()), "as_of": now()}


def _phones() -> dict[str, Any]:
    return {"phones": late_phones(session(), actor(), now=now())}


def _arrived(ask: Asked) -> dict[str, Any]:
    found = NOTHING
    if not ask.errors:
        found = arrived(session(), actor(), ask.wanted, shipped_library(), today(), agency().zone)
    return {
        "arrived": found,
        "wanted": ask.wanted,
        "errors": ask.errors,
        "again": address("board.show_arrived", ask.wanted),
        "archive": address("visits.index", ask.wanted),
    }


def _exceptions() -> dict[str, Any]:
    return {"exceptions": exceptions_open(session(), actor(), today())}
