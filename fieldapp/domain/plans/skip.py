"""Skipping a stop: the reasons officers give, and which of several decisions about a stop holds."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.field import StopSkip
from fieldapp.models.plan import Stop

# The phone writes a code as its words until the office has told it the label: both read the same.
# A stop that nobody tried is no attempt and earns no credit, so the words say why the officer did not go to the door.
REASONS = {
    "out_of_time": "Out of time",
    "called_away": "Called away",
    "no_second_officer": "No second officer",
    "unsafe": "Unsafe",
    "road_closed": "Road closed",
    "cancelled": "Cancelled",
    "rescheduled": "Rescheduled",
    "seen_elsewhere": "Seen elsewhere",
    "in_custody": "In custody",
    "hospital": "Hospital",
    "other": "Other",
}
# these say too little by themselves
NOTE_WANTED = ("unsafe", "other")


def skip_words(reason: str, note: str) -> str:
    """Return such as "Road closed: the bridge is out"; of another reason the note alone."""
    note = " ".join(note.split())
    if reason == "other" and note:
        return note
    return f"{REASONS[reason]}: {note}" if note else REASONS[reason]


def settle_skips(session: Session, stop: Stop) -> bool:
    """Give the stop the state that the last decision about it asks for; say whether it is another one than before."""
    decisions = select(StopSkip).where(StopSkip.stop_id == stop.id)
    last = session.scalars(decisions.order_by(StopSkip.at.desc(), StopSkip.id.desc()).limit(1)).first()
    before = stop.state
    skipped = last is not None and last.reason != ""
    stop.state = "skipped" if skipped else "planned"
    stop.skip_reason = skip_words(last.reason, last.note) if last and skipped else ""
    return stop.state != before
