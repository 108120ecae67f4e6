"""Reads a rescue file, a locked part a line, the list in the last one; all is proved before any of it is used."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from typing import BinaryIO

from fieldapp.domain.errors import Invalid
from fieldapp.domain.rescue.contents import PIECE_BYTES
from fieldapp.domain.rescue.contents import Contents
from fieldapp.domain.rescue.contents import Item
from fieldapp.domain.rescue.contents import read_contents
from fieldapp.domain.rescue.key import AGREEMENT
from fieldapp.domain.rescue.key import ENCRYPTION
from fieldapp.domain.rescue.key import HEADER_NAMES
from fieldapp.domain.rescue.key import LONGEST_PART
from fieldapp.domain.rescue.key import RescueKey
from fieldapp.domain.wire.envelope import decode_part
from fieldapp.domain.wire.strict_json import parse_json

PART_TYP = "fieldapp-rescue+jwe"
LIST_TYP = "fieldapp-rescue-list+jwe"
MOST_PARTS = 50_000
NONE = "This is no rescue file. Give the file that the outbox page of a phone has saved, as it was saved."
NOT_WHOLE = "The file is not whole: its end is missing. Copy it again from the phone, or have the phone make a new one."
ALTERED = "The file was altered or damaged at part {}. Copy it again from the phone, or have the phone make a new one."
ANOTHER_OFFICE = (
    "This file is locked for another office (key {}). Only that office's `fieldapp rescue import` can open it."
)


@dataclass(frozen=True)
class Rescue:
    """An open rescue file whose every part was proved. `places` are the offset and length of each line, in bytes."""

    file: BinaryIO
    key: RescueKey
    places: list[tuple[int, int]]
    contents: Contents

    def pieces(self, item: Item) -> Iterator[bytes]:
        """Return the bytes of an item, at most PIECE_BYTES at a time."""
        for part in range(item.first, item.first + item.parts):
            yield _opened(self.key, _line(self.file, self.places[part]), part)

    def content(self, item: Item) -> bytes:
        """Return all bytes of an item."""
        return b"".join(self.pieces(item))


def read_rescue(file: BinaryIO, key: RescueKey) -> Rescue:
    """Return the file's contents once every part was opened and every hash was right. Raises Invalid on `file`.

    Needs the memory of a few parts, however large the file is.
    """
    places = _places(file)
    header = _header(_line(file, places[0]))
    if header["kid"] != key.kid:
        raise _bad(ANOTHER_OFFICE.format(header["kid"]))
    last = _line(file, places[-1])
    if _header(last)["typ"] != LIST_TYP:
        raise _bad(NOT_WHOLE)
    try:
        contents = read_contents(_opened(key, last, len(places) - 1).decode("ascii", "replace"))
    except Invalid as error:
        raise _bad(str(error)) from error
    rescue = Rescue(file, key, places, contents)
    _prove(rescue)
    return rescue


def _prove(rescue: Rescue) -> None:
    if rescue.contents.parts != len(rescue.places) - 1:
        raise _bad(NOT_WHOLE)
    for part, place in enumerate(rescue.places):
        header = _header(_line(rescue.file, place))
        if header["part"] != part or header["file"] != str(rescue.contents.file):
            raise _bad(ALTERED.format(part + 1))
    for item in rescue.contents.items:
        found, size = hashlib.sha256(), 0
        for piece in rescue.pieces(item):
            found.update(piece)
            size += len(piece)
            if len(piece) > PIECE_BYTES:
                raise _bad(ALTERED.format(item.first + 1))
        if found.hexdigest() != item.sha256 or size != item.bytes:
            raise _bad(ALTERED.format(item.first + 1))


def _places(file: BinaryIO) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    file.seek(0)
    offset = 0
    while line := file.readline(LONGEST_PART + 1):
        if not line.endswith(b"\n"):
            # every line of a whole file ends; what does not is cut off, or never was one
            raise _bad(NOT_WHOLE if found or (line.startswith(b"ey") and len(line) <= LONGEST_PART) else NONE)
        if len(found) >= MOST_PARTS:
            raise _bad(f"The file has more than {MOST_PARTS} parts. {NONE}")
        found.append((offset, len(line)))
        offset += len(line)
    if not found:
        raise _bad("The file is empty. Copy it again from the phone.")
    return found


def _line(file: BinaryIO, place: tuple[int, int]) -> str:
    file.seek(place[0])
    return file.read(place[1]).decode("ascii", "replace").strip()


def _header(line: str) -> dict[str, Any]:
    """Return a part's header, unproved: opening the part proves it."""
    try:
        header = parse_json(decode_part(line.split(".", 1)[0]), "header")
        uuid.UUID(header["file"])
        right = set(header) == HEADER_NAMES and (header["alg"], header["enc"]) == (AGREEMENT, ENCRYPTION)
        if not right or header["typ"] not in (PART_TYP, LIST_TYP) or not isinstance(header["kid"], str):
            raise ValueError("another header")
    except (Invalid, ValueError, TypeError, LookupError, AttributeError):
        raise _bad(NONE) from None
    return dict(header)


def _opened(key: RescueKey, line: str, part: int) -> bytes:
    try:
        return key.open(line)
    except ValueError:
        raise _bad(ALTERED.format(part + 1)) from None


def _bad(words: str) -> Invalid:
    return Invalid({"file": words})
