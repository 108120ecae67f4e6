"""The signed-in user of a request: Flask-Login over our own table of sessions."""

import datetime as dt
import uuid

from flask import Flask
from flask import current_app
from flask import g
from flask import request
from flask_login import LoginManager
from flask_login import UserMixin
from flask_login import current_user
from flask_login import login_user
from flask_login import logout_user

from fieldapp.domain.accounts.sign_in import Admitted
from fieldapp.domain.accounts.sign_in import needs_touch
from fieldapp.domain.accounts.sign_in import sign_out
from fieldapp.domain.accounts.sign_in import signed_in
from fieldapp.domain.accounts.sign_in import touch
from fieldapp.domain.actor import Actor
from fieldapp.domain.actor import actor_of
from fieldapp.settings import Settings
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import session

# a page that asks by itself says so with this header: it shows nobody's activity, so the session may still end idle
POLL_HEADER = "Fieldapp-Poll"


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps for a request. Its id is the session's token, not the user's id: it can be revoked."""

    def __init__(self, token: str, actor: Actor):
        self.token = token
        self.actor = actor

    def get_id(self) -> str:
        """Return the token, which goes into the signed cookie."""
        return self.token


def init_sign_in(app: Flask) -> None:
    """Teach Flask-Login our sessions. The IP address may change on the road, so it is not part of them."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)


def current_actor() -> Actor | None:
    """Return who is signed in, or None."""
    return current_user.actor if current_user and current_user.is_authenticated else None


def actor() -> Actor:
    """Return who is signed in; only for routes behind `@allow`, which has made sure that someone is."""
    found = current_actor()
    assert found is not None, "a route without @allow asked for the actor"
    return found


def is_poll() -> bool:
    """Say whether the page asked by itself, without anybody doing anything."""
    return POLL_HEADER in request.headers


def start_session(admitted: Admitted) -> None:
    """Put the new session's token into the cookie."""
    login_user(SignedIn(admitted.token, admitted.actor))


def end_session() -> None:
    """End the session here and in the browser."""
    if current_user.is_authenticated:
        sign_out(session(), current_user.token, now=now())
    logout_user()


def _load(token: str) -> SignedIn | None:
    settings: Settings = current_app.config["FIELDAPP"]
    lifetime, idle = dt.timedelta(hours=settings.session_hours), dt.timedelta(minutes=settings.idle_minutes)
    found = signed_in(session(), token, now=now(), lifetime=lifetime, idle=idle)
    if found is None:
        return None
    who = SignedIn(token, actor_of(found.user))
    if needs_touch(found, now()) and not is_poll():
        _touch(found.id)
    return who


def _touch(sign_in_id: uuid.UUID) -> None:
    # a read that turns into a write can be refused by SQLite, so the read ends first
    if not g.get("began"):
        session().rollback()
        begin_writing()
    touch(session(), sign_in_id, now=now())
    if not g.get("began"):
        commit()
