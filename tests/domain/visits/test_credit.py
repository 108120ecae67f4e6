"""With whom a contact was: what is said of somebody else besides makes it one with both."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.contact import Contact
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.visit import Visit
from tests import people
from tests.desk import Desk
from tests.phone import answer


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


@pytest.fixture
def person(session: Session, desk: Desk) -> Supervisee:
    return people.supervisee(session, desk.officer, work=True)


def visited(desk: Desk, person: Supervisee, **changes: Any) -> Visit:
    sent = desk.phone.visit(person, **changes)
    (result,) = desk.take(sent)
    assert result.state == "stored", result.reason
    return desk.session.get_one(Visit, uuid.UUID(sent.id))


@pytest.mark.parametrize(
    ("outcome", "given", "party"),
    [
        ("contact_inside", {"collateral.name": "Ms. Hall", "collateral.gist": "He works nights."}, "both"),
        ("contact_at_door", {"collateral.name": "Ms. Hall", "collateral.gist": "He works nights."}, "both"),
        ("contact_inside", {"collateral.name": "Ms. Hall"}, "direct"),
        ("contact_inside", {"collateral.name": "Ms. Hall", "collateral.gist": "  "}, "direct"),
        ("collateral_only", {"collateral.name": "Ms. Hall", "collateral.gist": "He works nights."}, "collateral"),
    ],
)
def test_contact_with_somebody_else_besides_is_with_both(
    desk: Desk, person: Supervisee, session: Session, outcome: str, given: dict[str, str], party: str
) -> None:
    visited(desk, person, outcome=outcome, answers=[answer(item, value) for item, value in given.items()])

    assert session.scalars(select(Contact.party)).all() == [party]


@pytest.mark.parametrize(("comments", "party"), [("Always on time.", "both"), (None, "direct")])
def test_employer_who_is_named_and_comments_is_a_collateral(
    desk: Desk, person: Supervisee, session: Session, comments: str | None, party: str
) -> None:
    address = next(found for found in person.addresses if found.place == "work")
    given = [answer("presence.spoken_to_name", "Ms. Hall, manager")]
    given += [answer("employer.comments", comments)] if comments else []
    where = {"place": "work", "address": str(address.id), "checklist": {"key": "work", "version": 1}}

    visited(desk, person, outcome="contact_inside", answers=given, **where)

    assert session.scalars(select(Contact.party)).all() == [party]
