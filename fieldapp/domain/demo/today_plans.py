"""Today's plans of the demo's officers, made by the real solver from the due list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import due_rows
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.demo.agency import OFFICE
from fieldapp.domain.demo.clock import FieldDay
from fieldapp.domain.demo.clock import time_of
from fieldapp.domain.demo.roll import door_of
from fieldapp.domain.demo.telling import Telling
from fieldapp.domain.plans.change import accept
from fieldapp.domain.plans.hours import windows_on
from fieldapp.domain.plans.make import plan_day
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.request import Place
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
    plans = ((each, _plan(telling, each, day)) for each in DAYS)
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

    So the first half of the route, whatever the solver makes of it, holds somebody whose condition matches.
    """
    free = [(row, matches) for row in rows if (matches := _free(row, agency, day)) is not None]
    first = [row for row, matches in free if matches][: count // 2 + 2]
    return first + [row for row, _ in free if row not in first][: count - len(first)]


def _free(row: DueRow, agency: Agency, day: FieldDay) -> bool | None:
    """Say whether the person has a condition against drugs; None for who cannot be met at home for most of the day."""
    door = door_of(row.person, "home", day.on)
    windows = windows_on(row.person, "home", agency, day.on)
    if door is None or door.lat is None:
        return None
    if not any(
        opens <= day.start and min(day.end - HALF_HOUR, _closing(agency)) <= closes for opens, closes in windows
    ):
        return None
    return "no_drugs" in door.kinds


def _closing(agency: Agency) -> int:
    return agency.field_end.hour * 3600 + agency.field_end.minute * 60
