"""Signing in and out: counted failures, a random token for each session, ends by age, idleness or hand."""

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload

from fieldapp.domain.accounts.passwords import password_matches
from fieldapp.domain.actor import Actor
from fieldapp.domain.actor import actor_of
from fieldapp.domain.audit import record
from fieldapp.domain.calendar.address import end_feeds
from fieldapp.models.user import FailedSignIn
from fieldapp.models.user import SignIn
from fieldapp.models.user import User

FAILURES = 5
FAILURE_WINDOW = dt.timedelta(minutes=15)
SEEN_EVERY = dt.timedelta(seconds=60)


@dataclass(frozen=True)
class Admitted:
    """The sign-in worked: the token goes into the cookie and nowhere else."""

    token: str
    actor: Actor


@dataclass(frozen=True)
class Turned:
    """The sign-in did not work. `reason` is wrong, locked or disabled."""

    reason: str


def sign_in(session: Session, email: str, password: str, *, now: dt.datetime) -> Admitted | Turned:
    """Check a password and start a session, or count the failure; five in 15 minutes lock the account (CJIS AC-7).

    Returns instead of raising, so that the edge commits the count either way.
    """
    user = session.scalars(select(User).where(User.email == email.strip().lower())).first()
    right = password_matches(user.password_hash if user else "", password)
    if user is None:
        return Turned("wrong")
    if user.locked_at or user.disabled_at:
        record(session, None, "sign_in.refused", user.id, now=now, reason="locked" if user.locked_at else "disabled")
        return Turned("locked" if user.locked_at else "disabled") if right else Turned("wrong")
    return _admit(session, user, now) if right else _count_failure(session, user, now)


def signed_in(
    session: Session, token: str, *, now: dt.datetime, lifetime: dt.timedelta, idle: dt.timedelta
) -> SignIn | None:
    """Return the living session of a token; None when it ended by hand, age or idleness, or the user was locked."""
    found = session.scalars(
        select(SignIn)
        .where(SignIn.token_sha256 == _sha256(token), SignIn.ended_at.is_(None))
        .options(joinedload(SignIn.user))
    ).first()
    if found is None or now - found.created_at > lifetime or now - found.seen_at > idle:
        return None
    return None if found.user.locked_at or found.user.disabled_at else found


def needs_touch(sign_in: SignIn, now: dt.datetime) -> bool:
    """Say whether the time of last activity is old enough to be written again."""
    return now - sign_in.seen_at >= SEEN_EVERY


def touch(session: Session, sign_in_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Write that the session was used now."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def sign_out(session: Session, token: str, *, now: dt.datetime) -> None:
    """End the session of a token; an unknown one is nothing to do."""
    found = session.scalars(select(SignIn).where(SignIn.token_sha256 == _sha256(token))).first()
    if found and found.ended_at is None:
        found.ended_at = now
        record(session, actor_of(found.user), "sign_out", found.user_id, now=now)


def end_sessions(session: Session, user_id: uuid.UUID, *, now: dt.datetime) -> None:
    """End every session of a user, who signs in again wherever they are, and the address of their calendar.

    Somebody else may have held a session, and could have made an address to keep on reading by.
    """
    open_ones = update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
    session.execute(open_ones.values(ended_at=now))
    end_feeds(session, user_id, now=now)


def _admit(session: Session, user: User, now: dt.datetime) -> Admitted:
    token = secrets.token_urlsafe(32)
    session.add(SignIn(user_id=user.id, token_sha256=_sha256(token), created_at=now, seen_at=now))
    record(session, actor_of(user), "sign_in", user.id, now=now)
    return Admitted(token, actor_of(user))


def _count_failure(session: Session, user: User, now: dt.datetime) -> Turned:
    session.add(FailedSignIn(user_id=user.id, at=now))
    session.flush()
    since = select(func.count()).where(FailedSignIn.user_id == user.id, FailedSignIn.at > now - FAILURE_WINDOW)
    record(session, None, "sign_in.failed", user.id, now=now)
    if session.scalar(since) >= FAILURES:  # type: ignore[operator]  # count() is never NULL
        user.locked_at = now
        record(session, None, "account.locked", user.id, now=now)
    return Turned("wrong")


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
