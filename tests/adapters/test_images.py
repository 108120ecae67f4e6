"""Real photos are read and made small; hostile and broken files get one of three clear answers."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image

from fieldapp.adapters.images import PillowPictures
from fieldapp.domain.errors import Invalid
from fieldapp.domain.evidence.pictures import NotAPicture
from fieldapp.domain.evidence.pictures import PictureFacts
from fieldapp.domain.evidence.pictures import Pictures
from fieldapp.domain.evidence.pictures import TooManyPixels
from fieldapp.domain.evidence.pictures import Truncated

PHOTOS = Path(__file__).parents[1] / "data" / "photos"
GPS = 0x8825
RED, WHITE = (255, 0, 0), (255, 255, 255)


@pytest.fixture
def pictures() -> Pictures:
    return PillowPictures()


def photo(name: str) -> bytes:
    return (PHOTOS / name).read_bytes()


def made(
    kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), color: object = RED, **options: object
) -> bytes:
    written = BytesIO()
    Image.new(mode, size, color).save(written, kind, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg_that_claims(width: int, height: int) -> bytes:
    data = bytearray(made("JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("DSCN0010.jpg", PictureFacts("image/jpeg", 640, 480)),
        ("landscape_3.jpg", PictureFacts("image/jpeg", 600, 450)),
        ("portrait_6.jpg", PictureFacts("image/jpeg", 450, 600)),
        ("samplefilehub.heif", PictureFacts("image/heic", 640, 426)),
    ],
)
def test_a_photo_from_a_camera_says_what_it_is(pictures: Pictures, name: str, facts: PictureFacts) -> None:
    assert pictures.inspect(photo(name)) == facts


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_each_format_is_told_by_its_bytes(pictures: Pictures, kind: str, media_type: str) -> None:
    assert pictures.inspect(made(kind)) == PictureFacts(media_type, 60, 40)


def test_two_pictures_in_one_jpeg_count_as_a_jpeg(pictures: Pictures) -> None:
    both = made("MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))])

    assert pictures.inspect(both) == PictureFacts("image/jpeg", 60, 40)


@pytest.mark.parametrize("name", ["DSCN0010.jpg", "samplefilehub.heif"])
def test_thumbnail_is_a_jpeg_that_fits_its_square(pictures: Pictures, name: str) -> None:
    small = opened(pictures.thumbnail(photo(name), side=400))

    assert small.format == "JPEG"
    assert max(small.size) == 400


def test_thumbnail_of_a_phone_held_upright_is_upright(pictures: Pictures) -> None:
    sideways = Image.new("RGB", (80, 40), "blue")
    sideways.paste(RED, (0, 0, 40, 40))  # what lies at the left is at the top once orientation 6 is applied
    exif = Image.Exif()
    exif[0x0112] = 6
    written = BytesIO()
    sideways.save(written, "JPEG", exif=exif, quality=95)

    small = opened(pictures.thumbnail(written.getvalue(), side=40))

    assert small.size == (20, 40)
    top, bottom = small.getpixel((10, 5)), small.getpixel((10, 35))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 100 > top[2]
    assert bottom[2] > 200 > 100 > bottom[0]


def test_orientation_counts_in_a_transparent_picture_too(pictures: Pictures) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    assert opened(pictures.thumbnail(made("WEBP", "RGBA", exif=exif, color=(9, 9, 9, 9)))).size == (40, 60)


def test_thumbnail_holds_neither_position_nor_any_other_metadata(pictures: Pictures) -> None:
    original = photo("DSCN0010.jpg")
    assert Image.open(BytesIO(original)).getexif().get_ifd(GPS)

    small = opened(pictures.thumbnail(original))

    assert dict(small.getexif()) == {}
    assert set(small.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_comments_of_the_original_are_not_copied(pictures: Pictures) -> None:
    assert b"1420 Fictitious" not in pictures.thumbnail(made("JPEG", comment=b"1420 Fictitious Ave"))


def test_a_picture_smaller_than_the_square_keeps_its_size(pictures: Pictures) -> None:
    assert opened(pictures.thumbnail(made("PNG"))).size == (60, 40)


@pytest.mark.parametrize(
    ("mode", "color", "seen"),
    [
        ("RGBA", (255, 0, 0, 0), WHITE),
        ("LA", (0, 0), WHITE),
        ("P", 0, (0, 0, 0)),
        ("1", 1, WHITE),
        ("I;16", 65535, WHITE),
        ("L", 255, WHITE),
    ],
)
def test_every_kind_of_png_becomes_plain_colors(
    pictures: Pictures, mode: str, color: object, seen: tuple[int, int, int]
) -> None:
    small = opened(pictures.thumbnail(made("PNG", mode, color=color)))

    assert small.mode == "RGB"
    assert small.getpixel((20, 20)) == seen


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"just a note that somebody named photo.jpg",
        b"GIF89a" + bytes(40),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"II*\x00" + bytes(40),
        b"\x00\x00\x00\x1cftypavif" + bytes(40),
    ],
    ids=["empty", "text", "gif", "svg", "pdf", "tiff", "avif"],
)
def test_what_is_no_photo_is_refused_whatever_its_name(pictures: Pictures, data: bytes) -> None:
    for read in (pictures.inspect, pictures.thumbnail):
        with pytest.raises(NotAPicture, match="JPEG, PNG, WebP or HEIC"):
            read(data)


@pytest.mark.parametrize(
    "data",
    [
        made("PNG", "1", (7_812, 7_812), 0),
        jpeg_that_claims(20_000, 3_001),
        png_that_claims(50_000, 50_000),
        png_that_claims(2_000_000_000, 2),
    ],
    ids=["61 megapixels", "panorama", "bomb", "one long line"],
)
def test_more_than_sixty_megapixels_are_refused_before_decoding(pictures: Pictures, data: bytes) -> None:
    for read in (pictures.inspect, pictures.thumbnail):
        with pytest.raises(TooManyPixels, match="60 megapixels"):
            read(data)


def test_a_compressed_text_that_unpacks_without_end_is_refused(pictures: Pictures) -> None:
    body = b"Comment\x00\x00" + zlib.compress(bytes(80_000_000))
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    plain = made("PNG")

    with pytest.raises(Truncated):
        pictures.inspect(plain[:33] + chunk + plain[33:])


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", ["DSCN0010.jpg", "samplefilehub.heif"])
def test_a_photo_cut_off_anywhere_is_told_from_a_whole_one(pictures: Pictures, name: str, share: float) -> None:
    whole = photo(name)

    for read in (pictures.inspect, pictures.thumbnail):
        with pytest.raises(Truncated, match="Send it again"):
            read(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_drawing_cut_in_the_middle_is_told_from_a_whole_one(pictures: Pictures, kind: str) -> None:
    whole = made(kind, size=(600, 400))

    with pytest.raises(Truncated):
        pictures.inspect(whole[: len(whole) // 2])


@settings(max_examples=60)
@given(place=st.integers(0, 2_000), value=st.integers(0, 255), kind=st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_damaged_byte_ends_in_a_picture_or_in_a_clear_refusal(place: int, value: int, kind: str) -> None:
    data = bytearray(made(kind, size=(90, 70)))
    data[place % len(data)] = value

    for read in (PillowPictures().inspect, PillowPictures().thumbnail):
        with suppress(Invalid):
            assert read(bytes(data))
