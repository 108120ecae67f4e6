"""The kind `visit`: reads what a phone signed into typed facts; what they mean is decided in domain/visits."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.errors import Invalid
from fieldapp.domain.wire.fields import Fields
from fieldapp.domain.wire.fields import fields_of
from fieldapp.domain.wire.position import Position
from fieldapp.domain.wire.position import read_position

PLACES = ("home", "work")
REASONS = ("standard", "follow_up", "event", "other")
SOURCES = ("camera", "library")
MOST_PHOTOS = 100
MOST_PHOTO_BYTES = 60 * 1024 * 1024
# a claim above the two limits is told, never refused; these are what a submission and a column can hold at all
MOST_CLAIMS = 5_000
MOST_CLAIMED_BYTES = 2**31 - 1
LONGEST_NARRATIVE = 50_000
LONGEST_NOTE = 10_000
LONGEST_LINE = 500
CODE = "[a-z][a-z0-9_]{0,31}"
ITEM = "[a-z][a-z0-9_.:-]{0,119}"
LONGEST_TYPE = 120
SHA256 = "[0-9a-f]{64}"


@dataclass(frozen=True)
class PhotoClaim:
    """What the visit says of one photo; `sha256` (hex) and `bytes` are of the original as the camera gave it."""

    id: uuid.UUID
    item: str
    sha256: str
    bytes: int
    media_type: str
    taken_at: dt.datetime
    position: Position
    caption: str
    source: str
    no_position_reason: str


@dataclass(frozen=True)
class VisitBody:
    """A visit as certified. `answers` and `rows` are still as they came: only their checklist can read them."""

    supervisee: uuid.UUID
    stop: uuid.UUID | None
    place: str
    address: uuid.UUID
    arrived_at: dt.datetime
    left_at: dt.datetime
    certified_at: dt.datetime
    scheduled: bool
    reason: str
    accompanied_by: list[str]
    position: Position
    outcome: str
    outcome_note: str
    checklist_key: str
    checklist_version: int
    answers: Any
    rows: Any
    photos: tuple[PhotoClaim, ...]
    narrative: str


def read_visit(raw: Any) -> VisitBody:
    """Return the body of a visit. Raises Invalid that names the first field that is wrong."""
    fields = fields_of(raw, "body")
    checklist = fields.object("checklist")
    return VisitBody(
        supervisee=fields.uuid("supervisee"),
        stop=fields.maybe_uuid("stop"),
        place=fields.word("place", PLACES),
        address=fields.uuid("address"),
        arrived_at=fields.moment("arrived_at"),
        left_at=fields.moment("left_at"),
        certified_at=fields.moment("certified_at"),
        scheduled=fields.flag("scheduled"),
        reason=fields.word("reason", REASONS),
        accompanied_by=fields.texts("accompanied_by", 20, LONGEST_LINE),
        position=read_position(fields.object("position")),
        outcome=fields.match("outcome", CODE, "an outcome's code"),
        outcome_note=fields.text("outcome_note", LONGEST_NOTE, absent=""),
        checklist_key=checklist.match("key", CODE, "a checklist's key"),
        checklist_version=checklist.whole("version", 1, 1_000_000),
        answers=fields.value.get("answers"),
        rows=fields.value.get("rows", {}),
        photos=_photos(fields),
        narrative=fields.text("narrative", LONGEST_NARRATIVE, absent=""),
    )


def _photos(fields: Fields) -> tuple[PhotoClaim, ...]:
    claims = tuple(_photo(entry) for entry in fields.objects("photos", MOST_CLAIMS))
    if len({claim.id for claim in claims}) != len(claims):
        raise Invalid({"body.photos": "body.photos names a photo twice."})
    return claims


def _photo(fields: Fields) -> PhotoClaim:
    return PhotoClaim(
        id=fields.uuid("id"),
        item=fields.match("item", ITEM, "an item's id or “visit”"),
        sha256=fields.match("sha256", SHA256, "64 hex digits"),
        bytes=fields.whole("bytes", 1, MOST_CLAIMED_BYTES),
        # some browsers do not know what iPhones make, and say nothing
        media_type=fields.text("media_type", LONGEST_TYPE, absent=""),
        taken_at=fields.moment("taken_at"),
        position=read_position(fields.object("position")) if fields.value.get("position") else Position("unavailable"),
        caption=fields.text("caption", LONGEST_LINE * 4, absent=""),
        source=fields.word("source", SOURCES),
        no_position_reason=fields.text("no_position_reason", LONGEST_LINE, absent=""),
    )
