"""The secret address of an officer's calendar: making a new one, ending it, and finding out whose a secret is."""

import datetime as dt
import hashlib
import secrets
import uuid

from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.errors import NotFound
from fieldapp.models.calendar import CalendarFeed
from fieldapp.models.user import User

SECRET_BYTES = 32
# the same for a secret that never was, one that was revoked, and one of somebody who left
UNKNOWN = "There is no calendar at this address. Make a new one in fieldapp, on the page Calendar."


def living_feed(session: Session, actor: Actor) -> CalendarFeed | None:
    """Return the actor's calendar address that is in use, or None."""
    query = select(CalendarFeed).where(CalendarFeed.officer_id == actor.id, CalendarFeed.ended_at.is_(None))
    return session.scalars(query).first()


def make_feed(session: Session, actor: Actor, *, now: dt.datetime) -> str:
    """Give the actor a new calendar address and end the one before; return its secret, which is kept nowhere."""
    # two taps at once must not leave two addresses: the second waits here (SQLite has one writer by nature)
    session.execute(select(User.id).where(User.id == actor.id).with_for_update(key_share=True))
    renewed = end_feeds(session, actor.id, now=now)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed(officer_id=actor.id, secret_sha256=_sha256(secret), made_at=now, counted_from=now)
    session.add(feed)
    session.flush()
    record(session, actor, "calendar.made", feed.id, now=now, renewed=renewed)
    return secret


def revoke_feed(session: Session, actor: Actor, *, now: dt.datetime) -> None:
    """End the actor's calendar address. Without one there is nothing to do."""
    feed = living_feed(session, actor)
    if feed:
        end_feeds(session, actor.id, now=now)
        record(session, actor, "calendar.revoked", feed.id, now=now)


def end_feeds(session: Session, user_id: uuid.UUID, *, now: dt.datetime) -> int:
    """End every calendar address of a user; return how many were in use."""
    living = update(CalendarFeed).where(CalendarFeed.officer_id == user_id, CalendarFeed.ended_at.is_(None))
    return len(session.scalars(living.values(ended_at=now).returning(CalendarFeed.id)).all())


def feed_of(session: Session, secret: str) -> tuple[CalendarFeed, User]:
    """Return the address with this secret, and its officer. Raises NotFound, in the same words whatever the reason."""
    query = (
        select(CalendarFeed, User)
        .join(User, User.id == CalendarFeed.officer_id)
        .where(CalendarFeed.secret_sha256 == _sha256(secret), CalendarFeed.ended_at.is_(None))
        .where(User.role == "officer", User.disabled_at.is_(None), User.locked_at.is_(None))
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound(UNKNOWN)
    return found[0], found[1]


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
