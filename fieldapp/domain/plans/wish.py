"""What an officer asks of a day: when, from where to where, lunch, alone or in twos, and whom to see or not to see."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.request import Place

MOST_STOPS = 60

Key = tuple[uuid.UUID, str]
"""Whom and where: a day has at most one visit to a person at home and one at work."""


@dataclass(frozen=True)
class Pick:
    """One person at one place (home or work); `minutes` is how long the visit is given.

    `sure`: picked by the officer, so it goes before all that the list only proposed; `pinned`: it goes into the plan
    even at the cost of the day's limits. `overdue`: on that day. `latest`: local time by which it must begin.
    `address_id` is the address to go to where several hold; None: the latest of them.
    """

    supervisee_id: uuid.UUID
    place: str
    minutes: int
    sure: bool = True
    overdue: bool = False
    pinned: bool = False
    latest: dt.time | None = None
    two_officers: bool = False
    address_id: uuid.UUID | None = None

    def __post_init__(self) -> None:
        """Refuse places that no visit has, and visits without length."""
        if self.place not in ("home", "work"):
            raise Invalid({"stop": "A visit is at home or at work. Pick the person again from the list."})
        if not 1 <= self.minutes <= 240:
            raise Invalid({"minutes": "Give a visit between 1 and 240 minutes."})

    @property
    def key(self) -> Key:
        """Whom and where."""
        return self.supervisee_id, self.place

    @property
    def wanted(self) -> str:
        """As a stop keeps it: pinned, picked or list."""
        if self.pinned:
            return "pinned"
        return "picked" if self.sure else "list"


@dataclass(frozen=True)
class DayWish:
    """A day as wanted; times are local times of day. `lunch_minutes` 0 means none.

    `with_partner`: a second officer comes along. `excluded`: who is not to be seen that day, picked or not.
    """

    on: dt.date
    start: dt.time
    end: dt.time
    start_place: Place
    end_place: Place
    lunch_minutes: int
    picks: tuple[Pick, ...]
    with_partner: bool = False
    excluded: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a day that ends before it begins, and more than anyone can drive."""
        if self.end <= self.start:
            raise Invalid({"end": "The day must end after it starts. Set a later end."})
        if not 0 <= self.lunch_minutes <= 120:
            raise Invalid({"lunch_minutes": "Lunch is between 0 and 120 minutes."})
        if sum(pick.sure for pick in self.picks) > MOST_STOPS:
            raise Invalid({"stop": f"Pick at most {MOST_STOPS} people for one day."})
        if len({pick.key for pick in self.picks}) != len(self.picks):
            raise Invalid({"stop": "The same visit was picked twice. Pick it once."})


def filled_up(wish: DayWish, due: Sequence[DueRow], minutes: int) -> DayWish:
    """Return the wish with all that is due soon and a visit can satisfy proposed beside the officer's own picks.

    Whoever does not fit is then left out with the reason. `minutes` is how long each visit is given.
    """
    own = {pick.key for pick in wish.picks}
    near = [row for row in visits_due(due) if row.required.bucket != "later" and (row.person.id, row.place) not in own]
    proposed = tuple(
        Pick(row.person.id, row.place, minutes, sure=False, overdue=row.required.state == "overdue") for row in near
    )
    return replace(wish, picks=wish.picks + proposed)
