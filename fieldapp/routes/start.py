"""The front door: each role's first page, and a sign of life for monitors."""

from typing import Any

from flask import Blueprint
from flask import redirect

from fieldapp.web.access import ANYONE
from fieldapp.web.access import SIGNED_IN
from fieldapp.web.access import allow
from fieldapp.web.actor import actor

bp = Blueprint("start", __name__)
FIRST_PAGE = {"officer": "/today", "supervisor": "/board", "administrator": "/import"}


@bp.get("/")
@allow(*SIGNED_IN)
def show() -> Any:
    return redirect(FIRST_PAGE[actor().role])


@bp.get("/health")
@allow(ANYONE)
def health() -> Any:
    return {"state": "up"}
