"""Travel times by road: what is known is kept in the database, the rest is asked of the road service."""

import datetime as dt
import logging
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from collections.abc import Set
from typing import Any
from typing import TypeAlias

from sqlalchemy import NullPool
from sqlalchemy import event
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from fieldapp.adapters.valhalla import Deadline
from fieldapp.adapters.valhalla import OffTheMap
from fieldapp.adapters.valhalla import Valhalla
from fieldapp.domain.roads.kept import keep_legs
from fieldapp.domain.roads.kept import known_legs
from fieldapp.domain.roads.leg import Leg
from fieldapp.domain.roads.leg import Legs
from fieldapp.domain.roads.leg import NoRoads
from fieldapp.domain.roads.leg import Pair
from fieldapp.domain.roads.leg import place_key
from fieldapp.domain.roads.leg import place_of
from fieldapp.domain.roads.sources import NO_ANSWER
from fieldapp.domain.roads.sources import PARTLY
from fieldapp.domain.roads.sources import ROADS
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import Place
from fieldapp.models.engine import make_engine

log = logging.getLogger(__name__)

WAIT_MS = 500
"""How long to wait for the database when something is to be kept: it would only have to be asked once more."""

Asked: TypeAlias = dict[Pair, Leg | None]


class KeptLegs:
    """What is known of ways by road, in the app's database, on connections of its own."""

    def __init__(self, database_url: str, source: str, clock: Callable[[], dt.datetime]):
        self._engine = make_engine(database_url, poolclass=NullPool)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _wait_little)
        self._source = source
        self._clock = clock

    def known(self, roads: str | None, places: Sequence[str]) -> Legs:
        """Return what is known by these road data (None: by any); nothing where the database cannot say."""
        try:
            with Session(self._engine) as session:
                return known_legs(session, self._source, roads, places, now=self._clock())
        except SQLAlchemyError as error:
            log.warning("travel times could not be read: %s", type(error).__name__)
            return {}

    def keep(self, roads: str, legs: Legs) -> None:
        """Keep it, unless the database is busy."""
        try:
            with Session(self._engine) as session, session.begin():
                session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
                if self._engine.dialect.name == "postgresql":
                    session.execute(text(f"SET LOCAL lock_timeout = {WAIT_MS}"))
                keep_legs(session, self._source, roads, legs, now=self._clock())
        except SQLAlchemyError as error:
            log.warning("travel times could not be kept: %s", type(error).__name__)


class RoadTravelTimes:
    """Implements `TravelTimes`; where roads cannot be had, `beside` estimates and `source` says so.

    With `ask` False only what is known already counts: for those who hold the database and must not wait.
    """

    def __init__(self, service: Valhalla, kept: KeptLegs, beside: TravelTimes, *, ask: bool = True):
        self.service = service
        self.kept = kept
        self.beside = beside
        self.ask = ask

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Travel between each two of the places: by road, or all of it estimated."""
        estimate = self.beside.matrix(places)
        keys = [place_key(place) for place in places]
        lasting = {place_key(place) for place in places if not place.passing}
        try:
            legs = self._legs(list(dict.fromkeys(keys)), lasting)
        except NoRoads:
            return TravelMatrix(estimate.seconds, estimate.meters, NO_ANSWER)
        return _joined(keys, legs, estimate)

    def _legs(self, keys: list[str], lasting: Set[str]) -> Legs:
        """Return the leg of every pair of places; only those between lasting ones are kept. Raises NoRoads."""
        deadline = self.service.deadline(len(keys) ** 2)
        roads, trouble = self._roads(deadline)
        legs = dict(self.kept.known(roads, keys))
        missing = {(start, end) for start in keys for end in keys if start != end} - legs.keys()
        if missing:
            if roads is None:
                raise trouble
            found = self._asked(keys, missing, deadline)
            self.kept.keep(roads, {pair: leg for pair, leg in found.items() if lasting >= {*pair}})
            legs |= found
        return legs

    def _roads(self, deadline: Deadline) -> tuple[str | None, NoRoads]:
        """Return which road data hold now; where the service does not answer, what is known by any will do."""
        if not self.ask:
            return None, NoRoads("not known yet")
        try:
            return self.service.version(deadline), NoRoads()
        except NoRoads as error:
            return None, error
        except OffTheMap:
            return None, NoRoads("no status")

    def _asked(self, keys: Sequence[str], missing: set[Pair], deadline: Deadline) -> Asked:
        """Ask for what is missing; to a place that no road comes near there is none. Raises NoRoads."""
        try:
            return self._in_blocks(keys, missing, deadline)
        except OffTheMap:
            there = self.service.on_the_map([place_of(key) for key in keys], deadline)
        off = {key for key, near in zip(keys, there, strict=True) if not near}
        nowhere: Asked = {pair: None for pair in missing if off.intersection(pair)}
        try:
            return nowhere | self._in_blocks(keys, missing - nowhere.keys(), deadline)
        except OffTheMap:
            raise NoRoads("roads that do not meet") from None

    def _in_blocks(self, keys: Sequence[str], missing: set[Pair], deadline: Deadline) -> Asked:
        """Ask in two questions at most: from places that are new to all others, then from the others to the new."""
        found: Asked = {}
        for sources, targets in blocks(keys, missing):
            rows = self.service.matrix([place_of(key) for key in sources], [place_of(key) for key in targets], deadline)
            found |= {(a, b): rows[i][j] for i, a in enumerate(sources) for j, b in enumerate(targets) if a != b}
        return found


def blocks(keys: Sequence[str], missing: set[Pair]) -> Iterator[tuple[list[str], list[str]]]:
    """Return sources and targets that cover all the missing pairs without asking much besides."""
    new = [start for start in keys if 2 * sum((start, end) in missing for end in keys) >= len(keys)]
    for sources in (new, [key for key in keys if key not in set(new)]):
        left = {(start, end) for start, end in missing if start in set(sources)}
        if left:
            starts, ends = {start for start, _ in left}, {end for _, end in left}
            yield [key for key in keys if key in starts], [key for key in keys if key in ends]


def _joined(keys: Sequence[str], legs: Legs, estimate: TravelMatrix) -> TravelMatrix:
    """The matrix by road; a leg without a road keeps its estimate."""
    seconds, meters, source = [], [], ROADS
    for i, start in enumerate(keys):
        # two doors on one spot: no road between them, and nothing to say of it
        row = [Leg(0, 0) if start == end else legs[start, end] for end in keys]
        source = PARTLY if None in row else source
        seconds.append(tuple(leg.seconds if leg else estimate.seconds[i][j] for j, leg in enumerate(row)))
        meters.append(tuple(leg.meters if leg else estimate.meters[i][j] for j, leg in enumerate(row)))
    return TravelMatrix(tuple(seconds), tuple(meters), source)


def _wait_little(connection: Any, _record: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout={WAIT_MS}")
