"""The outbox page: what is on this phone and not yet with the office. The phone itself fills it in."""

from typing import Any

from flask import Blueprint
from flask import render_template

from fieldapp.web.access import allow
from fieldapp.web.clock import agency
from fieldapp.web.visit_data import manner

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@allow("officer")
def show() -> Any:
    return render_template("outbox/page.html", manner=manner(agency()))
