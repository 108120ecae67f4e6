"""What an officer asks of a day: when, from where to where, lunch, and whom to see."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.errors import Invalid
from fieldapp.domain.plans.urgency import urgency
from fieldapp.domain.routing.request import Place

MOST_STOPS = 60
MOST_PROPOSED = 30


@dataclass(frozen=True)
class Pick:
    """One person at one place (home or work); `minutes` is how long the visit is given.

    `sure`: picked by the officer, so it goes before all that the list only proposed. `overdue`: on that day.
    """

    supervisee_id: uuid.UUID
    place: str
    minutes: int
    sure: bool = True
    overdue: bool = False

    def __post_init__(self) -> None:
        """Refuse places that no visit has, and visits without length."""
        if self.place not in ("home", "work"):
            raise Invalid({"stop": "A visit is at home or at work. Pick the person again from the list."})
        if not 1 <= self.minutes <= 240:
            raise Invalid({"minutes": "Give a visit between 1 and 240 minutes."})


@dataclass(frozen=True)
class DayWish:
    """A day as wanted; times are local times of day. `lunch_minutes` 0 means none."""

    on: dt.date
    start: dt.time
    end: dt.time
    start_place: Place
    end_place: Place
    lunch_minutes: int
    picks: tuple[Pick, ...]

    def __post_init__(self) -> None:
        """Refuse a day that ends before it begins, and more than anyone can drive."""
        if self.end <= self.start:
            raise Invalid({"end": "The day must end after it starts. Set a later end."})
        if not 0 <= self.lunch_minutes <= 120:
            raise Invalid({"lunch_minutes": "Lunch is between 0 and 120 minutes."})
        if len(self.picks) > MOST_STOPS:
            raise Invalid({"stop": f"Pick at most {MOST_STOPS} people for one day."})
        if len({(pick.supervisee_id, pick.place) for pick in self.picks}) != len(self.picks):
            raise Invalid({"stop": "The same visit was picked twice. Pick it once."})


def filled_up(wish: DayWish, due: Sequence[DueRow], minutes: int) -> DayWish:
    """Return the wish with the most urgent visits of the due list proposed beside the officer's own picks.

    At most MOST_PROPOSED in all; the solver takes of them what fits. `minutes` is how long each visit is given.
    """
    own = {(pick.supervisee_id, pick.place) for pick in wish.picks}
    near = [row for row in visits_due(due) if row.required.bucket != "later" and (row.person.id, row.place) not in own]
    near.sort(key=lambda row: -urgency(row, wish.on))
    room = max(0, MOST_PROPOSED - len(wish.picks))
    proposed = tuple(
        Pick(row.person.id, row.place, minutes, sure=False, overdue=row.required.state == "overdue")
        for row in near[:room]
    )
    return replace(wish, picks=wish.picks + proposed)
