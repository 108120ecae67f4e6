"""A person's file and who may open it, search, and what happened before."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.errors import NotFound
from fieldapp.domain.people.briefing import briefing_of_person
from fieldapp.domain.people.briefing import briefing_of_stop
from fieldapp.domain.people.file import people_found
from fieldapp.domain.people.file import people_of
from fieldapp.domain.people.file import person_file
from fieldapp.domain.people.past import past_contacts
from fieldapp.domain.people.past import persons_seen
from fieldapp.models.case import CautionFlag
from fieldapp.models.case import Condition
from fieldapp.models.level import LevelAssignment
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.domain.caseload.standards import contact
from tests.domain.caseload.standards import standard

TODAY = people.TODAY


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


def test_a_file_holds_what_holds_today(session: Session, officer: User) -> None:
    standard(session)
    person = people.supervisee(session, officer, ["no_alcohol"], level="high")
    people._level(session, "low")
    gone = {"from_on": dt.date(2026, 1, 5), "to_on": TODAY - dt.timedelta(days=1)}
    session.add(Condition(supervisee_id=person.id, number=9, kind="curfew", text="Over.", **gone))
    session.add(LevelAssignment(supervisee_id=person.id, level_key="low", from_on=TODAY + dt.timedelta(days=1)))
    for text, ended in (("Dog", None), ("Cat", TODAY)):
        session.add(
            CautionFlag(supervisee_id=person.id, subject="dog", text=text, source="", noted_on=TODAY, ended_on=ended)
        )
    moved = people.address(session, person, from_on=TODAY + dt.timedelta(days=5))
    session.expire_all()
    file = person_file(session, people.actor(officer), person.id, TODAY)

    assert [row.kind for row in file.conditions] == ["no_alcohol"]
    assert [row.text for row in file.cautions] == ["Dog"]
    assert file.level is not None
    assert file.level.level_key == "high"
    assert file.home is not None
    assert file.home.id != moved.id
    assert [row.required.standard.key for row in file.due] == ["home"]


def test_files_are_found_by_those_who_answer_for_the_person_alone(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    for user in (officer, people.supervisor(session), people.administrator(session)):
        assert person_file(session, people.actor(user), person.id, TODAY).person.id == person.id
    other = people.team(session, "Other")
    for user in (people.officer(session), people.officer(session, other), people.supervisor(session, other)):
        with pytest.raises(NotFound):
            person_file(session, people.actor(user), person.id, TODAY)
        assert people_of(session, people.actor(user), [person.id], TODAY) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("", 3), ("ann", 2), ("ANN gray", 1), ("x-100", 1), ("%", 0), ("_", 0), ("ann bee", 0), ("  gray ", 2)],
)
def test_search_wants_every_word_somewhere_and_takes_signs_as_they_are(
    session: Session, officer: User, words: str, found: int
) -> None:
    for first, last, number in (("Ann", "Gray", "X-100"), ("Anna", "Lee", "X-200"), ("Bob", "Gray", "X-300")):
        people.supervisee(session, officer, first_name=first, last_name=last, case_number=number)
    people.supervisee(session, people.officer(session), first_name="Ann", last_name="Elsewhere")

    assert len(people_found(session, people.actor(officer), TODAY, words)) == found


def test_past_contacts_come_newest_first_with_their_visit_and_officer(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    made = visits.visit(session, officer, person)
    contact(session, person, TODAY - dt.timedelta(days=9))
    contact(session, person, TODAY - dt.timedelta(days=4), "office", officer_id=officer.id)
    contact(session, person, TODAY, visit_id=made.id, officer_id=officer.id)
    past = past_contacts(session, person.id, 3)

    assert [(one.visit is made, one.officer) for one in past] == [
        (True, officer.name),
        (False, officer.name),
        (False, ""),
    ]
    assert [one.contact.location for one in past_contacts(session, person.id, 3, at_the_door=True)] == ["residence"] * 2


def test_persons_seen_are_named_once_with_the_latest_word_on_them(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    for days, relation in ((30, "friend"), (3, "brother")):
        on = TODAY - dt.timedelta(days=days)
        made = visits.visit(session, officer, person, arrived_at=people.NOW - dt.timedelta(days=days))
        visits.row(session, made, "people.persons", name="Terrell ", relation=relation, age="adult", stay="visitor")
        contact(session, person, on, visit_id=made.id)
    past = past_contacts(session, person.id, 3, at_the_door=True)

    assert [row["relation"] for row in persons_seen(past, "home")] == ["brother"]
    assert persons_seen(past, "work") == []


def test_a_briefing_is_for_one_door(session: Session, officer: User) -> None:
    actor = people.actor(officer)
    person = people.supervisee(session, officer, ["no_alcohol", "treatment", "employment"], work=True)
    stop = people.plan(session, officer, person).stops[0]
    at_work = briefing_of_person(session, actor, person.id, "work", TODAY)

    assert [row.kind for row in briefing_of_stop(session, actor, stop.id, TODAY).conditions] == ["no_alcohol"]
    assert [row.kind for row in at_work.conditions] == ["no_alcohol", "employment"]
    assert (at_work.address.place, at_work.stop) == ("work", None)
    for place in ("garden", ""):
        with pytest.raises(NotFound, match="No such address"):
            briefing_of_person(session, actor, person.id, place, TODAY)
    with pytest.raises(NotFound):
        briefing_of_stop(session, people.actor(people.officer(session)), stop.id, TODAY)


def test_a_person_who_left_the_caseload_is_briefed_no_more(session: Session, officer: User) -> None:
    person = people.supervisee(session, officer)
    stop = people.plan(session, officer, person).stops[0]
    person.assignments[0].to_on = TODAY - dt.timedelta(days=1)
    session.flush()
    with pytest.raises(NotFound, match="This person"):
        briefing_of_stop(session, people.actor(officer), stop.id, TODAY)
