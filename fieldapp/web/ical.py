"""Visits as an iCalendar file (RFC 5545), which calendar programs fetch again and again."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import astuple

from icalendar import Calendar
from icalendar import Event
from icalendar import Timezone

from fieldapp.domain.calendar.entries import Entry
from fieldapp.web.assets import build

MEDIA_TYPE = "text/calendar"
NAME = "Field visits"
ASK_AGAIN = dt.timedelta(minutes=30)


def ical(entries: Sequence[Entry]) -> bytes:
    """Return the file; the same entries make the same bytes, so that a program can be told that nothing changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//fieldapp//Field visits//EN")
    calendar.add("version", "2.0")
    # RFC 7986, and what programs read that are older
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT30M")
    for entry in entries:
        calendar.add_component(_event(entry))
    if not entries:
        # a calendar without any component is none by the standard
        calendar.add_component(Timezone.from_tzid("UTC"))
    content: bytes = calendar.to_ical()
    return content


def ical_tag(entries: Sequence[Entry]) -> str:
    """Return the ETag of the file that these entries make, without making it; another build may write it otherwise."""
    told = f"{build().name} {[astuple(entry) for entry in entries]}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", str(entry.uid))
    # without a METHOD, the stamp is when the entry last changed, and not when this file was made
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends)
    event.add("summary", entry.code)
    event.add("class", "PRIVATE")
    return event
