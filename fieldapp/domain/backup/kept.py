"""What a backup of a database must hold besides: every blob that its rows name, and the counts to compare later."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.domain.evidence.inspect import thumbnail_key
from fieldapp.models.audit import AuditEntry
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Submission


@dataclass(frozen=True)
class KeptBlob:
    """A blob that a row names. `sha256` (hex) is what its bytes must hash to; "" for thumbnails, which are derived."""

    key: str
    sha256: str


def kept_blobs(session: Session) -> list[KeptBlob]:
    """Return each blob that the rows name, by key: originals, bytes set apart, thumbnails.

    Parts of uploads under way are left out: they are overwritten and removed, and phones send them again.
    """
    return list({blob.key: blob for blob in _named(session)}.values())


def count_rows(session: Session) -> dict[str, int]:
    """Return how many rows there are of what must never get lost."""
    asked = {
        "submissions": select(func.count()).select_from(Submission),
        "conflicting submissions": select(func.count()).select_from(ConflictingSubmission),
        "visits": select(func.count()).select_from(Visit),
        "photos": select(func.count()).select_from(Photo),
        "photos stored": select(func.count()).select_from(Photo).where(Photo.state == "stored"),
        "accounts": select(func.count()).select_from(User),
        "audit entries": select(func.count()).select_from(AuditEntry),
    }
    return {name: session.scalar(query) or 0 for name, query in asked.items()}


def _named(session: Session) -> Iterable[KeptBlob]:
    # single columns, so that a copy made by an older version can be read too
    stored = select(Photo.sha256, Photo.has_thumbnail).where(Photo.state == "stored").distinct()
    complete = select(Upload.blob_key, Upload.found_sha256).where(Upload.completed_at.is_not(None))
    for sha256, has_thumbnail in session.execute(stored):
        yield from _of_photo(sha256, has_thumbnail)
    for key, sha256 in session.execute(complete):
        yield KeptBlob(key, sha256)


def _of_photo(sha256: str, has_thumbnail: bool) -> Iterator[KeptBlob]:
    yield KeptBlob(photo_key(sha256), sha256)
    if has_thumbnail:
        yield KeptBlob(thumbnail_key(sha256), "")
