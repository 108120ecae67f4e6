"""The photos of a visit as the office reads them: what is proved, what is on the phone still, what a preview shows."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload

from fieldapp.domain.access import one
from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.domain.checklist.library import Library
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.evidence.previews import shows_itself
from fieldapp.domain.office.answer_words import item_label
from fieldapp.domain.wire.position import Position
from fieldapp.domain.wire.position import distance_m
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import PhotoPreview
from fieldapp.models.visit import Visit

# what browsers show by themselves; for the rest the page shows the thumbnail and links the original
SHOWN_BY_BROWSERS = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class PhotoLine:
    """One photo: the question it belongs to, its distance (meters) from the visit's address, whether a preview came."""

    row: Photo
    question: str
    distance_m: float | None
    has_preview: bool = False

    @property
    def opens_in_browser(self) -> bool:
        """True when the original itself can be looked at in a browser."""
        return self.row.found_media_type in SHOWN_BY_BROWSERS

    @property
    def shows_preview(self) -> bool:
        """True when there is nothing better to show than the phone's preview."""
        return self.has_preview and not shows_itself(self.row)


@dataclass(frozen=True)
class VisitPhotos:
    """All photos that a visit names, in its order. A preview never counts as received."""

    visit_id: uuid.UUID
    lines: Sequence[PhotoLine]

    @property
    def stored(self) -> int:
        """How many originals were received and verified."""
        return sum(line.row.state == "stored" for line in self.lines)

    @property
    def awaited(self) -> int:
        """How many originals are still on the phone."""
        return sum(line.row.state == "awaited" for line in self.lines)

    @property
    def standing(self) -> str:
        """How far all of them are, in few characters: the same as long as nothing has arrived."""
        return f"{self.stored}-{self.awaited}-{sum(line.has_preview for line in self.lines)}"

    @property
    def without_position(self) -> int:
        """How many photos have no position."""
        return sum(line.row.lat is None for line in self.lines)


def visit_photos(session: Session, actor: Actor, id: uuid.UUID, library: Library, today: dt.date) -> VisitPhotos:
    """Return the photos of a visit that the actor may see. Raises NotFound."""
    visit = one(session, visible_visits(actor, today).options(joinedload(Visit.address)), Visit.id, id, "This visit")
    return photos_of(session, library.exact(visit.checklist_key, visit.checklist_version), visit)


def photos_of(session: Session, template: Template, visit: Visit) -> VisitPhotos:
    """Return the photos of a visit whose checklist is known."""
    query = select(Photo, PhotoPreview.photo_id).outerjoin(PhotoPreview, PhotoPreview.photo_id == Photo.id)
    rows = session.execute(query.where(Photo.visit_id == visit.id).order_by(Photo.position))
    return VisitPhotos(visit.id, [_line(template, visit, photo, preview is not None) for photo, preview in rows])


def _line(template: Template, visit: Visit, photo: Photo, has_preview: bool) -> PhotoLine:
    position = Position(photo.position_state, photo.lat, photo.lon)
    far = distance_m(position, *visit.address.sure_position)
    return PhotoLine(photo, item_label(template, photo.item), far, has_preview)
