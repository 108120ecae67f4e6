"""Today's plans of the demo's officers, made by the real solver from the due list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.demo.agency import OFFICE
from fieldapp.domain.demo.clock import FieldDay
from fieldapp.domain.demo.clock import time_of
from fieldapp.domain.demo.telling import Telling
from fieldapp.domain.people.file import conditions_on
from fieldapp.domain.plans.change import accept
from fieldapp.domain.plans.hours import seconds_of
from fieldapp.domain.plans.hours import windows_on
from fieldapp.domain.plans.make import plan_day
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import Window
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan

HALF_HOUR = 1800


@dataclass(frozen=True)
class OfficersDay:
    """How far one officer's day is: so many stops, so many done, and by number what was no plain contact."""

    email: str
    stops: int
    done: int
    accepted: bool = True
    at_the_door: bool = False
    flagged: bool = False
    odd: tuple[tuple[int, str], ...] = ()


DAYS = (
    OfficersDay("officer1@demo.example", 8, 4, flagged=True, odd=((1, "no_one_home"),)),
    OfficersDay("officer2@demo.example", 6, 2, at_the_door=True),
    OfficersDay("officer3@demo.example", 5, 1),
    OfficersDay("officer4@demo.example", 6, 3, odd=((2, "refused_entry"),)),
    OfficersDay("officer5@demo.example", 5, 0, accepted=False),
)


def make_plans(telling: Telling, day: FieldDay) -> list[tuple[OfficersDay, DayPlan]]:
    """Return the plans of those who have anybody to visit."""
    agency = telling.office.agency
    usual, agency.field_start = agency.field_start, day.field_start
    plans = [(each, _plan(telling, each, day)) for each in DAYS]
    # a demo made before dawn has officers out before the agency's hours, today and no other day
    agency.field_start = usual
    telling.session.flush()
    return [(each, plan) for each, plan in plans if plan]


def _plan(telling: Telling, each: OfficersDay, day: FieldDay) -> DayPlan | None:
    actor, session, agency = telling.phones[each.email].actor, telling.session, telling.office.agency
    rows = [row for row in visits_due(due_rows(session, actor, day.on)) if row.place == "home"]
    chosen = _chosen(rows, each.stops, agency, day)
    if not chosen:
        return None
    office = Place(*OFFICE, agency.office_label)
    picks = tuple(Pick(row.person.id, row.place, agency.visit_minutes) for row in chosen)
    wish = DayWish(day.on, time_of(day.start), time_of(day.end), office, office, day.lunch_minutes, picks)
    plan = plan_day(session, actor, wish, telling.outside.travel, telling.outside.solver, now=day.planned_at)
    if each.accepted and plan.stops:
        accept(session, actor, plan, now=day.planned_at + dt.timedelta(minutes=2))
    return plan


def _chosen(rows: Sequence[DueRow], count: int, agency: Agency, day: FieldDay) -> list[DueRow]:
    """Return whom to visit: the most urgent who can be met all day, most of them with a condition against drugs.

    So the first half of the route, whatever the solver makes of it, holds somebody whose condition matches. Where
    these are too few, people follow who are at home for a part of the day.
    """
    near = [(row, windows_on(row.person, "home", agency, day.on)) for row in rows if _placed(row, day)]
    free = [row for row, windows in near if _free(windows, agency, day)]
    first = [row for row in free if any(each.kind == "no_drugs" for each in conditions_on(row.person, day.on))]
    partly = [row for row, windows in near if any(opens < day.end and day.start < closes for opens, closes in windows)]
    ranked = [*first[: count // 2 + 2], *free, *partly]
    return list({row.person.id: row for row in ranked}.values())[:count]


def _placed(row: DueRow, day: FieldDay) -> bool:
    address = address_at(row.person, "home", day.on)
    return address is not None and address.lat is not None


def _free(windows: Sequence[Window], agency: Agency, day: FieldDay) -> bool:
    """Say whether one window holds the day up to its last half hour, or to where the agency's field hours end."""
    closing = seconds_of(agency.field_end)
    return any(opens <= day.start and min(day.end - HALF_HOUR, closing) <= closes for opens, closes in windows)
