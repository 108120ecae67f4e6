"""What an officer asks of a day: when, from where to where, lunch, and whom to see."""

import datetime as dt
import uuid
from dataclasses import dataclass

from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.request import Place

MOST_STOPS = 60


@dataclass(frozen=True)
class Pick:
    """One person at one place (home or work); `minutes` is how long the visit is given."""

    supervisee_id: uuid.UUID
    place: str
    minutes: int

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
