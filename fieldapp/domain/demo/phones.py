"""The demo officers' phones: each signs with a key of its own and is received by the office as any phone is."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.demo.outside import Outside
from fieldapp.domain.evidence.complete import assemble
from fieldapp.domain.evidence.complete import finish_upload
from fieldapp.domain.evidence.previews import keep_preview
from fieldapp.domain.evidence.previews import read_preview
from fieldapp.domain.evidence.tus import MOST_PART_BYTES
from fieldapp.domain.evidence.uploads import LastPart
from fieldapp.domain.evidence.uploads import add_part
from fieldapp.domain.evidence.uploads import begin_upload
from fieldapp.domain.evidence.uploads import drop_parts
from fieldapp.domain.wire.devices import enrol_device
from fieldapp.domain.wire.envelope import ALGORITHM
from fieldapp.domain.wire.envelope import TYP
from fieldapp.domain.wire.receipts import moment_text
from fieldapp.domain.wire.receive import receive
from fieldapp.domain.wire.received import Office
from fieldapp.domain.wire.sync_request import SyncRequest
from fieldapp.domain.wire.sync_request import Waiting

APP = "0.1.0"
PREVIEW_SIDE = 640


class DemoFailed(Exception):
    """The demo's own data was not taken as it should be: a mistake in the demo, not of a person."""


@dataclass(frozen=True)
class Shot:
    """A drawn photo before it is signed and sent; `item` is what it belongs to."""

    id: uuid.UUID
    item: str
    caption: str
    content: bytes

    def claim(self, taken_at: dt.datetime, position: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the visit says of it."""
        return {
            "id": str(self.id),
            "item": self.item,
            "sha256": self.sha256,
            "bytes": len(self.content),
            "media_type": "image/jpeg",
            "taken_at": moment_text(taken_at),
            "position": {**position, "taken_at": moment_text(taken_at)},
            "caption": self.caption,
            "source": "camera",
        }

    @property
    def sha256(self) -> str:
        """Hash of the original bytes, hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Phone:
    """One officer's phone. Its private key is thrown away when the demo is made, as nobody holds the phone."""

    actor: Actor
    key: ECKey
    kid: str
    skew: dt.timedelta

    def sign(self, id: uuid.UUID, kind: str, made_at: dt.datetime, body: Mapping[str, Any]) -> str:
        """Return the compact JWS of a submission."""
        payload = {
            "id": str(id),
            "kind": kind,
            "made_at": moment_text(made_at),
            "officer": str(self.actor.id),
            "app": APP,
            "body": body,
        }
        header = {"alg": ALGORITHM, "kid": self.kid, "typ": TYP}
        content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        return jws.serialize_compact(header, content, self.key, algorithms=[ALGORITHM])

    def send(self, session: Session, outside: Outside, office: Office, signed: str, *, now: dt.datetime) -> None:
        """Have the office receive a submission at `now`. Raises DemoFailed unless it is stored."""
        request = SyncRequest(now + self.skew, Waiting(), [signed], self.kid)
        for result in receive(session, self.actor, request, office, outside.office_key, now=now):
            if result.state != "stored":
                raise DemoFailed(f"A submission of the demo was {result.state}: {result.reason}")

    def upload(self, session: Session, outside: Outside, shot: Shot, visit: uuid.UUID, *, now: dt.datetime) -> None:
        """Have the office take in a photo by the steps of a tus upload."""
        described = {"photo": str(shot.id), "submission": str(visit), "sha256": shot.sha256, "type": "image/jpeg"}
        upload, _ = begin_upload(session, self.actor, len(shot.content), described, now=now)
        for offset in range(0, len(shot.content), MOST_PART_BYTES):
            part = shot.content[offset : offset + MOST_PART_BYTES]
            last = add_part(session, self.actor, outside.blobs, upload.id, offset, part)
        if not isinstance(last, LastPart):
            raise DemoFailed("A photo of the demo was not taken whole.")
        original = assemble(outside.blobs, outside.pictures, last)
        finish_upload(session, self.actor, outside.blobs, outside.pictures, original, now=now)
        drop_parts(outside.blobs, [upload.id])

    def preview(self, session: Session, outside: Outside, shot: Shot, *, now: dt.datetime) -> None:
        """Have the office take in a preview of a photo whose original stays on the phone."""
        small = read_preview(outside.pictures, outside.pictures.thumbnail(shot.content, PREVIEW_SIDE))
        keep_preview(session, self.actor, outside.blobs, shot.id, small, now=now)


def new_phone(session: Session, actor: Actor, skew: dt.timedelta, *, now: dt.datetime) -> Phone:
    """Make a key and enrol it as the officer's phone."""
    key = ECKey.generate_key("P-256")
    label = f"Phone of {actor.name}"
    device = enrol_device(session, actor, {"jwk": key.as_dict(private=False), "label": label}, now=now)
    return Phone(actor, key, device.kid, skew)
