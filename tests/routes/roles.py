"""Everyone who may come to an address, for tests of who sees what: each signs in with a client of their own."""

import datetime as dt
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from tests import people
from tests import visits

WHO = (
    "owner",
    "colleague",
    "stranger",
    "cover",
    "past_cover",
    "supervisor",
    "other_supervisor",
    "administrator",
    "nobody",
)


@dataclass
class Cast:
    """An officer's visit to a person, and everyone around it: by role, team and cover of the person's case."""

    users: dict[str, User]
    person: Supervisee
    visit: Visit

    def client(self, app: Flask, who: str) -> FlaskClient:
        """A client signed in as this one; `nobody` is signed out."""
        client = app.test_client()
        return people.sign_in(client, self.users[who]) if who in self.users else client


def cast(session: Session) -> Cast:
    """Make them all; `past_cover` stood in until yesterday."""
    other = people.team(session)
    users = {
        "owner": people.officer(session),
        "colleague": people.officer(session),
        "stranger": people.officer(session, other),
        "cover": people.officer(session, other),
        "past_cover": people.officer(session),
        "supervisor": people.supervisor(session),
        "other_supervisor": people.supervisor(session, people.team(session)),
        "administrator": people.administrator(session),
    }
    person = people.supervisee(session, users["owner"], ["no_drugs"], first_name="Marcus", last_name="Bell")
    people.assign(session, person, users["cover"], kind="cover", from_on=people.TODAY, to_on=people.TODAY)
    yesterday = people.TODAY - dt.timedelta(days=1)
    people.assign(session, person, users["past_cover"], kind="cover", to_on=yesterday)
    return Cast(users, person, visits.visit(session, users["owner"], person))
