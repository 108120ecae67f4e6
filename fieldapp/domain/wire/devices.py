"""Phones' signing keys: enrolled by their officer, signed off when a phone is lost or given back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.accounts.sign_in import end_sessions
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.insert_once import insert_once
from fieldapp.domain.wire.fields import fields_of
from fieldapp.models.user import User
from fieldapp.models.wire import Device

CURVE = "P-256"
LONGEST_LABEL = 80
MOST_DEVICES = 50
COORDINATE = "[A-Za-z0-9_-]{43}"


def enrol_device(session: Session, actor: Actor, raw: Any, *, now: dt.datetime) -> Device:
    """Make the public key in `raw` ({jwk, label}) one of the actor's; the same key again changes nothing.

    Raises Invalid for what is no public EC P-256 key, Conflict for a key that another officer holds or that was
    signed off.
    """
    request = fields_of(raw, "")
    jwk = public_jwk(request.value.get("jwk"))
    label = request.text("label", LONGEST_LABEL, absent="")
    kid = ECKey.import_key(jwk).thumbprint()
    values = {"officer_id": actor.id, "public_jwk": jwk, "label": label, "enrolled_at": now}
    if _has_room(session, actor, kid) and insert_once(session, Device, ("kid",), kid=kid, **values):
        record(session, actor, "device.enrolled", kid, now=now)
    device = session.scalars(select(Device).where(Device.kid == kid)).one()
    if device.officer_id != actor.id:
        raise Conflict("This phone's key belongs to another officer. Sign in as that officer.")
    if device.signed_off_at:
        raise Conflict("This phone was signed off. Ask your administrator before you use it again.")
    return device


def public_jwk(raw: Any) -> dict[str, str | list[str]]:
    """Return the four members of a public EC P-256 key, and nothing else. Raises Invalid on `jwk`."""
    jwk = fields_of(raw, "jwk")
    if "d" in jwk.value:
        raise Invalid({"jwk": "jwk holds a private key, which must never leave the phone. Send its public half."})
    jwk.match("kty", "EC", "EC")
    jwk.match("crv", CURVE, f"{CURVE}, the curve of ES256")
    point = {name: jwk.match(name, COORDINATE, "32 bytes as base64url") for name in ("x", "y")}
    found: dict[str, str | list[str]] = {"kty": "EC", "crv": CURVE, **point}
    try:
        ECKey.import_key(found).thumbprint()
    except (JoseError, ValueError):
        raise Invalid({"jwk": "jwk is no point on P-256. Make a new key on the phone."}) from None
    return found


def devices_of(session: Session, actor: Actor) -> Mapping[str, Device]:
    """Return the actor's phones by key id, those signed off included."""
    return {device.kid: device for device in session.scalars(select(Device).where(Device.officer_id == actor.id))}


def all_devices(session: Session) -> list[tuple[Device, str]]:
    """Return every phone with its officer's e-mail, by e-mail and then by age."""
    query = select(Device, User.email).join(User, User.id == Device.officer_id)
    return [(device, email) for device, email in session.execute(query.order_by(User.email, Device.enrolled_at))]


def sign_off_device(session: Session, actor: Actor | None, kid: str, *, now: dt.datetime) -> Device:
    """Refuse what the phone with this key signs from now on, and end its officer's sessions: they sign in again.

    Which session is the phone's is not known; whoever holds it must not go on in any. `actor` is None on the command
    line. Raises NotFound.
    """
    device = session.scalars(select(Device).where(Device.kid == kid.strip())).first()
    if device is None:
        raise NotFound("There is no phone with this key. `fieldapp device list` shows all of them.")
    if device.signed_off_at is None:
        device.signed_off_at = now
        end_sessions(session, device.officer_id, now=now)
        record(session, actor, "device.signed_off", device.kid, now=now)
    return device


def standing_of(session: Session, kid: str) -> str:
    """Return what the office thinks of the phone with this key: in_use, signed_off, closed or unknown.

    `closed`: its officer's account is switched off. The key's id is 256 random bits, so only the phone itself can ask.
    """
    found = session.execute(
        select(Device.signed_off_at, User.disabled_at).join(User, User.id == Device.officer_id).where(Device.kid == kid)
    ).first()
    if found is None:
        return "unknown"
    if found.signed_off_at:
        return "signed_off"
    return "closed" if found.disabled_at else "in_use"


def _has_room(session: Session, actor: Actor, kid: str) -> bool:
    mine = devices_of(session, actor)
    if kid not in mine and len(mine) >= MOST_DEVICES:
        raise Conflict(f"You have enrolled {MOST_DEVICES} phones. Ask your administrator to sign off old ones.")
    return True
