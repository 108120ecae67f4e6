"""Rescue files as a phone makes them, for tests: every part a compact JWE, the signed list last."""

import hashlib
import io
import uuid
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from joserfc import jwe
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey

from fieldapp.domain.rescue.key import RescueKey
from tests import people
from tests.phone import Phone
from tests.phone import Signed
from tests.phone import iso

PIECE = 256 * 1024


class Large(JWERegistry):
    """joserfc itself allows 64 KiB."""

    max_ciphertext_length = 16 * PIECE


def lock(content: bytes, jwk: dict[str, Any], **header: Any) -> str:
    """One part: a compact JWE with this header."""
    public = ECKey.import_key(jwk)
    head = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": jwk["kid"], **header}
    registry = Large(algorithms=["ECDH-ES", "A256GCM"], strict_check_header=False)
    return jwe.encrypt_compact(head, content, public, registry=registry)


@dataclass
class RescueFile:
    """What a phone puts into one file; `bytes()` is the file."""

    phone: Phone
    key: RescueKey
    items: list[tuple[dict[str, Any], bytes]] = field(default_factory=list)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def add(self, kind: str, content: bytes, **entry: Any) -> "RescueFile":
        """Add anything; `entry` replaces what the list says of it."""
        facts = {"id": str(uuid.uuid4()), "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        self.items.append(({"kind": kind, **facts, **entry}, content))
        return self

    def submission(self, signed: Signed) -> "RescueFile":
        return self.add("submission", signed.jws.encode(), id=signed.id)

    def photo(self, of: dict[str, Any], visit: Signed, content: bytes) -> "RescueFile":
        return self.add("photo", content, id=of["id"], visit=visit.id, type=of["media_type"])

    def listing(self, **changes: Any) -> bytes:
        """The signed list; `changes` replace what it says."""
        said = {
            "version": 1,
            "file": self.id,
            "officer": str(self.phone.officer_id),
            "made_at": iso(people.NOW),
            "app": "0.1.0",
            "jwk": {name: self.phone.jwk[name] for name in ("kty", "crv", "x", "y")},
            "items": [entry for entry, _content in self.items],
            **changes,
        }
        return self.phone.sign(said, typ="fieldapp-rescue+jws").encode()

    def lines(self, **changes: Any) -> list[str]:
        """The file's lines without their ends."""
        pieces = [
            content[start : start + PIECE]
            for _entry, content in self.items
            for start in range(0, max(len(content), 1), PIECE)
        ]
        jwk = self.key.public_jwk()
        made = [lock(piece, jwk, typ="fieldapp-rescue+jwe", file=self.id, part=n) for n, piece in enumerate(pieces)]
        last = lock(self.listing(**changes), jwk, typ="fieldapp-rescue-list+jwe", file=self.id, part=len(made))
        return [*made, last]

    def bytes(self, **changes: Any) -> bytes:
        return "".join(f"{line}\n" for line in self.lines(**changes)).encode()

    def open(self, **changes: Any) -> io.BytesIO:
        return io.BytesIO(self.bytes(**changes))
