"""The list of a rescue file: who made it on which phone, and each thing in it with its hash, signed by that phone."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.jwk import ECKey

from fieldapp.domain.errors import Invalid
from fieldapp.domain.wire.devices import public_jwk
from fieldapp.domain.wire.envelope import decode_part
from fieldapp.domain.wire.envelope import verified
from fieldapp.domain.wire.fields import Fields
from fieldapp.domain.wire.fields import fields_of
from fieldapp.domain.wire.strict_json import parse_json
from fieldapp.domain.wire.visit import LONGEST_TYPE
from fieldapp.domain.wire.visit import MOST_PHOTO_BYTES
from fieldapp.domain.wire.visit import SHA256

TYP = "fieldapp-rescue+jws"
VERSION = 1
KINDS = ("submission", "photo", "draft", "draft_photo")
PIECE_BYTES = 256 * 1024
MOST_ITEMS = 10_000


@dataclass(frozen=True)
class Item:
    """One thing in the file: a signed submission, a photo of one, a draft, or a photo of a draft.

    `visit` is the submission or draft that a photo belongs to, else the id itself. It lies in the parts from `first`
    on, each of at most PIECE_BYTES bytes.
    """

    kind: str
    id: uuid.UUID
    visit: uuid.UUID
    sha256: str
    bytes: int
    media_type: str
    first: int

    @property
    def parts(self) -> int:
        """How many parts it lies in."""
        return max(1, -(-self.bytes // PIECE_BYTES))


@dataclass(frozen=True)
class Contents:
    """What the list says. `made_at` is by the phone's clock; `jwk` is the phone's public key, `kid` its thumbprint."""

    file: uuid.UUID
    officer: uuid.UUID
    made_at: dt.datetime
    app: str
    jwk: Mapping[str, Any]
    kid: str
    items: list[Item]

    @property
    def parts(self) -> int:
        """How many parts come before the list."""
        return sum(item.parts for item in self.items)


def read_contents(text: str) -> Contents:
    """Return what a signed list says. Raises Invalid when it is altered, or of another version of fieldapp."""
    try:
        header, payload = (parse_json(decode_part(part), "list") for part in text.split(".")[:2])
    except ValueError:
        raise Invalid({"list": "This is no list of a rescue file."}) from None
    head, fields = fields_of(header, "header"), fields_of(payload, "list")
    head.word("typ", [TYP])
    if fields.value.get("version") != VERSION:
        raise Invalid(
            {"version": "This file was made by a newer version of fieldapp. Update the office's program first."}
        )
    jwk = public_jwk(fields.value.get("jwk"))
    kid = ECKey.import_key(jwk).thumbprint()
    if head.value.get("kid") != kid or verified(text, jwk) is None:
        raise Invalid({"list": "The list is not signed by the phone that it names. The file was altered."})
    return Contents(
        file=fields.uuid("file"),
        officer=fields.uuid("officer"),
        made_at=fields.moment("made_at"),
        app=fields.text("app", 40, absent=""),
        jwk=jwk,
        kid=kid,
        items=_items(fields.objects("items", MOST_ITEMS)),
    )


def _items(entries: list[Fields]) -> list[Item]:
    found: list[Item] = []
    for entry in entries:
        id = entry.uuid("id")
        item = Item(
            kind=entry.word("kind", KINDS),
            id=id,
            visit=entry.maybe_uuid("visit") or id,
            sha256=entry.match("sha256", SHA256, "64 hex digits"),
            bytes=entry.whole("bytes", 0, MOST_PHOTO_BYTES),
            media_type=entry.text("type", LONGEST_TYPE, absent=""),
            first=found[-1].first + found[-1].parts if found else 0,
        )
        found.append(item)
    return found
