"""An agency with many officers, each with an enrolled phone, a living session and a few people on the caseload."""

import datetime as dt
import hashlib
import random
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.orm import Session

from fieldapp.models.address import Address
from fieldapp.models.case import CaseAssignment
from fieldapp.models.case import Condition
from fieldapp.models.level import LevelAssignment
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.supervisee import SupervisionTerm
from fieldapp.models.user import SignIn
from fieldapp.models.user import Team
from fieldapp.models.user import User
from fieldapp.models.wire import Device
from tests.phone import Phone

OFFICERS_IN_TEAM = 10
PEOPLE_OF_OFFICER = 3
CONDITIONS = ("no_alcohol", "no_drugs", "no_weapons", "employment")
SINCE = dt.date(2026, 1, 5)
HOME = (39.29038, -76.61219)


@dataclass(frozen=True)
class Person:
    """Someone to be visited, and where."""

    id: uuid.UUID
    address: uuid.UUID
    lat: float
    lon: float


@dataclass(frozen=True)
class Carried:
    """A phone with its officer's session and caseload. `cookie` is the value of the Cookie header."""

    phone: Phone
    cookie: str
    people: Sequence[Person]


def fill(session: Session, count: int, secret: str, *, now: dt.datetime) -> list[Carried]:
    """Add `count` officers with all that belongs to them; the caller commits."""
    cookies = _cookies(secret)
    teams = [Team(id=uuid.uuid4(), name=f"Team {n + 1}") for n in range(-(-count // OFFICERS_IN_TEAM))]
    session.add_all(teams)
    session.flush()
    carried = [_officer(session, n, teams[n // OFFICERS_IN_TEAM], cookies, now) for n in range(count)]
    session.flush()
    return carried


def _officer(session: Session, n: int, team: Team, cookies: "Cookies", now: dt.datetime) -> Carried:
    user = User(
        id=uuid.uuid4(), email=f"officer{n}@example.org", name=f"Officer Number{n}", role="officer", team_id=team.id
    )
    phone, token = Phone(None, user.id), secrets.token_urlsafe(32)
    # sessions were last used up to two minutes ago, so that some are written again while the load runs
    seen = now - dt.timedelta(seconds=random.Random(n).uniform(0, 120))
    session.add(user)
    session.flush()
    session.add_all(
        [
            Device(kid=phone.kid, officer_id=user.id, public_jwk=phone.jwk, label="Phone", enrolled_at=now),
            SignIn(
                user_id=user.id, created_at=now - dt.timedelta(hours=1), seen_at=seen,
                token_sha256=hashlib.sha256(token.encode()).hexdigest(),
            ),
        ]
    )  # fmt: skip
    people = [_person(session, user, f"L-{n:04}-{each}") for each in range(PEOPLE_OF_OFFICER)]
    return Carried(phone, cookies.of(token), people)


def _person(session: Session, officer: User, number: str) -> Person:
    spread = random.Random(number)
    lat, lon = HOME[0] + spread.uniform(-0.1, 0.1), HOME[1] + spread.uniform(-0.1, 0.1)
    person = Supervisee(id=uuid.uuid4(), case_number=number, first_name="Alex", last_name=f"Sample{number}")
    address = Address(
        id=uuid.uuid4(), supervisee_id=person.id, place="home", line=f"{number} Sample Street", city="Baltimore",
        lat=lat, lon=lon, position_quality="given", from_on=SINCE,
    )  # fmt: skip
    session.add(person)
    session.flush()
    session.add_all(
        [
            address,
            SupervisionTerm(supervisee_id=person.id, kind="probation", start_on=SINCE),
            LevelAssignment(supervisee_id=person.id, level_key="medium", from_on=SINCE),
            CaseAssignment(supervisee_id=person.id, officer_id=officer.id, from_on=SINCE),
            *(
                Condition(supervisee_id=person.id, number=i, kind=kind, text=f"Condition about {kind}.", from_on=SINCE)
                for i, kind in enumerate(CONDITIONS, start=1)
            ),
        ]
    )
    return Person(person.id, address.id, lat, lon)


class Cookies:
    """Signs sessions' cookies as the server does, so that hundreds need not type a password first."""

    def __init__(self, app: Flask):
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        self.signer = signer

    def of(self, token: str) -> str:
        """The Cookie header for a session's token."""
        return f"fieldapp={self.signer.dumps({'_user_id': token, '_fresh': True})}"


def _cookies(secret: str) -> Cookies:
    app = Flask("fieldapp")
    app.config["SECRET_KEY"] = secret
    return Cookies(app)
