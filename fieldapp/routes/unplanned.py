"""A visit that was not planned: the whole caseload to choose from, with and without a signal."""

from typing import Any

from flask import Blueprint
from flask import render_template

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.people.caseload import carried_caseload
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.caseload_page import caseload_lines
from fieldapp.web.caseload_page import shared_facts
from fieldapp.web.clock import agency
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.reading import note_caseload

bp = Blueprint("unplanned", __name__)


@bp.get("/unplanned")
@allow("officer")
def show() -> Any:
    caseload = carried_caseload(session(), actor(), today())
    note_caseload([one.person.id for one in caseload])
    lines = caseload_lines(caseload, agency(), today())
    shared = shared_facts(shipped_library(), actor(), agency(), today())
    return render_template("unplanned/page.html", lines=lines, shared=shared)
