"""Today: the officer's accepted plan as it stands."""

from typing import Any

from flask import Blueprint
from flask import render_template

from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.caseload.due_list import requirements_of
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.people.file import people_of
from fieldapp.domain.plans.day import Day
from fieldapp.domain.plans.day import officers_day
from fieldapp.domain.plans.today import plan_of
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.day_page import day_page
from fieldapp.web.due_lines import due_line
from fieldapp.web.itinerary_lines import news_of

bp = Blueprint("today", __name__)
SHOWN = 3


@bp.get("/today")
@allow("officer")
def show() -> Any:
    day = officers_day(session(), actor(), actor().id, today())
    if day is None:
        return _no_plan()
    page = day_page(day, _due(day), agency(), today())
    return render_template("today/page.html", day=day, page=page, news=news_of(session(), day.plan))


def _no_plan() -> str:
    due = visits_due(due_rows(session(), actor(), today()))
    rows = [row for row in due if row.required.state == "overdue"]
    lines = [due_line(row, agency(), today(), ()) for row in rows[:SHOWN]]
    draft = plan_of(session(), actor(), today())
    return render_template("today/empty.html", rows=rows, lines=lines, draft=draft)


def _due(day: Day) -> list[DueRow]:
    """Return what is due of everybody whom the day still leads to; nothing of who has left the caseload since."""
    ids = {one.stop.supervisee_id for one in day.those("next", "later", "skipped")}
    return list(requirements_of(session(), people_of(session(), actor(), ids, today()), today()))
