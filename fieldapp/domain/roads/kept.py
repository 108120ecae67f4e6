"""Travel by road, kept: what a road service said of two places is not asked again until its road data change."""

import datetime as dt
from collections.abc import Iterable
from itertools import islice
from typing import Any

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.insert_once import INSERTS
from fieldapp.domain.roads.leg import Leg
from fieldapp.domain.roads.leg import Legs
from fieldapp.models.travel import TravelTime

KEPT_FOR = dt.timedelta(days=90)
"""After this it is asked again, as not every service says when its road data change."""

AT_ONCE = 500


def known_legs(session: Session, source: str, roads: str | None, places: Iterable[str], *, now: dt.datetime) -> Legs:
    """Return what is known of the ways between these places (keys) by the road data `roads`; None: by any."""
    keys = sorted(set(places))
    row = TravelTime
    query = select(row.start, row.end, row.seconds, row.meters).where(
        row.source == source, row.start.in_(keys), row.end.in_(keys), row.asked_at > now - KEPT_FOR
    )
    if roads is not None:
        query = query.where(row.roads == roads)
    return {(start, end): _leg(seconds, meters) for start, end, seconds, meters in session.execute(query)}


def keep_legs(session: Session, source: str, roads: str, legs: Legs, *, now: dt.datetime) -> None:
    """Keep these ways, in place of what was known of them before; what has grown too old is let go."""
    session.execute(delete(TravelTime).where(TravelTime.asked_at <= now - KEPT_FOR))
    same = {"source": source, "roads": roads, "asked_at": now}
    # in one order everywhere, so that two who keep the same ways never wait for each other in a ring
    rows = ({**same, **_columns(pair, leg)} for pair, leg in sorted(legs.items(), key=lambda item: item[0]))
    insert = INSERTS[session.get_bind().dialect.name]
    while some := list(islice(rows, AT_ONCE)):
        made = insert(TravelTime.__table__).values(some)
        new = {name: made.excluded[name] for name in ("roads", "seconds", "meters", "asked_at")}
        session.execute(made.on_conflict_do_update(index_elements=["source", "start", "end"], set_=new))


def _leg(seconds: int | None, meters: int | None) -> Leg | None:
    return None if seconds is None or meters is None else Leg(seconds, meters)


def _columns(pair: tuple[str, str], leg: Leg | None) -> dict[str, Any]:
    ends = {"start": pair[0], "end": pair[1]}
    return {**ends, "seconds": leg.seconds if leg else None, "meters": leg.meters if leg else None}
