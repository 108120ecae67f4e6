"""What a new database needs before anybody can work: the agency, its levels, and one administrator."""

import datetime as dt
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.audit import record
from fieldapp.domain.errors import Invalid
from fieldapp.models.agency import Agency
from fieldapp.models.level import SupervisionLevel
from fieldapp.models.user import User

# closer supervision has the higher rank
LEVELS = (("administrative", "Administrative"), ("low", "Low"), ("medium", "Medium"), ("high", "High"))
LONGEST = 120


def existing_agency(session: Session) -> Agency | None:
    """Return the agency of this database, or None while it is empty."""
    return session.scalars(select(Agency).limit(1)).first()


def has_administrator(session: Session) -> bool:
    """Say whether anybody can sign in as administrator."""
    found = select(User.id).where(User.role == "administrator", User.disabled_at.is_(None)).limit(1)
    return session.scalar(found) is not None


def add_agency(session: Session, *, name: str, zone: str, now: dt.datetime) -> Agency:
    """Make the agency where there is none, else return the one there is. Raises Invalid (fields agency, zone)."""
    found = existing_agency(session)
    if found:
        return found
    name = " ".join(name.split())
    errors = {}
    if not name or len(name) > LONGEST:
        errors["agency"] = "Give the agency's name, as people see it when they sign in."
    if zone not in available_timezones():
        errors["zone"] = "Give the time zone by its IANA name, such as America/New_York or America/Chicago."
    if errors:
        raise Invalid(errors)
    made = Agency(name=name, zone=zone)
    session.add(made)
    session.flush()
    record(session, None, "agency.added", made.id, now=now)
    return made


def add_levels(session: Session) -> int:
    """Make the four usual levels in a database that has no level at all. Returns how many were made."""
    if session.scalar(select(SupervisionLevel.key).limit(1)):
        return 0
    session.add_all(SupervisionLevel(key=key, label=label, rank=rank) for rank, (key, label) in enumerate(LEVELS, 1))
    session.flush()
    return len(LEVELS)
