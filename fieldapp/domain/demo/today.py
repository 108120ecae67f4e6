"""Tells the demo's today: what was done of the plans up to now, and one officer at a door this minute."""

import datetime as dt
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.demo.clock import FieldDay
from fieldapp.domain.demo.findings import CANS
from fieldapp.domain.demo.findings import PIPE
from fieldapp.domain.demo.findings import Finding
from fieldapp.domain.demo.findings import noted
from fieldapp.domain.demo.phones import Shot
from fieldapp.domain.demo.roll import door_of
from fieldapp.domain.demo.stories import Door
from fieldapp.domain.demo.stories import Story
from fieldapp.domain.demo.stories import new_id
from fieldapp.domain.demo.stories import shots_of
from fieldapp.domain.demo.telling import Telling
from fieldapp.domain.demo.today_plans import OfficersDay
from fieldapp.domain.demo.today_plans import make_plans
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop

RECEIVED = dt.timedelta(seconds=55)
MET_S, MISSED_S = 540, 240
AT_THE_DOOR = dt.timedelta(minutes=4)


@dataclass(frozen=True)
class Told:
    """A visit of today; `kept` of its photos are still on the phone."""

    email: str
    story: Story
    kept: int = 0


def tell_today(telling: Telling, day: FieldDay) -> None:
    """Write plans, then what was done of them up to now, in the order in which it happened."""
    plans = [(each, plan) for each, plan in make_plans(telling, day) if each.accepted]
    told = [one for each, plan in plans for one in _visits(telling, each, plan, day)]
    for one in sorted(told, key=lambda one: (one.story.arrived_at, one.email)):
        story = one.story
        chance = telling.chance(one.email, story.arrived_at)
        telling.check_in(one.email, story.door, story.stop, story.arrived_at, chance)
        telling.visit(one.email, story, chance, now=story.certified_at + RECEIVED, kept=one.kept)
    for each, plan in plans:
        if each.at_the_door:
            _arrive(telling, each, plan, day)


def _visits(telling: Telling, each: OfficersDay, plan: DayPlan, day: FieldDay) -> Iterator[Told]:
    """Yield the first stops of the plan as visits."""
    odd = dict(each.odd)
    stops = _done(each, plan, day)
    doors = [_door(stop, day) for stop in stops]
    met = [number for number in range(len(stops)) if number not in odd]
    flagged = next((number for number in met if each.flagged and "no_drugs" in doors[number].kinds), None)
    awaited = next((number for number in reversed(met) if each.flagged and number != flagged), None)
    for number, stop in enumerate(stops):
        chance = telling.chance(each.email, day.on, number)
        findings: tuple[Finding, ...] = ()
        if number == flagged:
            findings = tuple(noted(found, chance, photo=True) for found in (PIPE, CANS))
        shots = shots_of(findings, telling.outside.drawings.draw, chance)
        if number == awaited:
            id = new_id(chance)
            shots = (Shot(id, "visit", "Mail in their name", telling.outside.drawings.draw("mail", str(id))),)
        outcome = odd.get(number, "contact_at_door" if number == 0 and number != flagged else "contact_inside")
        arrived, left = _moments(stop, stops, outcome, day)
        story = Story(doors[number], outcome, arrived, left, findings, shots, stop.id)
        yield Told(each.email, story, len(shots) if number == awaited else 0)


def _done(each: OfficersDay, plan: DayPlan, day: FieldDay) -> Sequence[Stop]:
    """Return the stops that were visited: at most half of a plan that came out short."""
    return plan.stops[: min(each.done, (len(plan.stops) + 1) // 2, day.most_visits)]


def _moments(stop: Stop, stops: Sequence[Stop], outcome: str, day: FieldDay) -> tuple[dt.datetime, dt.datetime]:
    """Return when the officer came and left: by the plan, or drawn together where the plan reaches past now."""
    last = _planned(stops[-1]) + dt.timedelta(seconds=MET_S)
    stay = dt.timedelta(seconds=MET_S if outcome.startswith("contact") else MISSED_S)
    arrived = _planned(stop)
    return day.done(arrived, last), day.done(arrived + stay, last)


def _arrive(telling: Telling, each: OfficersDay, plan: DayPlan, day: FieldDay) -> None:
    """Say "I'm here" at the next stop, minutes ago; the visit has not come in yet."""
    at = day.now - AT_THE_DOOR
    left = plan.stops[len(_done(each, plan, day)) :]
    if left and at >= day.begun_at:
        telling.check_in(each.email, _door(left[0], day), left[0].id, at, telling.chance(each.email, day.on, "here"))


def _door(stop: Stop, day: FieldDay) -> Door:
    door = door_of(stop.supervisee, stop.place, day.on)
    assert door is not None, "a stop of a plan has an address"
    return door


def _planned(stop: Stop) -> dt.datetime:
    assert stop.arrive_at is not None, "a stop of a solved plan has a time"
    return stop.arrive_at
