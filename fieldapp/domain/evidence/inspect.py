"""Looks into a stored photo: what it is, how large, and a thumbnail; a file that is none is evidence all the same."""

from dataclasses import dataclass

from fieldapp.domain.errors import Invalid
from fieldapp.domain.evidence.blobs import AlreadyStored
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.pictures import Pictures


@dataclass(frozen=True)
class Look:
    """What was found in the bytes. `problem` says in words why there is no thumbnail; width and height in pixels."""

    media_type: str = ""
    width: int | None = None
    height: int | None = None
    problem: str = ""

    @property
    def has_thumbnail(self) -> bool:
        """True when a thumbnail was stored."""
        return not self.problem


def photo_key(sha256: str) -> str:
    """Return where an original lies."""
    return f"photos/{sha256[:2]}/{sha256}"


def thumbnail_key(sha256: str) -> str:
    """Return where its thumbnail lies."""
    return f"thumbnails/{sha256}.jpg"


def quarantine_key(upload_id: object) -> str:
    """Return where bytes lie that are not what was announced."""
    return f"quarantine/{upload_id}"


def keep(blobs: BlobStore, key: str, data: bytes) -> None:
    """Store the bytes; the same key again is fine, as keys name their content or their one upload."""
    try:
        blobs.put_new(key, data)
    except AlreadyStored:
        return


def look_into(blobs: BlobStore, pictures: Pictures, sha256: str, data: bytes) -> Look:
    """Return what the picture is, and store its thumbnail."""
    try:
        facts = pictures.inspect(data)
        if not blobs.exists(thumbnail_key(sha256)):
            keep(blobs, thumbnail_key(sha256), pictures.thumbnail(data))
    except Invalid as error:
        return Look(problem=str(error))
    return Look(facts.media_type, facts.width, facts.height)
