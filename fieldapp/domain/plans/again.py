"""Planning a day anew without losing what its officer decided: pins, latest times, two officers, who is taken out."""

import datetime as dt
import uuid
from collections.abc import Sequence
from collections.abc import Set
from dataclasses import replace

from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import local_seconds
from fieldapp.domain.clock import the_agency
from fieldapp.domain.plans.hours import seconds_of
from fieldapp.domain.plans.left_out import find
from fieldapp.domain.plans.left_out import key_of
from fieldapp.domain.plans.left_out import latest_of
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Key
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.plans.wish import filled_up
from fieldapp.domain.routing.request import Place
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee

FIVE_MINUTES = 300


def wish_again(
    session: Session, actor: Actor, plan: DayPlan, due: Sequence[DueRow], *, with_partner: bool, now: dt.datetime
) -> DayWish:
    """Return the wish that plans the same day anew: whom the officer wanted, then the most urgent of the due list.

    A day that has begun is planned from now on. `with_partner`: from now on a second officer comes along.
    """
    agency, there = the_agency(session), caseload_on(session, actor, plan.on)
    wish = DayWish(
        on=plan.on,
        start=start_from(plan.start, plan.end, plan.on, agency, now=now),
        end=plan.end,
        start_place=Place(plan.start_lat, plan.start_lon, plan.start_label),
        end_place=Place(plan.end_lat, plan.end_lon, plan.end_label),
        lunch_minutes=plan.lunch_minutes,
        picks=tuple(pick for pick in _wanted(plan, agency) if pick.supervisee_id in there),
        with_partner=plan.with_partner or with_partner,
    )
    return carried_over(filled_up(wish, due, agency.visit_minutes), plan, there)


def carried_over(wish: DayWish, old: DayPlan | None, caseload: Set[uuid.UUID]) -> DayWish:
    """Return the wish with what was decided in the day's earlier plan: it holds until the officer decides otherwise.

    Pinned stops are in it though nobody picked them again; whoever was taken out stays out unless picked again.
    """
    if old is None:
        return wish
    stops: dict[Key, Stop] = {(stop.supervisee_id, stop.place): stop for stop in old.stops}
    picks = {pick.key: _decided(pick, stops.get(pick.key), old) for pick in wish.picks}
    pinned = {key: _as_picked(stop) for key, stop in stops.items() if stop.wanted == "pinned" and key[0] in caseload}
    excluded = {key_of(out) for out in old.left_out if out["reason"] == "excluded"}
    sure = {pick.key for pick in wish.picks if pick.sure}
    return replace(wish, picks=tuple((pinned | picks | pinned).values()), excluded=frozenset(excluded - sure))


def caseload_on(session: Session, actor: Actor, on: dt.date) -> set[uuid.UUID]:
    """Return the ids of everyone on the actor's caseload on that day."""
    return set(session.scalars(visible_supervisees(actor, on).with_only_columns(Supervisee.id)))


def start_from(start: dt.time, end: dt.time, on: dt.date, agency: Agency, *, now: dt.datetime) -> dt.time:
    """Return the start, or for a day that runs already the next five minutes after now: nobody drives in the past."""
    seconds = -(-local_seconds(agency.zone, now) // FIVE_MINUTES) * FIVE_MINUTES
    if on != local_date(agency.zone, now) or not seconds_of(start) < seconds < seconds_of(end):
        return start
    return dt.time(seconds // 3600, seconds % 3600 // 60)


def _wanted(plan: DayPlan, agency: Agency) -> list[Pick]:
    """Return whom the officer picked or pinned, those among them that found no place before."""
    picks = [_as_picked(stop) for stop in plan.stops if stop.wanted != "list"]
    left = [out for out in plan.left_out if out["reason"] != "excluded" and out.get("wanted", "picked") != "list"]
    return picks + [Pick(*key_of(out), out.get("minutes", agency.visit_minutes)) for out in left]


def _as_picked(stop: Stop) -> Pick:
    return Pick(
        stop.supervisee_id,
        stop.place,
        stop.minutes,
        pinned=stop.wanted == "pinned",
        latest=stop.latest,
        two_officers=stop.two_officers,
        address_id=stop.address_id,
    )


def _decided(pick: Pick, stop: Stop | None, old: DayPlan) -> Pick:
    if stop:
        return replace(pick, latest=stop.latest, two_officers=stop.two_officers, address_id=stop.address_id)
    out = find(old, pick.key)
    return replace(pick, latest=latest_of(out), two_officers=bool(out.get("two_officers")))
