"""What a calendar shows of an officer's days: when and at which place's code, and nothing else of any person."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_plans
from fieldapp.domain.actor import Actor
from fieldapp.domain.plans.codes import place_code
from fieldapp.models.calendar import CalendarEntry
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop

BEHIND = dt.timedelta(days=7)
AHEAD = dt.timedelta(days=14)
# ids in the feed are made from stops' ids, but do not tell them: those are parts of the app's own addresses
NAMESPACE = uuid.UUID("5f1a7a0e-6f0c-4c57-9a55-5f0f5c0e8f5d")


@dataclass(frozen=True)
class Entry:
    """One visit as a calendar shows it. Times are UTC; `uid` stays, `sequence` grows with each change of the rest."""

    uid: uuid.UUID
    code: str
    begins: dt.datetime
    ends: dt.datetime
    sequence: int
    changed_at: dt.datetime


class _Row(NamedTuple):
    stop_id: uuid.UUID
    address_id: uuid.UUID
    place: str
    begins: dt.datetime
    ends: dt.datetime


def entries_around(session: Session, actor: Actor, today: dt.date, *, now: dt.datetime) -> list[Entry]:
    """Return the stops of the actor's own accepted plans, a week back and two ahead, by time.

    Writes down what was told, so that calendars learn by sequence and time what has changed since.
    """
    rows = _stops(session, actor, today)
    told = select(CalendarEntry).where(CalendarEntry.stop_id.in_([row.stop_id for row in rows]))
    before = {entry.stop_id: entry for entry in session.scalars(told)}
    return [_entry(session, row, before.get(row.stop_id), now.replace(microsecond=0)) for row in rows]


def _stops(session: Session, actor: Actor, today: dt.date) -> Sequence[_Row]:
    # single columns: names and addresses are not even read
    query = (
        visible_plans(actor)
        .where(DayPlan.officer_id == actor.id, DayPlan.state == "accepted")
        .where(DayPlan.on.between(today - BEHIND, today + AHEAD))
        .join(DayPlan.stops)
        .where(Stop.state != "skipped")
        .with_only_columns(Stop.id, Stop.address_id, Stop.place, Stop.arrive_at, Stop.leave_at)
        .order_by(Stop.arrive_at, Stop.id)
    )
    return [
        _Row(id, address_id, place, begins, ends)
        for id, address_id, place, begins, ends in session.execute(query)
        if begins and ends
    ]


def _entry(session: Session, row: _Row, before: CalendarEntry | None, now: dt.datetime) -> Entry:
    code = place_code(row.address_id, row.place)
    told = before or CalendarEntry(stop_id=row.stop_id, sequence=-1)
    shown = f"{code} {row.begins.isoformat()} {row.ends.isoformat()}"
    if before is None or told.shown != shown:
        told.shown, told.sequence, told.changed_at = shown, told.sequence + 1, now
        session.add(told)
    return Entry(uuid.uuid5(NAMESPACE, row.stop_id.hex), code, row.begins, row.ends, told.sequence, told.changed_at)
