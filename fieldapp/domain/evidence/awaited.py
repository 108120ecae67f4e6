"""Photos that a visit names: one row each, taken at once where their bytes came before the visit."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import Conflict
from fieldapp.domain.evidence.settle import settle_photo
from fieldapp.domain.field_exceptions import About
from fieldapp.domain.field_exceptions import Concern
from fieldapp.domain.field_exceptions import open_exceptions
from fieldapp.domain.insert_once import insert_once
from fieldapp.domain.wire.received import Received
from fieldapp.domain.wire.visit import PhotoClaim
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload
from fieldapp.models.visit import Visit

TAKEN = "A photo of this visit has an id that another visit has used. It cannot be told which photo is meant."


def await_photos(session: Session, received: Received, about: About, claims: Sequence[PhotoClaim]) -> None:
    """Write a row for each photo of the visit `about.visit_id`. Raises Conflict for a photo id that is taken."""
    for position, claim in enumerate(claims):
        if not insert_once(session, Photo, ("id",), visit_id=about.visit_id, position=position, **_columns(claim)):
            raise Conflict(TAKEN)
    if claims:
        _tell_same(session, received, about, {claim.sha256 for claim in claims})
        _take_early(session, received, about, claims)


def _columns(claim: PhotoClaim) -> dict[str, object]:
    return {
        "id": claim.id,
        "item": claim.item,
        "sha256": claim.sha256,
        "bytes": claim.bytes,
        "media_type": claim.media_type,
        "taken_at": claim.taken_at,
        "position_state": claim.position.state,
        "lat": claim.position.lat,
        "lon": claim.position.lon,
        "position_accuracy_m": claim.position.accuracy_m,
        "no_position_reason": claim.no_position_reason,
        "caption": claim.caption,
        "source": claim.source,
    }


def _tell_same(session: Session, received: Received, about: About, hashes: set[str]) -> None:
    """Tell of every photo whose very bytes are in more than one visit, so that it does not matter which came first."""
    same = select(Photo.id, Photo.sha256, Visit.id, Visit.officer_id, Visit.supervisee_id).join(
        Visit, Photo.visit_id == Visit.id
    )
    found = session.execute(same.where(Photo.sha256.in_(hashes)).order_by(Photo.id)).all()
    shared = {sha256 for _photo, sha256, visit_id, *_ in found if visit_id != about.visit_id}
    words = "The very same photo is part of another visit. Ask when and where it was taken."
    for photo_id, sha256, visit_id, officer_id, supervisee_id in found:
        if sha256 in shared:
            owner = About(officer_id, supervisee_id, visit_id)
            open_exceptions(session, [Concern("same-photo", str(photo_id), words)], owner, now=received.received_at)


def _take_early(session: Session, received: Received, about: About, claims: Sequence[PhotoClaim]) -> None:
    early = select(Upload).where(
        Upload.photo_id.in_([claim.id for claim in claims]),
        Upload.officer_id == about.officer_id,
        Upload.completed_at.is_not(None),
    )
    for upload in session.scalars(early.order_by(Upload.photo_id, Upload.id)).all():
        photo = session.get_one(Photo, upload.photo_id)
        settle_photo(
            session, received.office.blobs, received.office.pictures, photo, upload, about, now=received.received_at
        )
