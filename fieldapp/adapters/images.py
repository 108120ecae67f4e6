"""Pictures through Pillow, with pillow-heif for what iPhones make: what a file is, and its thumbnail."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image
from PIL import ImageOps
from pillow_heif import register_heif_opener

from fieldapp.domain.errors import Invalid
from fieldapp.domain.evidence.pictures import MOST_PIXELS
from fieldapp.domain.evidence.pictures import THUMBNAIL_SIDE
from fieldapp.domain.evidence.pictures import NotAPicture
from fieldapp.domain.evidence.pictures import PictureFacts
from fieldapp.domain.evidence.pictures import TooManyPixels
from fieldapp.domain.evidence.pictures import Truncated

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# MPO is a JPEG with a second picture behind the first, as some phones write it
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
TURNED_SIDEWAYS = (5, 6, 7, 8)
ORIENTATION = 0x0112
QUALITY = 80

register_heif_opener()
# Pillow warns above this and refuses above its double; both are answered in _opened, before anything is decoded
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class PillowPictures:
    """Pictures for the domain."""

    def inspect(self, data: bytes) -> PictureFacts:
        """Return media type and size, after decoding all of it. Raises NotAPicture, TooManyPixels, Truncated."""
        with _opened(data) as picture:
            media_type = MEDIA_TYPES[picture.format or ""]
            width, height = picture.size
            if picture.getexif().get(ORIENTATION) in TURNED_SIDEWAYS:
                width, height = height, width
            picture.draft("RGB", (1, 1))  # a JPEG is read to its end all the same, at an eighth of the work
            picture.load()
        return PictureFacts(media_type, width, height)

    def thumbnail(self, data: bytes, side: int = THUMBNAIL_SIDE) -> bytes:
        """Return a small upright JPEG of pixels and nothing else. Raises NotAPicture, TooManyPixels, Truncated."""
        with _opened(data) as picture:
            if picture.mode not in ("RGB", "L", "CMYK", "YCbCr"):
                picture = _on_white(picture)
            picture.thumbnail((side, side))  # decodes a JPEG at the next larger eighth, then resamples
            upright = ImageOps.exif_transpose(picture).convert("RGB")
        # a new image takes over pixels only: saving the old one would copy comments and profiles
        clean = Image.new("RGB", upright.size)
        clean.paste(upright)
        written = BytesIO()
        clean.save(written, "JPEG", quality=QUALITY)
        return written.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """Open a picture of at most MOST_PIXELS; whatever a hostile file makes Pillow raise is one of three answers."""
    if not _looks_like_a_picture(data):
        raise NotAPicture
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels
            yield picture
    except Invalid:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:
        raise Truncated from error


def _looks_like_a_picture(data: bytes) -> bool:
    """Whether the first bytes are those of a format that is taken."""
    return (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or (data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS)
    )


def _on_white(picture: Image.Image) -> Image.Image:
    """Return palettes, transparency and 16-bit gray as plain colors on white; the orientation is kept."""
    exif = picture.getexif()
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    seen = picture.convert("RGBA")
    flat = Image.new("RGB", seen.size, "white")
    flat.paste(seen, mask=seen.getchannel("A"))
    flat.getexif()[ORIENTATION] = exif.get(ORIENTATION, 1)
    return flat
