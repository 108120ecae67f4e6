"""What contacts each person of the demo has had, reckoned back from when the next one shall be due; pure."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace

from fieldapp.domain.demo.caseload import DemoPerson
from fieldapp.domain.demo.standards import HOME_EVERY
from fieldapp.domain.demo.standards import IN_TREATMENT
from fieldapp.domain.demo.standards import TREATMENT_EVERY
from fieldapp.domain.demo.standards import WORK_EVERY
from fieldapp.domain.demo.working_days import next_working_day
from fieldapp.domain.demo.working_days import working_day_before

LATE_SHARE = 0.1
LATE_WEIGHTS = {"home": 6, "work": 2, "treatment": 1}
YEAR = 365
MONTH = 30
NEWCOMER = 30
ATTEMPT_SHARE, TWO_ATTEMPTS_SHARE, DOOR_SHARE, OTHERS_SHARE = 0.22, 0.05, 0.28, 0.04
# three visits in vain one after the other: what a supervisor must decide
NEVER_MET = ("S1-100037", "S1-100028")
NEVER_MET_AGO = (2, 5, 9)
VISITS = ("home", "work")


@dataclass(frozen=True)
class Past:
    """One contact: `kind` is home or work for a visit, collateral or treatment for a call."""

    person: DemoPerson
    on: dt.date
    kind: str
    outcome: str = "contact_inside"


@dataclass(frozen=True)
class Span:
    """Days on which somebody's supervision was active, both ends included."""

    first: dt.date
    last: dt.date


def contacts_of(person: DemoPerson, today: dt.date, seed: int) -> list[Past]:
    """Return the contacts of the last year up to yesterday, in order; the same for the same seed and day."""
    chance = random.Random(f"{seed} {person.case_number} {today}")
    late = _late_kind(person, today, chance)
    found: list[Past] = []
    spans = active_spans(person, today)
    for span in spans:
        current = span is spans[-1] and span.last >= today - dt.timedelta(days=1)
        for kind, every in _cadences(person, today):
            due_in = _due_in(chance, every, late == kind) if current else None
            found += _contacts(person, kind, span, every, due_in, chance)
    found = _after_events(person, found, today, chance)
    # on one day there is one contact of a kind, and what was made counts before what was tried
    days = {(one.on, one.kind): one for one in found}
    for one in found:
        for tried in _before(one, found, today, chance):
            days.setdefault((tried.on, tried.kind), tried)
    return [days[key] for key in sorted(days)]


def active_spans(person: DemoPerson, today: dt.date) -> list[Span]:
    """Return when the person could be visited, within the last year and since the agency knows them."""
    first: dt.date | None = max(person.start, person.known_since, today - dt.timedelta(days=YEAR))
    spans = []
    for change in person.changes:
        if change.column == "status" and first and change.value != "active":
            spans.append(Span(first, change.on - dt.timedelta(days=1)))
            first = None
        elif change.column == "status" and change.value == "active":
            first = change.on
    return [*spans, Span(first, today - dt.timedelta(days=1))] if first else spans


def _cadences(person: DemoPerson, today: dt.date) -> Iterator[tuple[str, int]]:
    line = person.on(today)
    yield "home", HOME_EVERY[line["level"]]
    if line["level"] in WORK_EVERY:
        yield "work", WORK_EVERY[line["level"]]
    if line["level"] == "high":
        yield "collateral", MONTH
    if line["case_type"] in IN_TREATMENT:
        yield "treatment", TREATMENT_EVERY


def _late_kind(person: DemoPerson, today: dt.date, chance: random.Random) -> str:
    """Return which kind of contact is overdue for this person, "" for nearly everybody: none."""
    kinds = [kind for kind, _ in _cadences(person, today) if kind in LATE_WEIGHTS]
    late = chance.random() < LATE_SHARE
    kind = chance.choices(kinds, [LATE_WEIGHTS[kind] for kind in kinds])[0]
    return "home" if person.case_number in NEVER_MET else kind if late else ""


def _due_in(chance: random.Random, every: int, late: bool) -> int:
    """Return in how many days the next contact shall be due; below zero is overdue."""
    return -chance.randint(1, 16) if late else chance.randint(0, every - 2)


def _contacts(
    person: DemoPerson, kind: str, span: Span, every: int, due_in: int | None, chance: random.Random
) -> Iterator[Past]:
    """Yield completed contacts of one kind in one span, the latest first."""
    length = (span.last - span.first).days
    if due_in is None:
        back = chance.randint(1, max(1, every))
    else:
        back = every - due_in - 1
    first = span.first + dt.timedelta(days=chance.randint(3, min(24, max(3, length))))
    at = span.last - dt.timedelta(days=back)
    at = working_day_before(at) if due_in is not None and due_in < 0 else next_working_day(at, span.last)
    while at > first + dt.timedelta(days=every // 3):
        yield Past(person, at, kind, _met(kind, chance))
        at = working_day_before(at - dt.timedelta(days=int(every * _pace(chance))))
    first = next_working_day(first, span.last)
    if span.first <= first <= span.last and (length > NEWCOMER or chance.random() < 0.5):
        yield Past(person, first, kind, _met(kind, chance))


def _pace(chance: random.Random) -> float:
    """Return how much of the period passes between two contacts; a few come late."""
    return chance.uniform(1.05, 1.4) if chance.random() < 0.06 else chance.uniform(0.6, 0.98)


def _met(kind: str, chance: random.Random) -> str:
    return "contact_at_door" if kind == "home" and chance.random() < DOOR_SHARE else "contact_inside"


def _after_events(person: DemoPerson, found: list[Past], today: dt.date, chance: random.Random) -> list[Past]:
    """Put in the visit that a move, a release or a new job asks for; until it is made, nobody was met there."""
    moves = [(on, "home") for on in person.days_of("home_address")]
    jobs = [(on, "work") for on in person.days_of("employer")]
    back = [(change.on, "home") for change in person.changes if (change.column, change.value) == ("status", "active")]
    for on, kind in [*moves, *jobs, *back]:
        after = dt.timedelta(days=chance.randint(2, 4 if (on, kind) in back else 9))
        visit = next_working_day(on + after, dt.date.max)
        found = [one for one in found if one.kind != kind or not on <= one.on < visit]
        if visit < today and not any(one.kind == kind and one.on == visit for one in found):
            found.append(Past(person, visit, kind))
    return found


def _before(one: Past, all_made: list[Past], today: dt.date, chance: random.Random) -> Iterator[Past]:
    """Yield the visits in vain before a contact; for those never met, after their last contact."""
    if one.kind not in VISITS:
        return
    latest = max(each.on for each in all_made if each.kind == one.kind) == one.on
    if one.person.case_number in NEVER_MET and one.kind == "home" and latest:
        yield from _in_vain(one, today)
        return
    drawn = chance.random()
    attempts = 2 if drawn < TWO_ATTEMPTS_SHARE else 1 if drawn < ATTEMPT_SHARE else 0
    before = max((each.on for each in all_made if each.kind == one.kind and each.on < one.on), default=None)
    for number in range(1, attempts + 1):
        on = working_day_before(one.on - dt.timedelta(days=2 * number))
        if before is not None and on > before:
            yield replace(one, on=on, outcome=_missed(one.kind, chance))
    if before is not None and chance.random() < OTHERS_SHARE and one.on - before > dt.timedelta(days=12):
        yield replace(one, on=working_day_before(one.on - dt.timedelta(days=8)), outcome="collateral_only")


def _in_vain(one: Past, today: dt.date) -> Iterator[Past]:
    """Yield a visit on each of the days at which nobody opened since the person was last met."""
    on = today
    for ago in NEVER_MET_AGO:
        on = working_day_before(min(on - dt.timedelta(days=1), today - dt.timedelta(days=ago)))
        yield replace(one, on=on, outcome="no_one_home")


def _missed(kind: str, chance: random.Random) -> str:
    if kind == "work":
        return chance.choice(("absent_from_work", "off_shift"))
    return chance.choices(("no_one_home", "occupied_no_answer", "access_blocked", "rescheduled"), (8, 2, 1, 1))[0]
