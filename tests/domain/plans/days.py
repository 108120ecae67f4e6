"""Wishes, travel times and solvers for tests of day plans."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.plans.make import plan_day
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.ports import RouteSolverFailed
from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.domain.routing.days import straight

OFFICE = Place(people.HOME[0], people.HOME[1], "Office")


class Straight:
    """Travel along straight lines: 0.01 degrees are two minutes."""

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        return straight(tuple(places))


class InOrderGiven:
    """Makes the stops as they come, the required ones first, and at most so many of them."""

    def __init__(self, most: int = 99):
        self.most = most
        self.asked: DayRequest | None = None

    def solve(self, request: DayRequest, matrix: TravelMatrix) -> list[str]:
        self.asked = request
        stops = sorted((stop for stop in request.located if stop.windows), key=lambda stop: not stop.required)
        return [stop.id for stop in stops][: self.most]


class Broken:
    """Never answers."""

    def solve(self, request: DayRequest, matrix: TravelMatrix) -> list[str]:
        raise RouteSolverFailed


def wish(*picks: Supervisee | Pick, on: dt.date = people.TODAY, **fields: Any) -> DayWish:
    """A day from and to the office, 9 to 17, with a quarter of an hour for each home."""
    made = tuple(pick if isinstance(pick, Pick) else Pick(pick.id, "home", 15) for pick in picks)
    given = {"start": dt.time(9), "end": dt.time(17), "start_place": OFFICE, "end_place": OFFICE, "lunch_minutes": 0}
    return DayWish(on=on, picks=made, **{**given, **fields})


def planned(session: Session, officer: User, *picks: Supervisee | Pick, solver: Any = None, **fields: Any) -> DayPlan:
    """The officer's plan for such a wish."""
    asked = wish(*picks, **fields)
    return plan_day(session, people.actor(officer), asked, Straight(), solver or InOrderGiven(), now=people.NOW)


def names(plan: DayPlan) -> list[str]:
    """The first names along the route."""
    return [stop.supervisee.first_name for stop in plan.stops]
