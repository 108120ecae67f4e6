"""A calendar program asks at a secret address."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import actor_of
from fieldapp.domain.calendar.address import feed_of
from fieldapp.domain.calendar.entries import Entry
from fieldapp.domain.calendar.entries import entries_around
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import TryLater
from fieldapp.models.calendar import CalendarFeed

# a phone, a desk and a watch that each ask every five minutes ask 36 times an hour
MOST_FETCHES = 60
WINDOW = dt.timedelta(hours=1)


def fetch(session: Session, secret: str, *, now: dt.datetime) -> list[Entry]:
    """Return what the calendar at this address shows, and write down that it was asked for.

    Raises NotFound for a secret that is not in use, TryLater for an address that is asked for too often.
    """
    feed, officer = feed_of(session, secret)
    # two programs that ask at once tell the same story: the second waits here (SQLite has one writer by nature)
    session.execute(select(CalendarFeed.id).where(CalendarFeed.id == feed.id).with_for_update())
    session.refresh(feed)
    _count(feed, now)
    today = local_date(the_agency(session).zone, now)
    return entries_around(session, actor_of(officer), today, now=now)


def _count(feed: CalendarFeed, now: dt.datetime) -> None:
    if now - feed.counted_from >= WINDOW:
        feed.counted_from, feed.fetches = now, 0
    if feed.fetches >= MOST_FETCHES:
        wait = feed.counted_from + WINDOW - now
        raise TryLater("This calendar is asked for too often. Let the calendar program ask less often.", _seconds(wait))
    feed.fetches += 1
    feed.fetched_at = now


def _seconds(wait: dt.timedelta) -> int:
    return max(1, round(wait.total_seconds()))
