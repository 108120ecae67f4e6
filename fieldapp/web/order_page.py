"""What the page of a planned day shows: its stops, what was left out, and who could be added."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.plans.replace import visited_stops
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
    """Somebody who did not fit. `value` adds them anyway; "" where there is no position to drive to."""

    value: str
    name: str
    purpose: str
    words: str


@dataclass(frozen=True)
class OrderPage:
    """The plan in lines. `outside` counts stops outside of their windows; `choices` are values and words to add.

    `axis` are the hours written above the rulers.
    """

    lines: Sequence[StopLine]
    outside: int
    ends: str
    over: bool
    left_out: Sequence[LeftOut]
    choices: Sequence[tuple[str, str]]
    axis: Sequence[str]


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
        left_out=_left_out(plan, {person.id: person for person in people}),
        choices=_choices(plan, people),
        axis=[clock(hour * 60, agency).replace(":00", "").lstrip("0") for hour in AXIS],
    )


def _left_out(plan: DayPlan, people: dict[uuid.UUID, Supervisee]) -> list[LeftOut]:
    found = []
    for entry in plan.left_out:
        person = people.get(uuid.UUID(entry["supervisee"]))
        if person:
            value = f"{entry['supervisee']}:{entry['place']}" if entry["reason"] != "no_position" else ""
            found.append(LeftOut(value, person.name, entry["purpose"], entry["words"]))
    return found


def _choices(plan: DayPlan, people: Sequence[Supervisee]) -> list[tuple[str, str]]:
    """Return who is not in the plan, at each place that holds on that day and has a position."""
    there = {(stop.supervisee_id, stop.place) for stop in plan.stops}
    found = {}
    for person in people:
        for address in person.addresses:
            holds = address.from_on <= plan.on and (address.to_on is None or plan.on <= address.to_on)
            if holds and address.lat is not None and (person.id, address.place) not in there:
                found[f"{person.id}:{address.place}"] = f"{person.name}, {PLACES[address.place]}"
    return list(found.items())
