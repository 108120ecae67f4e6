"""When the demo's day of field work begins, so that half of it lies behind at whatever time the demo is made; pure."""

import datetime as dt
from dataclasses import dataclass

from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import local_moment
from fieldapp.domain.clock import local_seconds
from fieldapp.domain.demo.agency import FIELD_START
from fieldapp.domain.demo.agency import ZONE

QUARTER, HOUR = 900, 3600
# how long officers have been out when half of the day is done
OUT_S = 2 * HOUR + 1800
LATEST_START = 13 * HOUR
LENGTH_S = 7 * HOUR
# who begins later, or ends earlier, has lunch before or after the day in the field
LUNCH_IF_FROM, LUNCH_IF_UNTIL = 10 * HOUR + 1800, 14 * HOUR
LAST_TIME = 24 * HOUR - 60
# a little distance to now, for what must have been received already
SOONEST = dt.timedelta(minutes=8)
EACH_VISIT_S = 240


@dataclass(frozen=True)
class FieldDay:
    """The local date of `now` (UTC), and seconds of that day at which the officers begin and end."""

    now: dt.datetime
    on: dt.date
    start: int
    end: int

    @property
    def lunch_minutes(self) -> int:
        """Half an hour where the day has the hours for it, else none."""
        return 30 if self.start <= LUNCH_IF_FROM and self.end >= LUNCH_IF_UNTIL else 0

    @property
    def field_start(self) -> dt.time:
        """The agency's first hour in the field: the usual one, or the day's own where that is earlier."""
        return min(FIELD_START, time_of(self.start))

    @property
    def begun_at(self) -> dt.datetime:
        """The moment at which the day begins."""
        return local_moment(ZONE, self.on, self.start)

    @property
    def planned_at(self) -> dt.datetime:
        """The moment at which the day was planned: some minutes before it begins, never on the day before."""
        return max(local_moment(ZONE, self.on, 0), self.begun_at - dt.timedelta(minutes=25))

    @property
    def most_visits(self) -> int:
        """How many visits can have been made since the day began: soon after midnight hardly any."""
        return max(0, int((self.now - SOONEST - self.begun_at).total_seconds()) // EACH_VISIT_S)

    def done(self, at: dt.datetime, last: dt.datetime) -> dt.datetime:
        """Return when something planned at `at` happened, all up to `last` having happened by now.

        As planned where the plan lies behind already; else drawn together, so that `last` is a little before now.
        """
        latest = self.now - SOONEST
        if last <= latest:
            return at
        share = (latest - self.begun_at) / (last - self.begun_at)
        return self.begun_at + (at - self.begun_at) * share


def field_day(now: dt.datetime) -> FieldDay:
    """Return today's day of field work as seen at `now`."""
    seconds = local_seconds(ZONE, now)
    start = min(LATEST_START, max(0, seconds - OUT_S) // QUARTER * QUARTER)
    return FieldDay(now, local_date(ZONE, now), start, min(LAST_TIME, start + LENGTH_S))


def time_of(seconds: int) -> dt.time:
    """Return the time of day at these seconds after midnight."""
    return dt.time(seconds // HOUR, seconds // 60 % 60)
