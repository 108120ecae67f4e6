"""Lists of visits: flags first on the board, newest first in the archive, photos counted, pages of fifty."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.office.arrivals import ON_BOARD
from fieldapp.domain.office.arrivals import ON_PAGE
from fieldapp.domain.office.arrivals import VisitList
from fieldapp.domain.office.arrivals import archive
from fieldapp.domain.office.arrivals import arrived
from fieldapp.domain.office.arrivals import officers_to_choose
from fieldapp.domain.office.wanted import Wanted
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests import visits
from tests.people import NOW
from tests.people import TODAY

ZONE = "America/New_York"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


@pytest.fixture
def person(session: Session, officer: User) -> Supervisee:
    return people.supervisee(session, officer, ["no_drugs"])


def board(session: Session, user: User, **wanted: object) -> VisitList:
    return arrived(session, people.actor(user), Wanted(**wanted), shipped_library(), TODAY, ZONE)  # type: ignore[arg-type]


def test_board_puts_the_gravest_flag_first_and_then_the_newest(
    session: Session, officer: User, person: Supervisee
) -> None:
    kinds = [(), ("observation",), ("welfare",), ("safety",), ("observation", "potential_violation"), ()]
    made = []
    for number, flags in enumerate(kinds):
        visit = visits.visit(session, officer, person, received_at=NOW + number * MINUTE)
        for kind in flags:
            visits.flag(session, visit, kind)
        made.append(visit)
    lines = board(session, officer).lines
    assert [line.visit for line in lines] == [made[i] for i in (4, 3, 2, 1, 5, 0)]
    assert [flag.kind for flag in lines[0].flags] == ["potential_violation", "observation"]


def test_board_shows_a_part_and_counts_all(session: Session, officer: User, person: Supervisee) -> None:
    for _ in range(ON_BOARD + 2):
        visits.visit(session, officer, person)
    found = board(session, officer)
    assert (len(found.lines), found.total) == (ON_BOARD, ON_BOARD + 2)


def test_archive_turns_pages_from_the_latest_visit_on(session: Session, officer: User, person: Supervisee) -> None:
    made = [visits.visit(session, officer, person, arrived_at=NOW - i * MINUTE) for i in range(ON_PAGE + 1)]
    actor, library = people.actor(officer), shipped_library()
    first = archive(session, actor, Wanted(), library, TODAY, ZONE)
    second = archive(session, actor, Wanted(page=2), library, TODAY, ZONE)
    assert [line.visit for line in first.lines] == made[:ON_PAGE]
    assert [line.visit for line in second.lines] == made[ON_PAGE:]
    assert (first.has_older, second.has_older, second.total) == (True, False, ON_PAGE + 1)


def test_photos_are_counted_by_what_became_of_them(session: Session, officer: User, person: Supervisee) -> None:
    visit = visits.visit(session, officer, person)
    for state in ("stored", "stored", "awaited", "quarantined"):
        visits.photo(session, visit, state=state)
    (line,) = board(session, officer).lines
    assert (line.photos, line.named) == ({"stored": 2, "awaited": 1, "quarantined": 1}, 4)


def test_outcome_is_in_the_words_of_its_own_checklist(session: Session, officer: User, person: Supervisee) -> None:
    visits.visit(session, officer, person, outcome="no_one_home")
    visits.visit(session, officer, person, outcome="no_one_home", checklist_version=99, arrived_at=NOW - 99 * MINUTE)
    assert [line.outcome for line in board(session, officer).lines] == ["Nobody home", "No one home"]


def test_supervisor_chooses_among_the_own_officers_by_name(session: Session, officer: User) -> None:
    officer.name = "Zoe"
    first = people.officer(session, name="Abe")
    people.officer(session, people.team(session))
    assert officers_to_choose(session, people.actor(people.supervisor(session))) == [first, officer]
