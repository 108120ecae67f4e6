"""Accounts: adding people, releasing and disabling them, new passwords, where an officer's day may start."""

import datetime as dt
import re

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.accounts.passwords import hash_password
from fieldapp.domain.accounts.sign_in import end_sessions
from fieldapp.domain.actor import Actor
from fieldapp.domain.agency_settings import LATITUDE
from fieldapp.domain.agency_settings import LONGITUDE
from fieldapp.domain.audit import record
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.models.user import ROLES
from fieldapp.models.user import FailedSignIn
from fieldapp.models.user import Team
from fieldapp.models.user import User

EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST = 254


def add_user(
    session: Session,
    actor: Actor | None,
    *,
    email: str,
    name: str,
    role: str,
    team: str,
    password: str,
    now: dt.datetime,
) -> User:
    """Add an account; a team that does not exist yet is made. `actor` is None on the command line.

    Raises Invalid (fields email, name, role, team, password), and Conflict where the e-mail is taken.
    """
    email, name, team = email.strip().lower(), " ".join(name.split()), " ".join(team.split())
    errors = _errors(email, name, role, team)
    if errors:
        raise Invalid(errors)
    if session.scalars(select(User).where(User.email == email)).first():
        raise Conflict(f"There is an account for {email} already. Choose another e-mail, or give it a new password.")
    user = User(email=email, name=name, role=role, password_hash=hash_password(password))
    user.team = _team(session, team) if team else None
    session.add(user)
    session.flush()
    record(session, actor, "account.added", user.id, now=now, role=role)
    return user


def release_user(session: Session, actor: Actor | None, email: str, *, now: dt.datetime) -> User:
    """Unlock an account after too many wrong passwords; the failures are forgotten. Raises NotFound."""
    user = find_user(session, email)
    session.execute(delete(FailedSignIn).where(FailedSignIn.user_id == user.id))
    if user.locked_at:
        user.locked_at = None
        record(session, actor, "account.released", user.id, now=now)
    return user


def set_password(session: Session, actor: Actor | None, email: str, password: str, *, now: dt.datetime) -> User:
    """Give an account a new password and end its sessions everywhere. Raises NotFound, Invalid (field password)."""
    user = find_user(session, email)
    user.password_hash = hash_password(password)
    _end_sessions(session, user, now)
    record(session, actor, "account.password", user.id, now=now)
    return user


def disable_user(session: Session, actor: Actor | None, email: str, *, now: dt.datetime) -> User:
    """Let an account sign in no more, and end its sessions; what the person did stays.

    Raises NotFound, and Conflict for the last administrator.
    """
    user = find_user(session, email)
    if user.disabled_at:
        return user
    others = select(User.id).where(User.role == "administrator", User.disabled_at.is_(None), User.id != user.id)
    if user.role == "administrator" and session.scalar(others.limit(1)) is None:
        raise Conflict(f"{user.email} is the only administrator. Add another with `fieldapp user add` first.")
    user.disabled_at = now
    _end_sessions(session, user, now)
    record(session, actor, "account.disabled", user.id, now=now)
    return user


def enable_user(session: Session, actor: Actor | None, email: str, *, now: dt.datetime) -> User:
    """Let a disabled account sign in again; a locked one stays locked. Raises NotFound."""
    user = find_user(session, email)
    if user.disabled_at:
        user.disabled_at = None
        record(session, actor, "account.enabled", user.id, now=now)
    return user


def set_home(session: Session, actor: Actor | None, email: str, position: str, *, now: dt.datetime) -> User:
    """Set where an officer's day may start and end besides the office: "LAT,LON" in degrees, "none" to forget it.

    Raises NotFound, Invalid (field home), and Conflict for who is no officer.
    """
    user = find_user(session, email)
    if user.role != "officer":
        raise Conflict(f"{user.email} is no officer: only officers' days start somewhere.")
    home = (None, None) if position == "none" else _position(position)
    if home != (user.home_lat, user.home_lon):
        user.home_lat, user.home_lon = home
        record(session, actor, "account.home", user.id, now=now)
    return user


def find_user(session: Session, email: str) -> User:
    """Return the account with this e-mail. Raises NotFound."""
    user = session.scalars(select(User).where(User.email == email.strip().lower())).first()
    if user is None:
        raise NotFound(f"There is no account for {email.strip()}. Check the e-mail, or add the account first.")
    return user


def _errors(email: str, name: str, role: str, team: str) -> dict[str, str]:
    found = {}
    if not EMAIL.fullmatch(email) or len(email) > LONGEST:
        found["email"] = "Give a whole e-mail address, such as name@agency.gov."
    if not name or len(name) > LONGEST:
        found["name"] = "Give the person's name, as colleagues know it."
    if role not in ROLES:
        found["role"] = f"Choose a role: {', '.join(ROLES)}."
    elif role != "administrator" and not team:
        found["team"] = "Give the team: officers and supervisors see what their team may see."
    return found


def _end_sessions(session: Session, user: User, now: dt.datetime) -> None:
    end_sessions(session, user.id, now=now)


def _position(text: str) -> tuple[float | None, float | None]:
    lat, _, lon = text.partition(",")
    try:
        home = LATITUDE.read(lat), LONGITUDE.read(lon)
    except ValueError:
        home = None, None
    if None in home:
        raise Invalid(
            {"home": f"home cannot be “{text}”. Give LAT,LON in degrees, such as 39.29038,-76.61219, or none."}
        )
    return home


def _team(session: Session, name: str) -> Team:
    return session.scalars(select(Team).where(Team.name == name)).first() or Team(name=name)
