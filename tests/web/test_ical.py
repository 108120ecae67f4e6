"""The iCalendar file, read back by rule: RFC 5545's lines, what an entry must have, and UTC alone."""

import datetime as dt
import re
import uuid

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from icalendar import Calendar

from fieldapp.domain.calendar.entries import Entry
from fieldapp.web.ical import ical
from fieldapp.web.ical import ical_tag
from tests import people

CODE = st.text("23456789BCDFGHJKMNPQRSTVWXZ-", min_size=1, max_size=200)
MOMENT = st.integers(946_684_800, 4_102_444_800).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))
ENTRY = st.builds(
    Entry, uid=st.uuids(), code=CODE, begins=MOMENT, ends=MOMENT, sequence=st.integers(0, 9999), changed_at=MOMENT
)
WANTED = ["CLASS", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "UID"]


def entry(**fields: object) -> Entry:
    given = {"uid": uuid.UUID(int=7), "code": "K7QM-H", "begins": people.NOW, "sequence": 3, "changed_at": people.NOW}
    return Entry(**given | {"ends": people.NOW + dt.timedelta(minutes=15)} | fields)  # type: ignore[arg-type]  # any of its own


def test_an_entry_is_told_in_utc_with_all_that_a_program_needs_to_see_a_change() -> None:
    lines = ical([entry()]).decode().split("\r\n")
    event = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]

    assert sorted(event) == [
        "CLASS:PRIVATE",
        "DTEND:20261119T191500Z",
        "DTSTAMP:20261119T190000Z",
        "DTSTART:20261119T190000Z",
        "LAST-MODIFIED:20261119T190000Z",
        "SEQUENCE:3",
        "SUMMARY:K7QM-H",
        "UID:00000000-0000-0000-0000-000000000007",
    ]


@settings(max_examples=50)
@given(entries=st.lists(ENTRY, max_size=5))
def test_any_entries_make_a_file_that_follows_the_standard(entries: list[Entry]) -> None:
    content = ical(entries)
    lines = content.split(b"\r\n")

    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(re.match(rb"[A-Z-]+[;:]| ", line) for line in lines[:-1])
    assert {b"VERSION:2.0", b"PRODID:-//fieldapp//Field visits//EN"} <= set(lines)


@settings(max_examples=50)
@given(entries=st.lists(ENTRY, max_size=5))
def test_what_a_program_reads_is_what_was_told(entries: list[Entry]) -> None:
    calendar = Calendar.from_ical(ical(entries))
    events = calendar.walk("VEVENT")

    assert all(sorted(event) == WANTED for event in events)
    assert [
        Entry(
            uuid.UUID(event["UID"]), str(event["SUMMARY"]), event["DTSTART"].dt, event["DTEND"].dt,
            int(event["SEQUENCE"]), event["LAST-MODIFIED"].dt,
        )
        for event in events
    ] == entries  # fmt: skip
    assert [event["DTSTAMP"].dt for event in events] == [one.changed_at for one in entries]


def test_the_same_entries_make_the_same_bytes() -> None:
    assert ical([entry()]) == ical([entry()])
    assert ical([entry()]) != ical([entry(sequence=4)])


def test_the_tag_changes_with_whatever_is_told_and_with_nothing_else() -> None:
    later = people.NOW + dt.timedelta(minutes=1)
    others: list[dict[str, object]] = [{"sequence": 4}, {"code": "X2Y3-H"}, {"uid": uuid.UUID(int=8)}]
    others += [{name: later} for name in ("begins", "ends", "changed_at")]

    tags = [ical_tag([]), ical_tag([entry()]), *(ical_tag([entry(**other)]) for other in others)]
    assert len(set(tags)) == len(tags)
    assert ical_tag([entry()]) == tags[1]


def test_a_calendar_without_visits_still_holds_a_component() -> None:
    assert b"BEGIN:VTIMEZONE" in ical([])
    assert b"BEGIN:VTIMEZONE" not in ical([entry()])
