"""Makes an agency and its people for tests, each by one call with what the test cares about; nothing is committed.

from tests import people
officer = people.officer(session)
person = people.supervisee(session, officer=officer, conditions=["no_alcohol"])
"""

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any
from typing import TypeVar

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.accounts.passwords import hash_password
from fieldapp.domain.actor import Actor
from fieldapp.domain.actor import actor_of
from fieldapp.domain.clock import local_date
from fieldapp.models.address import Address
from fieldapp.models.agency import Agency
from fieldapp.models.case import CaseAssignment
from fieldapp.models.case import Condition
from fieldapp.models.level import LevelAssignment
from fieldapp.models.level import SupervisionLevel
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.supervisee import SupervisionTerm
from fieldapp.models.user import Team
from fieldapp.models.user import User

Row = TypeVar("Row")
# A Thursday, 14:00 in Baltimore; everything else is dated from it.
NOW = dt.datetime(2026, 11, 19, 19, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
PASSWORD = "correct horse battery"
ZONE = "America/New_York"
HOME = (39.29038, -76.61219)
WORK = (39.28410, -76.62155)

_HASH = hash_password(PASSWORD)
_numbers = itertools.count(1)


def local_today() -> dt.date:
    """The date that people in the agency's zone write now, for tests that go by the real clock."""
    return local_date(ZONE, dt.datetime.now(dt.UTC))


def agency(session: Session, **fields: Any) -> Agency:
    """The one agency: made by the first call, changed by later ones."""
    found = session.scalars(select(Agency)).first()
    if found is None:
        found = _keep(
            session, Agency(name="Harbor County Supervision", zone=ZONE, office_lat=HOME[0], office_lon=HOME[1])
        )
    for name, value in fields.items():
        setattr(found, name, value)
    session.flush()
    return found


def team(session: Session, name: str | None = None) -> Team:
    """A team, by its name the same one again."""
    found = session.scalars(select(Team).where(Team.name == name)).first() if name else None
    return found or _keep(session, Team(name=name or f"Team {next(_numbers)}"))


def officer(session: Session, team: Team | None = None, **fields: Any) -> User:
    """An officer, in the team "Harbor" unless another is given."""
    return _user(session, "officer", team or _harbor(session), fields)


def supervisor(session: Session, team: Team | None = None, **fields: Any) -> User:
    """A supervisor, of the team "Harbor" unless another is given."""
    return _user(session, "supervisor", team or _harbor(session), fields)


def administrator(session: Session, **fields: Any) -> User:
    """An administrator, who belongs to no team."""
    return _user(session, "administrator", None, fields)


def actor(user: User) -> Actor:
    """The user as the rules see them."""
    return actor_of(user)


def supervisee(
    session: Session,
    officer: User | None = None,
    conditions: Sequence[str] = (),
    *,
    work: bool = False,
    level: str = "medium",
    from_on: dt.date = dt.date(2026, 1, 5),
    **fields: Any,
) -> Supervisee:
    """A person with an active term, a level, a home (and a workplace) and conditions, on the officer's caseload."""
    number = next(_numbers)
    named = {"case_number": f"T-{number:05}", "first_name": "Alex", "last_name": f"Sample{number}", **fields}
    person = _keep(session, Supervisee(**named))
    _level(session, level)
    session.add_all(
        [
            SupervisionTerm(supervisee_id=person.id, kind="probation", start_on=from_on),
            LevelAssignment(supervisee_id=person.id, level_key=level, from_on=from_on),
            *(
                Condition(
                    supervisee_id=person.id, number=i, kind=kind, text=f"Condition about {kind}.", from_on=from_on
                )
                for i, kind in enumerate(conditions, start=1)
            ),
        ]
    )
    address(session, person, "home", from_on=from_on)
    if work:
        address(session, person, "work", from_on=from_on)
    if officer:
        assign(session, person, officer, from_on=from_on)
    session.flush()
    session.refresh(person)
    session.refresh(person, ["addresses"])
    return person


def address(session: Session, person: Supervisee, place: str = "home", **fields: Any) -> Address:
    """A home or a workplace with a position."""
    lat, lon = HOME if place == "home" else WORK
    given = {"line": f"{next(_numbers)} Sample Street", "city": "Baltimore", "from_on": dt.date(2026, 1, 5), **fields}
    return _keep(
        session,
        Address(
            **{"supervisee_id": person.id, "place": place, "lat": lat, "lon": lon, "position_quality": "given"} | given
        ),
    )


def home(person: Supervisee) -> Address:
    """Where the person lives."""
    return next(found for found in person.addresses if found.place == "home")


def assign(session: Session, person: Supervisee, officer: User, **fields: Any) -> CaseAssignment:
    """The person on the officer's caseload from a date on."""
    given = {"from_on": dt.date(2026, 1, 5), **fields}
    return _keep(session, CaseAssignment(supervisee_id=person.id, officer_id=officer.id, **given))


def plan(session: Session, officer: User, *supervisees: Supervisee, on: dt.date = TODAY, **fields: Any) -> DayPlan:
    """An accepted day plan with a home stop for each person, half an hour apart from 14:00 UTC on."""
    made = DayPlan(
        **{"officer_id": officer.id, "on": on, "state": "accepted", "accepted_at": NOW}
        | {"start": dt.time(9), "end": dt.time(17), "start_label": "Office", "end_label": "Office"}
        | {"start_lat": HOME[0], "start_lon": HOME[1], "end_lat": HOME[0], "end_lon": HOME[1]}
        | fields
    )
    first = dt.datetime.combine(on, dt.time(14), dt.UTC)
    for i, person in enumerate(supervisees):
        arrive = first + dt.timedelta(minutes=30 * i)
        made.stops.append(
            Stop(
                position=i, supervisee_id=person.id, address_id=home(person).id, place="home", purpose="Home contact",
                minutes=15, arrive_at=arrive, leave_at=arrive + dt.timedelta(minutes=15), travel_s=300, travel_m=2500,
            )
        )  # fmt: skip
    return _keep(session, made)


def sign_in(client: FlaskClient, user: User) -> FlaskClient:
    """Sign the user in through the page; the user must have been committed."""
    answer = client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


def _user(session: Session, role: str, team: Team | None, fields: dict[str, Any]) -> User:
    number = next(_numbers)
    given = {"email": f"{role}{number}@example.org", "name": f"{role.title()} Number{number}", "password_hash": _HASH}
    return _keep(session, User(**given | {"role": role, "team_id": team.id if team else None} | fields))


def _harbor(session: Session) -> Team:
    return team(session, "Harbor")


def _level(session: Session, key: str) -> None:
    ranks = {"administrative": 1, "low": 2, "medium": 3, "high": 4}
    if session.get(SupervisionLevel, key) is None:
        session.add(SupervisionLevel(key=key, label=key.title(), rank=ranks.get(key, 0)))
        session.flush()


def _keep(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
