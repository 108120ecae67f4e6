"""What the page of a planned day shows: its stops, what was left out, and who could be added."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.caseload.cases import addresses_on
from fieldapp.domain.plans.left_out import FINAL
from fieldapp.domain.plans.replace import visited_stops
from fieldapp.domain.roads.sources import notice
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.web.filters import clock
from fieldapp.web.stop_lines import StopLine
from fieldapp.web.stop_lines import end_words
from fieldapp.web.stop_lines import outside_count
from fieldapp.web.stop_lines import stop_line

AXIS = (8, 12, 16, 20)
PLACES = {"home": "at home", "work": "at work"}


@dataclass(frozen=True)
class LeftOut:
    """Somebody who is not in the plan. `value` adds them, as the button `adds` says; "" where nobody is driven to."""

    value: str
    name: str
    purpose: str
    words: str
    adds: str


@dataclass(frozen=True)
class OrderPage:
    """The plan in lines. `outside` counts stops outside of their windows; `choices` are values and words to add.

    `left_out` are those who were picked or are overdue, `others` the rest of the due list; `alone` counts those whom a
    second officer would let in.
    `axis` are the hours written above the rulers; `travel` says where times are not by road, and why.
    """

    lines: Sequence[StopLine]
    outside: int
    ends: str
    over: bool
    left_out: Sequence[LeftOut]
    others: Sequence[LeftOut]
    alone: int
    choices: Sequence[tuple[str, str]]
    axis: Sequence[str]
    travel: str


def order_page(session: Session, plan: DayPlan, people: Sequence[Supervisee], agency: Agency) -> OrderPage:
    """Return the page of the officer's own plan; `people` are their caseload, with addresses."""
    fixed = visited_stops(session, plan)
    lines = [stop_line(stop, plan.on, agency, fixed) for stop in plan.stops]
    ends = end_words(plan, agency)
    return OrderPage(
        lines=lines,
        outside=outside_count(lines),
        ends=ends,
        over="after" in ends,
        left_out=_left_out(plan, people, first=True),
        others=_left_out(plan, people, first=False),
        alone=sum(entry["reason"] == "needs_partner" for entry in plan.left_out),
        choices=_choices(plan, people),
        axis=[clock(hour * 60, agency).replace(":00", "").lstrip("0") for hour in AXIS],
        travel=notice(plan.travel_source),
    )


def _left_out(plan: DayPlan, people: Sequence[Supervisee], *, first: bool) -> list[LeftOut]:
    by_id = {person.id: person for person in people}
    found = []
    for entry in plan.left_out:
        person = by_id.get(uuid.UUID(entry["supervisee"]))
        if person and entry.get("first", True) == first:
            value = "" if entry["reason"] in FINAL else f"{entry['supervisee']}:{entry['place']}"
            adds = "Add again" if entry["reason"] == "excluded" else "Add anyway"
            found.append(LeftOut(value, person.name, entry["purpose"], entry["words"], adds))
    return found


def _choices(plan: DayPlan, people: Sequence[Supervisee]) -> list[tuple[str, str]]:
    """Return who is not in the plan, at each address that holds on that day and has a position."""
    there = {(stop.supervisee_id, stop.place) for stop in plan.stops}
    found = []
    for person in people:
        for address in addresses_on(person, plan.on):
            if None not in address.sure_position and (person.id, address.place) not in there:
                words = f"{person.name}, {PLACES[address.place]}"
                several = sum(other.place == address.place for other in addresses_on(person, plan.on)) > 1
                value = f"{person.id}:{address.place}" + (f":{address.id}" if several else "")
                found.append((value, f"{words}, {address.text}" if several else words))
    return found
