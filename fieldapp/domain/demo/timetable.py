"""Gives the visits of the last weeks their times of day, and a few of them what a supervisor must decide; pure."""

import datetime as dt
import random
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from fieldapp.domain.clock import local_moment
from fieldapp.domain.demo.agency import ZONE
from fieldapp.domain.demo.history import NEVER_MET
from fieldapp.domain.demo.history import Past

FIRST = 9 * 3600
LUNCH = (12 * 3600, 12 * 3600 + 2400)
NO_SIGNAL_SHARE = 0.07
LATE, LONG_AGO = dt.timedelta(hours=28), dt.timedelta(hours=48)


@dataclass(frozen=True)
class Timed:
    """A visit with its moments (UTC). `received_at` is when the office got it; `far`: taken away from the door."""

    past: Past
    arrived_at: dt.datetime
    left_at: dt.datetime
    received_at: dt.datetime
    far: bool = False


def timetable(visits: Sequence[Past], seed: int, *, now: dt.datetime) -> list[Timed]:
    """Return the visits in the order in which the office received them; no officer is at two doors at once."""
    days: dict[tuple[str, dt.date], list[Past]] = {}
    for visit in sorted(visits, key=lambda each: (each.on, each.person.case_number, each.kind)):
        days.setdefault((visit.person.line["officer_email"], visit.on), []).append(visit)
    found: list[Timed] = []
    for (email, on), day in days.items():
        found += _day(day, on, random.Random(f"{seed} {email} {on}"))
    return sorted(_remarkable(found, now), key=lambda each: (each.received_at, each.past.person.case_number))


def _day(visits: list[Past], on: dt.date, chance: random.Random) -> list[Timed]:
    chance.shuffle(visits)
    seconds = FIRST + chance.randint(0, 1500)
    timed = []
    for visit in visits:
        arrived = local_moment(ZONE, on, seconds)
        left = arrived + dt.timedelta(seconds=_stay(visit.outcome, chance))
        delay = chance.randint(40, 190) if chance.random() > NO_SIGNAL_SHARE else chance.randint(1800, 9000)
        timed.append(Timed(visit, arrived, left, left + dt.timedelta(seconds=delay)))
        seconds += chance.randint(1700, 2900)
        if LUNCH[0] <= seconds < LUNCH[1]:
            seconds = LUNCH[1]
    return timed


def _stay(outcome: str, chance: random.Random) -> int:
    """Return how many seconds a visit took: eight minutes on average where somebody was met."""
    return chance.randint(330, 780) if outcome.startswith("contact") else chance.randint(150, 420)


def _remarkable(visits: list[Timed], now: dt.datetime) -> list[Timed]:
    """Return the visits, one of the latest ones received late, one taken far away, one at which entry was refused."""
    found = sorted(visits, key=lambda each: (each.arrived_at, each.past.person.case_number), reverse=True)
    places = {
        "late": _place(found, lambda each: now - each.left_at > LONG_AGO),
        "far": _place(found, _outside_a_known_door),
        "refused": _place(found, _in_vain),
    }
    for what, place in places.items():
        if place is not None:
            found[place] = _made(what, found[place])
    return found


def _place(visits: Sequence[Timed], fits: Callable[[Timed], bool]) -> int | None:
    return next((place for place, each in enumerate(visits) if fits(each)), None)


def _outside_a_known_door(visit: Timed) -> bool:
    seen = (visit.past.kind, visit.past.outcome) == ("home", "contact_at_door")
    return seen and bool(visit.past.person.on(visit.past.on)["home_lat"])


def _in_vain(visit: Timed) -> bool:
    at_home = visit.past.kind == "home" and visit.past.outcome in ("no_one_home", "occupied_no_answer")
    return at_home and visit.past.person.case_number not in NEVER_MET


def _made(what: str, visit: Timed) -> Timed:
    if what == "late":
        return replace(visit, received_at=visit.left_at + LATE)
    if what == "far":
        return replace(visit, far=True)
    return replace(visit, past=replace(visit.past, outcome="refused_entry"))
