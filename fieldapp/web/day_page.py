"""Today in words: the next stop, what comes later, what was done."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.due.reason import rule_and_last
from fieldapp.domain.plans.day import Day
from fieldapp.domain.plans.day import StopState
from fieldapp.domain.plans.hours import curfew_from
from fieldapp.models.agency import Agency
from fieldapp.models.case import CautionFlag
from fieldapp.models.plan import Stop
from fieldapp.web.caution_lines import CautionLine
from fieldapp.web.caution_lines import caution_lines
from fieldapp.web.due_lines import level_word
from fieldapp.web.due_lines import required_words
from fieldapp.web.filters import clock
from fieldapp.web.filters import minutes
from fieldapp.web.past_lines import visit_words
from fieldapp.web.stop_lines import StopLine
from fieldapp.web.stop_lines import end_words
from fieldapp.web.stop_lines import minute_of_day
from fieldapp.web.stop_lines import purpose_words
from fieldapp.web.stop_lines import stop_line

SHAPES = {"done": "s-ok", "tried": "s-tried", "skipped": "x"}


@dataclass(frozen=True)
class NextStop:
    """The stop to go to. `readouts` are pairs of label and value; `maps` of app and link, empty without a position."""

    state: StopState
    line: StopLine
    readouts: Sequence[tuple[str, str]]
    due_state: str
    due_words: str
    rule: str
    cautions: Sequence[CautionLine]
    maps: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RouteLine:
    """A stop in the lists below: when it is planned, or when it was made and what came of it; `href` says more."""

    stop: Stop
    state: str
    shape: str
    eta: int | None
    words: str
    href: str


@dataclass(frozen=True)
class DayPage:
    """The page. `summary` are the bold part and the rest; `gauge` holds one state a stop.

    `others` are what `next` would be, and `spare` what their lines in `later` would be, if the phone knows better what
    comes next; `data` is what its script needs to tell.
    """

    summary: tuple[str, str]
    gauge: Sequence[str]
    next: NextStop | None
    later: Sequence[RouteLine]
    earlier: Sequence[RouteLine]
    ends: str
    others: Sequence[NextStop]
    spare: Sequence[RouteLine]
    data: dict[str, Any]


def day_page(day: Day, due: Sequence[DueRow], agency: Agency, today: dt.date) -> DayPage:
    """Return the page of a day; `due` are the requirements of everybody whom it still leads to."""
    earlier = sorted(day.those("done", "tried", "skipped"), key=_made_at, reverse=True)
    return DayPage(
        summary=_summary(day),
        gauge=["tried" if one.state == "skipped" else one.state for one in day.stops],
        next=_next(day.next, due, agency, today) if day.next else None,
        later=[_planned(one, agency, today) for one in day.those("later")],
        earlier=[_made(one, agency) for one in earlier],
        ends=end_words(day.plan, agency),
        others=[_next(one, due, agency, today) for one in day.those("later", "skipped")],
        spare=[_planned(one, agency, today) for one in day.those("next", "skipped")],
        data=_data(day),
    )


def map_links(stop: Stop) -> list[tuple[str, str]]:
    """Return links to map apps; they carry the position alone, never a name or an address."""
    lat, lon = stop.address.sure_position
    if lat is None or lon is None:
        return []
    at = f"{lat:.6f},{lon:.6f}"
    return [
        ("Maps on this phone", f"geo:{at}?q={at}"),
        ("Google Maps", f"https://www.google.com/maps/dir/?api=1&destination={at}"),
        ("Apple Maps", f"https://maps.apple.com/?daddr={at}"),
    ]


def _data(day: Day) -> dict[str, Any]:
    stops = [[str(one.stop.id), one.state] for one in day.stops]
    made = [one for one in day.stops if one.visit]
    last = max(made, key=_made_at, default=None)
    last_id = str(last.stop.id) if last else None
    return {"plan": str(day.plan.id), "on": day.plan.on.isoformat(), "stops": stops, "last": last_id}


def _summary(day: Day) -> tuple[str, str]:
    words = [f"{day.count('tried')} attempted"] if day.count("tried") else []
    words += [f"{day.count('skipped')} skipped"] if day.count("skipped") else []
    words.append(f"{day.count('next', 'later')} to go")
    return f"{day.count('done')} of {len(day.stops)} seen", ", ".join(words)


def _next(state: StopState, due: Sequence[DueRow], agency: Agency, today: dt.date) -> NextStop:
    stop = state.stop
    person = stop.supervisee_id
    row = next((row for row in due if row.person.id == person and row.place == stop.place and row.required.due), None)
    words = required_words(row, agency, today) if row else purpose_words(stop, today, agency)
    level = level_word(stop.supervisee, today)
    return NextStop(
        state=state,
        line=stop_line(stop, today, agency),
        readouts=_readouts(stop, agency, today),
        due_state=row.required.state if row else "",
        due_words=words,
        rule=f"{level}: {rule_and_last(row.required)}" if row and level else "",
        cautions=caution_lines(_open_cautions(stop, today), agency, today),
        maps=map_links(stop),
    )


def _open_cautions(stop: Stop, today: dt.date) -> list[CautionFlag]:
    return [row for row in stop.supervisee.cautions if row.ended_on is None or row.ended_on > today]


def _readouts(stop: Stop, agency: Agency, today: dt.date) -> list[tuple[str, str]]:
    found = [("Arrive", clock(stop.arrive_at, agency)) if stop.arrive_at else ("Arrive", "–")]
    found.append(("Drive", minutes(stop.travel_s / 60)))
    curfew = curfew_from(stop.supervisee, today)
    if curfew and stop.place == "home":
        found.append(("Curfew", clock(curfew, agency)))
    elif stop.windows:
        found.append(("Until", clock(stop.windows[-1][1] // 60 % 1440, agency)))
    return found


def _planned(one: StopState, agency: Agency, today: dt.date) -> RouteLine:
    words = purpose_words(one.stop, today, agency)
    return RouteLine(one.stop, one.state, "s-later", minute_of_day(one.stop.arrive_at, agency), words, _briefing(one))


def _made(one: StopState, agency: Agency) -> RouteLine:
    at = minute_of_day(one.visit.arrived_at if one.visit else one.stop.arrive_at, agency)
    words = visit_words(one.visit) if one.visit else f"Skipped{_because(one.stop.skip_reason)}"
    href = f"/visits/{one.visit.id}" if one.visit else _briefing(one)
    return RouteLine(one.stop, one.state, SHAPES[one.state], at, words, href)


def _briefing(one: StopState) -> str:
    return f"/stops/{one.stop.id}/briefing"


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _made_at(one: StopState) -> tuple[float, int]:
    moment = one.visit.arrived_at if one.visit else one.stop.arrive_at
    return moment.timestamp() if moment else 0.0, one.number
