"""Opens a submission (RFC 7515): one signature, one algorithm, a key that the office knows, and the common claims."""

import base64
import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from fieldapp.domain.errors import FieldappError
from fieldapp.domain.errors import Invalid
from fieldapp.domain.wire.fields import UUID_TEXT
from fieldapp.domain.wire.fields import Fields
from fieldapp.domain.wire.strict_json import parse_json

ALGORITHM = "ES256"
TYP = "fieldapp+jws"
MOST_BYTES = 512 * 1024
# a header has three short members; more is nothing that a phone of ours writes
HEADER_NAMES = {"alg", "kid", "typ"}
KIND = "[a-z][a-z0-9_]{0,31}"
UNREADABLE = "The office cannot read this. Update the app; what you entered stays on this phone."


class Refused(FieldappError):
    """The submission is not kept: unreadable, not signed by a known phone, or somebody else's.

    `id` is what it calls itself where that much can be read, proved or not.
    """

    def __init__(self, words: str, id: str | None = None):
        super().__init__(words)
        self.id = id


@dataclass(frozen=True)
class Envelope:
    """A submission whose signature is right. `body` is whatever JSON was signed; `sha256` is of the JWS's ASCII."""

    jws: str
    sha256: str
    kid: str
    id: uuid.UUID
    kind: str
    made_at: dt.datetime
    officer: uuid.UUID
    app: str
    body: Any


def kid_of(text: str) -> str:
    """Return the key id that a compact JWS names, unproved. Raises Refused for anything but a header of ours."""
    header = _header(text)
    kid = header.get("kid")
    # joserfc is told the algorithm too; here the phone gets told why
    if header.get("alg") != ALGORITHM or header.get("typ") != TYP or not set(header) <= HEADER_NAMES:
        raise Refused(
            f"This is not signed the way the office asks for ({ALGORITHM}, {TYP}). Update the app.", claimed_id(text)
        )
    if not isinstance(kid, str) or len(kid) > 64:
        raise Refused(UNREADABLE, claimed_id(text))
    return kid


def open_envelope(text: str, public_jwk: Mapping[str, Any]) -> Envelope:
    """Return the content of a submission signed by this key. Raises Refused."""
    payload = verified(text, public_jwk)
    if payload is None:
        raise Refused("The signature does not belong to what is signed. It was altered on the way.", claimed_id(text))
    try:
        return _claims(text, kid_of(text), parse_json(payload, "payload"))
    except Invalid as error:
        raise Refused(f"{error} {UNREADABLE}", claimed_id(text)) from error


def verified(text: str, public_jwk: Mapping[str, Any]) -> bytes | None:
    """Return the payload when the ES256 signature over it is this key's, else None."""
    try:
        key = ECKey.import_key(dict(public_jwk))
        return jws.deserialize_compact(text, key, algorithms=[ALGORITHM]).payload
    except (JoseError, ValueError):
        return None


def sha256_of(text: str) -> str:
    """Return the SHA-256 (hex) over the ASCII bytes of a JWS, by which receipts name it."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def claimed_id(text: str) -> str | None:
    """Return the id that a payload claims, unproved, so that an answer can name it; None where none can be read."""
    try:
        id = parse_json(decode_part(text.split(".")[1]), "payload")["id"]
        return str(uuid.UUID(id)) if UUID_TEXT.fullmatch(id) else None
    except (Invalid, ValueError, LookupError, TypeError):
        return None


def decode_part(part: str) -> bytes:
    """Return the bytes of one base64url part without padding. Raises ValueError."""
    if not part.isascii() or not part.replace("-", "").replace("_", "").isalnum():
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _header(text: str) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise Refused(f"This is larger than {MOST_BYTES // 1024} KiB. Shorten the longest text in it.")
    try:
        first, _payload, _signature = text.split(".")
        header = parse_json(decode_part(first), "header")
    except (ValueError, Invalid):
        raise Refused(UNREADABLE) from None
    if not isinstance(header, dict):
        raise Refused(UNREADABLE)
    return header


def _claims(text: str, kid: str, payload: Any) -> Envelope:
    if not isinstance(payload, dict):
        raise Invalid({"payload": "payload must be an object."})
    claims = Fields(payload)
    return Envelope(
        jws=text,
        sha256=sha256_of(text),
        kid=kid,
        id=claims.uuid("id"),
        kind=claims.match("kind", KIND, "a kind such as visit"),
        made_at=claims.moment("made_at"),
        officer=claims.uuid("officer"),
        app=claims.text("app", 40, absent=""),
        body=payload.get("body"),
    )
