"""One visit in full: answers in their checklist's words, flags, photos with distance, credit, clock and proof."""

import uuid

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.checklist.library import Library
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.errors import NotFound
from fieldapp.domain.office.record import VisitRecord
from fieldapp.domain.office.record import clock_words
from fieldapp.domain.office.record import credit_words
from fieldapp.domain.office.record import visit_record
from fieldapp.models.contact import Contact
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import ConflictingSubmission
from fieldapp.models.wire import Submission
from tests import people
from tests import visits
from tests.people import NOW
from tests.people import TODAY


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


@pytest.fixture
def person(session: Session, officer: User) -> Supervisee:
    return people.supervisee(session, officer, ["no_drugs"])


@pytest.fixture
def visit(session: Session, officer: User, person: Supervisee) -> Visit:
    return visits.visit(session, officer, person)


def read(session: Session, officer: User, visit: Visit) -> VisitRecord:
    session.flush()
    session.expire_all()
    return visit_record(session, people.actor(officer), visit.id, shipped_library(), TODAY)


def test_answers_are_worded_by_section_as_their_checklist_words_them(
    session: Session, officer: User, visit: Visit
) -> None:
    visits.answer(session, visit, "residence.evidence", ["mail", "lease"], position=0)
    visits.answer(session, visit, "safety.weapon_visible", "no", position=1, answered_by="rest")
    visits.answer(
        session, visit, "compliance.paraphernalia", "yes", note="A pipe.", discovery="plain_view",
        no_photo_reason="Asked not to.", position=2,
    )  # fmt: skip
    visits.answer(session, visit, "compliance.alcohol", "not_observed", position=3)
    record = read(session, officer, visit)
    assert [section.title for section in record.sections] == ["Safety", "Residence", "Conditions"]
    weapon, evidence = record.sections[0].answers[0], record.sections[1].answers[0]
    assert (weapon.label, weapon.words, weapon.by_rest) == ("Weapon visible", "No", "None of these seen")
    assert (evidence.words, evidence.by_rest) == ("Mail, Lease", "")
    (pipe,) = record.answered("yes")
    assert (pipe.label, pipe.note, pipe.discovery) == ("Drug paraphernalia seen", "A pipe.", "Plain view")
    assert pipe.no_photo_reason == "Asked not to."
    assert [answer.label for answer in record.answered("not_observed")] == ["Alcohol seen"]
    assert record.answers == 4


@pytest.mark.parametrize(("value", "words"), [("2026-12-03", "Dec 3, 2026"), ("soon", "soon")])
def test_date_is_written_as_people_write_it(
    session: Session, officer: User, visit: Visit, value: str, words: str
) -> None:
    visits.answer(session, visit, "actions.next_report", value)
    assert read(session, officer, visit).sections[0].answers[0].words == words


def test_repeating_rows_are_numbered_with_their_fields_in_words(session: Session, officer: User, visit: Visit) -> None:
    visits.row(session, visit, "people.persons", name="Lorraine", relation="Mother", age="adult")
    visits.row(session, visit, "people.persons", name="Terrell", age="minor")
    (section,) = read(session, officer, visit).sections
    groups = sorted(section.groups, key=lambda group: group.fields[0][1])
    assert {group.number for group in groups} == {1, 2}
    assert groups[0].label == "Person present"
    assert list(groups[0].fields) == [
        ("Name, or how you describe them", "Lorraine"),
        ("Relation", "Mother"),
        ("Age", "Adult"),
    ]


def test_flags_tell_discovery_and_how_many_photos(
    session: Session, officer: User, person: Supervisee, visit: Visit
) -> None:
    visits.flag(session, visit, "observation", "Alcohol seen", item="compliance.alcohol")
    visits.flag(session, visit, "potential_violation", condition_id=person.conditions[0].id, position=1)
    visits.answer(session, visit, "compliance.paraphernalia", "yes", discovery="volunteered")
    visits.photo(session, visit)
    visits.photo(session, visit)
    grave, light = read(session, officer, visit).flags
    assert (grave.row.kind, grave.discovery, grave.photos) == ("potential_violation", "Volunteered", 2)
    assert (light.row.kind, light.discovery, light.photos) == ("observation", "", 0)


def test_photos_tell_question_distance_and_what_arrived(session: Session, officer: User, visit: Visit) -> None:
    visits.photo(session, visit, state="stored", found_media_type="image/jpeg", lat=people.HOME[0] + 0.001)
    visits.photo(session, visit, position=1, item="visit", found_media_type="image/heic", lat=None, lon=None)
    record = read(session, officer, visit)
    near, far = record.photos.lines
    assert near.question == "Drug paraphernalia seen"
    assert near.distance_m == pytest.approx(111.2, abs=0.1)
    assert near.opens_in_browser
    assert (far.question, far.distance_m, far.opens_in_browser) == ("The visit as a whole", None, False)
    assert (record.photos.stored, record.photos.without_position) == (1, 1)


def test_signature_and_hash_of_the_submission_are_checked_again(session: Session, officer: User, visit: Visit) -> None:
    proof = read(session, officer, visit).proof
    assert (proof.hash_matches, proof.signature_holds, proof.conflicts) == (True, True, [])
    stored = session.get_one(Submission, visit.id)
    head, payload, signature = stored.jws.split(".")
    stored.jws = f"{head}.{payload[:-2]}.{signature}"
    proof = read(session, officer, visit).proof
    assert (proof.hash_matches, proof.signature_holds) == (False, False)
    stored.jws = "ünreadable"
    assert not read(session, officer, visit).proof.hash_matches


def test_key_of_another_phone_does_not_hold(session: Session, officer: User, visit: Visit) -> None:
    session.get_one(Submission, visit.id).device_id = visits.device(session, officer, 1).id
    proof = read(session, officer, visit).proof
    assert (proof.hash_matches, proof.signature_holds) == (True, False)


def test_other_bytes_under_the_same_id_are_listed(session: Session, officer: User, visit: Visit) -> None:
    phone = visits.device(session, officer)
    other = ConflictingSubmission(
        submission_id=visit.id,
        officer_id=officer.id,
        device_id=phone.id,
        received_at=NOW,
        jws="a.b.c",
        sha256="ab" * 32,
    )
    session.add(other)
    assert read(session, officer, visit).proof.conflicts == [other]


def test_length_and_clock_are_those_of_the_phone(session: Session, officer: User, visit: Visit) -> None:
    visit.clock_skew_s = 301.0
    record = read(session, officer, visit)
    assert (record.minutes, record.clock, record.clock_wrong) == (19, "Phone clock 5 min fast", True)


@pytest.mark.parametrize(
    ("skew", "words"),
    [
        (0.4, "Phone clock right"),
        (-2.0, "Phone clock 2 s slow"),
        (119.0, "Phone clock 119 s fast"),
        (-7200.0, "Phone clock 120 min slow"),
    ],
)
def test_clock_is_told_in_words(skew: float, words: str) -> None:
    assert clock_words(skew) == words


@pytest.mark.parametrize(
    ("location", "party", "status", "words"),
    [
        ("residence", "direct", "completed", "Home contact"),
        ("employment", "both", "completed", "Work contact"),
        ("residence", "collateral", "completed", "Home contact, through someone else only"),
        ("residence", "direct", "attempted", "Attempt, does not count"),
    ],
)
def test_credit_is_told_in_words(location: str, party: str, status: str, words: str) -> None:
    assert credit_words(Contact(location=location, party=party, status=status)) == words


def test_visit_without_credit_says_so(session: Session, officer: User, visit: Visit) -> None:
    assert read(session, officer, visit).credit == "No contact, not attempted"


def test_visit_of_another_team_is_not_found(session: Session, visit: Visit) -> None:
    stranger = people.actor(people.supervisor(session, people.team(session)))
    with pytest.raises(NotFound, match="another team"):
        visit_record(session, stranger, visit.id, shipped_library(), TODAY)
    with pytest.raises(NotFound, match="another team"):
        visit_record(session, stranger, uuid.uuid4(), shipped_library(), TODAY)


def test_checklist_that_the_office_lacks_is_told(session: Session, officer: User, visit: Visit) -> None:
    with pytest.raises(NotFound, match="no checklist “home” version 1"):
        visit_record(session, people.actor(officer), visit.id, Library(()), TODAY)
