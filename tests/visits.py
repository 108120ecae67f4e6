"""Makes visits for tests as they are once they came over the wire, each by one call; nothing is committed.

from tests import visits
visit = visits.visit(session, officer, person, outcome="contact_inside")
visits.flag(session, visit, "safety", "Weapon visible")
"""

import datetime as dt
import hashlib
import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.evidence import Photo
from fieldapp.models.field import CheckIn
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Answer
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag
from fieldapp.models.visit import VisitRow
from fieldapp.models.wire import Device
from fieldapp.models.wire import FieldException
from fieldapp.models.wire import Submission
from tests import people
from tests.people import Row
from tests.phone import Phone

LENGTH = dt.timedelta(minutes=19)
_phones: dict[uuid.UUID, Phone] = {}


def device(session: Session, officer: User, number: int = 0) -> Device:
    """The officer's phone as the office knows it; another `number`, another phone."""
    label = f"Phone {number}"
    found = session.scalars(select(Device).where(Device.officer_id == officer.id, Device.label == label)).first()
    if found:
        return found
    phone = Phone(None, officer.id)
    made = _keep(
        session,
        Device(kid=phone.kid, officer_id=officer.id, public_jwk=phone.jwk, label=label, enrolled_at=people.NOW),
    )
    _phones[made.id] = phone
    return made


def submission(session: Session, officer: User, kind: str = "visit", **fields: Any) -> Submission:
    """A signed submission of that officer's phone, received at NOW."""
    of = device(session, officer)
    signed = _phones[of.id].submission(kind, {"photos": []})
    given = {"made_at": people.NOW, "received_at": people.NOW, "clock_skew_s": 0.0, "state": "stored", "app": "0.1.0"}
    own = {"id": uuid.UUID(signed.id), "kind": kind, "officer_id": officer.id, "device_id": of.id}
    return _keep(session, Submission(**own, jws=signed.jws, sha256=signed.sha256, **{**given, **fields}))


def visit(session: Session, officer: User, person: Supervisee, **fields: Any) -> Visit:
    """A completed home visit of 19 minutes that ended at NOW and came at once; `outcome` decides its class."""
    outcome = fields.setdefault("outcome", "contact_inside")
    arrived = fields.setdefault("arrived_at", people.NOW - LENGTH)
    left = fields.setdefault("left_at", arrived + LENGTH)
    received = fields.setdefault("received_at", left)
    made = submission(session, officer, received_at=received)
    given = {
        "certified_at": left, "clock_skew_s": -2.0, "place": "home",
        "address_id": people.home(person).id, "checklist_key": "home", "checklist_version": 1,
        "outcome_class": "completed" if outcome.startswith(("contact", "collateral")) else "attempted",
        "position_state": "fix", "lat": people.HOME[0], "lon": people.HOME[1], "position_accuracy_m": 8.0,
        "distance_m": 31.0,
    }  # fmt: skip
    return _keep(session, Visit(id=made.id, supervisee_id=person.id, officer_id=officer.id, **{**given, **fields}))


def flag(session: Session, of: Visit, kind: str, label: str = "Drug paraphernalia seen", **fields: Any) -> VisitFlag:
    """A flag on a visit."""
    given = {"position": 0, "item": "compliance.paraphernalia", "label": label, **fields}
    return _keep(session, VisitFlag(visit_id=of.id, kind=kind, **given))


def answer(session: Session, of: Visit, item: str, value: Any, **fields: Any) -> Answer:
    """An answer given by a tap."""
    given = {"position": 0, "answered_by": "tap", "at": of.left_at, **fields}
    return _keep(session, Answer(visit_id=of.id, item=item, value=value, **given))


def row(session: Session, of: Visit, item: str, **data: Any) -> VisitRow:
    """A row of a repeating item."""
    return _keep(session, VisitRow(id=uuid.uuid4(), visit_id=of.id, item=item, position=0, data=data))


def photo(session: Session, of: Visit, content: bytes = b"picture", **fields: Any) -> Photo:
    """A photo that the visit names; awaited unless `state` says more."""
    given = {
        "id": uuid.uuid4(), "position": 0, "item": "compliance.paraphernalia", "bytes": len(content),
        "media_type": "image/jpeg", "taken_at": of.arrived_at, "position_state": "fix", "lat": people.HOME[0],
        "lon": people.HOME[1], "position_accuracy_m": 11.0, "source": "camera", "state": "awaited",
    }  # fmt: skip
    sha256 = hashlib.sha256(content).hexdigest()
    return _keep(session, Photo(visit_id=of.id, sha256=sha256, **{**given, **fields}))


def check_in(session: Session, officer: User, person: Supervisee, **fields: Any) -> CheckIn:
    """An "I'm here" at the person's home at NOW."""
    made = submission(session, officer, "check_in", received_at=fields.get("at", people.NOW))
    given = {"at": people.NOW, "address_id": people.home(person).id, "position_state": "unavailable", **fields}
    return _keep(session, CheckIn(id=made.id, officer_id=officer.id, supervisee_id=person.id, **given))


def exception(session: Session, officer: User, code: str = "late-entry", **fields: Any) -> FieldException:
    """An open exception of that officer's work."""
    given = {"subject": str(uuid.uuid4()), "words": "Something to decide.", "opened_at": people.NOW, **fields}
    return _keep(session, FieldException(code=code, officer_id=officer.id, **given))


def _keep(session: Session, made: Row) -> Row:
    session.add(made)
    session.flush()
    return made
