"""Pictures as the domain sees them: what a file is, and the errors for files that are none or too much."""

from dataclasses import dataclass
from typing import Protocol

from fieldapp.domain.errors import Invalid

MOST_PIXELS = 60_000_000
THUMBNAIL_SIDE = 400


@dataclass(frozen=True)
class PictureFacts:
    """What a picture file says of itself; width and height in pixels, as it is seen (orientation applied)."""

    media_type: str
    width: int
    height: int


class NotAPicture(Invalid):
    """The bytes are no JPEG, PNG, WebP or HEIC, whatever the file is called."""

    def __init__(self) -> None:
        super().__init__({"photo": "This file is not a photo. Send a JPEG, PNG, WebP or HEIC picture."})


class TooManyPixels(Invalid):
    """The picture would take more memory than one picture may."""

    def __init__(self) -> None:
        limit = MOST_PIXELS // 1_000_000
        super().__init__(
            {"photo": f"This photo has more than {limit} megapixels. Take it again, smaller and without panorama."}
        )


class Truncated(Invalid):
    """The bytes begin as a picture, but are cut off or damaged."""

    def __init__(self) -> None:
        super().__init__({"photo": "This photo is incomplete or damaged. Send it again, or take it again."})


class Pictures(Protocol):
    """Reads pictures. Both methods raise NotAPicture, TooManyPixels or Truncated, and nothing else, for any bytes."""

    def inspect(self, data: bytes) -> PictureFacts:
        """Return what the picture is, after reading all of it."""

    def thumbnail(self, data: bytes, side: int = THUMBNAIL_SIDE) -> bytes:
        """Return an upright JPEG at most `side` pixels wide and high, without the original's metadata."""
