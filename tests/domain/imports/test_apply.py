"""Planning and applying an import: whole, once, and never destructive."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.audit import AuditEntry
from fieldapp.models.case import CautionFlag
from fieldapp.models.contact import Contact
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.domain.imports.caseloads import LATER
from tests.domain.imports.caseloads import OFFICERS
from tests.domain.imports.caseloads import TODAY
from tests.domain.imports.caseloads import arrange
from tests.domain.imports.caseloads import contents
from tests.domain.imports.caseloads import csv_file
from tests.domain.imports.caseloads import line
from tests.domain.imports.caseloads import sample
from tests.domain.imports.caseloads import take

BEFORE = LATER - dt.timedelta(days=1)


def person(session: Session) -> Supervisee:
    session.expire_all()
    return session.scalars(select(Supervisee)).one()


def test_good_file_imports_everyone_and_again_changes_nothing(session: Session) -> None:
    arrange(session)
    assert take(session, sample("caseload.csv")).counts == {"new": 300, "changed": 0, "same": 0}
    before = contents(session)
    assert take(session, sample("caseload.csv"), LATER).counts == {"new": 0, "changed": 0, "same": 300}
    assert contents(session) == before
    events = session.execute(select(AuditEntry.event, AuditEntry.details).order_by(AuditEntry.sequence)).all()
    assert [tuple(event) for event in events] == [
        ("caseload.imported", {"new": 300, "changed": 0, "same": 0}),
        ("caseload.imported", {"new": 0, "changed": 0, "same": 300}),
    ]


def test_spreadsheet_of_known_people_changes_nothing(session: Session) -> None:
    arrange(session)
    take(session, sample("caseload.csv"))
    assert take(session, sample("caseload-from-excel.csv"), LATER).counts == {"new": 0, "changed": 0, "same": 40}


def test_new_person_has_everything_that_the_line_says(session: Session) -> None:
    arrange(session)
    take(session, csv_file(line()))
    found = person(session)
    assert (found.name, found.date_of_birth, found.language, found.case_type) == (
        "Alex Sample", dt.date(1990, 4, 13), "en", "general",
    )  # fmt: skip
    assert [(term.kind, term.status, term.start_on, term.end_on) for term in found.terms] == [
        ("probation", "active", dt.date(2026, 1, 5), dt.date(2028, 1, 4))
    ]
    assert [(one.level_key, one.from_on) for one in found.levels] == [("medium", dt.date(2026, 1, 5))]
    assert sorted((one.place, one.text, one.lat, one.position_quality) for one in found.addresses) == [
        ("home", "9001 Sample Street, Baltimore", 39.29, "given"),
        ("work", "9002 Market Place, Baltimore, MD", 39.28, "given"),
    ]
    job = found.employments[0]
    assert (job.employer, job.days, job.start, job.end, job.employer_aware, job.address.place) == (
        "Sample Deli", "12345", dt.time(8), dt.time(16, 30), "no", "work",
    )  # fmt: skip
    assert [(one.number, one.kind, one.curfew_start, one.curfew_end) for one in found.conditions] == [
        (1, "no_alcohol", None, None),
        (2, "curfew", dt.time(20), dt.time(6)),
    ]
    assert found.conditions[1].text.startswith("You must be at home from 20:00 to 06:00")
    assert [(one.subject, one.text, one.source, one.noted_on, one.review_on) for one in found.cautions] == [
        ("dog", "large dog in yard", "Import", TODAY, dt.date(2027, 11, 23))
    ]
    assert [(one.officer.email, one.kind, one.from_on) for one in found.assignments] == [
        (OFFICERS[0], "primary", TODAY)
    ]


def test_last_home_contact_seeds_the_history_once(session: Session) -> None:
    arrange(session)
    take(session, csv_file(line()))
    take(session, csv_file(line(last_home_contact="2026-11-20")), LATER)
    contact = session.scalars(select(Contact)).one()
    assert (contact.on, contact.method, contact.location, contact.party, contact.status, contact.source) == (
        dt.date(2026, 10, 1), "in_person", "residence", "direct", "completed", "import",
    )  # fmt: skip
    # noon in the agency's zone
    assert contact.at == dt.datetime(2026, 10, 1, 16, 0, tzinfo=dt.UTC)


def test_changed_level_begins_today_and_the_old_one_stays(session: Session) -> None:
    found = changed_to(session, level="high")
    assert [(one.level_key, one.from_on) for one in found.levels] == [
        ("medium", dt.date(2026, 1, 5)), ("high", LATER),
    ]  # fmt: skip


def test_level_that_changes_twice_on_one_day_keeps_one_row_for_it(session: Session) -> None:
    changed_to(session, level="high")
    take(session, csv_file(line(level="low")), LATER)
    assert [(one.level_key, one.from_on) for one in person(session).levels][1:] == [("low", LATER)]


def test_changed_officer_ends_the_assignment_and_begins_another(session: Session) -> None:
    found = changed_to(session, officer_email=OFFICERS[1])
    assert [(one.officer.email, one.from_on, one.to_on) for one in found.assignments] == [
        (OFFICERS[0], TODAY, BEFORE), (OFFICERS[1], LATER, None),
    ]  # fmt: skip


def test_cover_assignments_are_left_alone(session: Session) -> None:
    arrange(session)
    take(session, csv_file(line()))
    cover = session.scalars(select(User).where(User.email == OFFICERS[4])).one()
    people.assign(session, person(session), cover, kind="cover", from_on=TODAY)
    take(session, csv_file(line(officer_email=OFFICERS[1])), LATER)
    assert {(one.officer.email, one.to_on) for one in person(session).assignments if one.kind == "cover"} == {
        (OFFICERS[4], None)
    }


def test_changed_home_ends_the_old_address_and_begins_another(session: Session) -> None:
    found = changed_to(session, home_address="9100 New Street", home_lat="", home_lon="")
    homes = [(one.line, one.from_on, one.to_on, one.position_quality) for one in found.addresses if one.place == "home"]
    assert homes == [
        ("9001 Sample Street", dt.date(2026, 1, 5), BEFORE, "given"), ("9100 New Street", LATER, None, "none"),
    ]  # fmt: skip


def test_better_position_of_the_same_home_is_taken_but_not_over_a_pin(session: Session) -> None:
    found = changed_to(session, home_lat="39.3")
    home = next(one for one in found.addresses if one.place == "home")
    assert (home.lat, home.from_on) == (39.3, dt.date(2026, 1, 5))
    home.lat, home.position_quality = 39.4, "pinned"
    session.flush()
    assert take(session, csv_file(line()), LATER).counts["same"] == 1


def test_changed_status_is_dated_and_the_return_too(session: Session) -> None:
    found = changed_to(session, status="in_custody")
    assert [(one.on, one.status) for one in found.terms[0].changes] == [(LATER, "in_custody")]
    take(session, csv_file(line(status="active")), LATER + dt.timedelta(days=9))
    term = person(session).terms[0]
    assert term.status == "active"
    assert [(one.on, one.status) for one in term.changes] == [
        (LATER, "in_custody"), (dt.date(2026, 12, 10), "active"),
    ]  # fmt: skip


def test_person_imported_in_custody_resumes_with_a_history(session: Session) -> None:
    arrange(session)
    take(session, csv_file(line(status="in_custody")))
    take(session, csv_file(line()), LATER)
    assert [(one.on, one.status) for one in person(session).terms[0].changes] == [
        (dt.date(2026, 1, 5), "in_custody"), (LATER, "active"),
    ]  # fmt: skip


def test_later_start_is_a_new_term_and_ends_the_old_one(session: Session) -> None:
    found = changed_to(session, start_date="2026-11-25", supervision_type="parole")
    assert [(one.kind, one.start_on, one.end_on) for one in found.terms] == [
        ("probation", dt.date(2026, 1, 5), dt.date(2026, 11, 24)),
        ("parole", dt.date(2026, 11, 25), dt.date(2028, 1, 4)),
    ]


def test_other_end_of_the_same_term_is_taken(session: Session) -> None:
    assert [one.end_on for one in changed_to(session, end_date="2029-01-04").terms] == [dt.date(2029, 1, 4)]


def test_new_job_ends_the_old_one_with_its_address(session: Session) -> None:
    found = changed_to(session, employer="Sample Bakery", employer_address="9003 Pratt Street, Baltimore, MD")
    assert [(one.employer, one.to_on) for one in found.employments] == [
        ("Sample Deli", BEFORE), ("Sample Bakery", None),
    ]  # fmt: skip
    assert [(one.line[:4], one.to_on) for one in found.addresses if one.place == "work"] == [
        ("9002", BEFORE), ("9003", None),
    ]  # fmt: skip


def test_lost_job_ends_without_another(session: Session) -> None:
    empty = dict.fromkeys(("employer", "employer_address", "employer_lat", "employer_lon", "employer_aware"), "")
    found = changed_to(session, **empty, work_days="", work_start="", work_end="")
    assert [(one.employer, one.to_on) for one in found.employments] == [("Sample Deli", BEFORE)]


def test_other_shift_is_no_new_job(session: Session) -> None:
    found = changed_to(session, work_days="tue-sat", employer_aware="yes")
    assert [(one.days, one.employer_aware, one.to_on) for one in found.employments] == [("23456", "yes", None)]


def test_conditions_end_and_begin_with_new_numbers(session: Session) -> None:
    found = changed_to(session, conditions="curfew 20:00-06:00; treatment: outpatient program")
    assert [(one.number, one.kind, one.to_on) for one in found.conditions] == [
        (1, "no_alcohol", BEFORE), (2, "curfew", None), (3, "treatment", None),
    ]  # fmt: skip
    assert found.conditions[2].text.endswith("Outpatient program.")


def test_imported_caution_ends_but_not_one_that_an_officer_noted(session: Session) -> None:
    arrange(session)
    take(session, csv_file(line()))
    noted = {"subject": "person", "text": "brother", "source": "Officer", "noted_on": TODAY}
    session.add(CautionFlag(supervisee_id=person(session).id, **noted))
    session.flush()
    take(session, csv_file(line(cautions="")), LATER)
    assert {(one.subject, one.ended_on) for one in person(session).cautions} == {("dog", LATER), ("person", None)}


def test_empty_cells_leave_what_is_known_of_the_person(session: Session) -> None:
    found = changed_to(session, date_of_birth="", phone="", language="", case_type="", home_notes="", first_name="Al")
    assert (found.first_name, found.phone, found.date_of_birth) == ("Al", "410-555-0101", dt.date(1990, 4, 13))


def test_columns_that_the_file_lacks_end_nothing(session: Session) -> None:
    arrange(session)
    take(session, csv_file(line()))
    columns = [name for name in line() if not name.startswith(("employer", "work", "conditions", "cautions"))]
    assert take(session, csv_file(line(), columns=columns), LATER).counts["same"] == 1


def test_people_who_are_not_in_the_file_stay_as_they_are(session: Session) -> None:
    arrange(session)
    take(session, csv_file(line()))
    before = contents(session)
    take(session, csv_file(line(case_number="C-2")), LATER)
    assert all(row in contents(session)[table] for table, rows in before.items() for row in rows)


def changed_to(session: Session, **cells: str) -> Supervisee:
    """Import the usual line, a week later the same with these cells, then a third time to see that nothing is left."""
    arrange(session)
    take(session, csv_file(line()))
    assert take(session, csv_file(line(**cells)), LATER).counts == {"new": 0, "changed": 1, "same": 0}
    assert take(session, csv_file(line(**cells)), LATER).counts == {"new": 0, "changed": 0, "same": 1}
    return person(session)
