"""What the hostile road demands of a phone that was killed and opened again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldapp.models.engine import make_engine
from tests.road.ledger import Ledger
from tests.road.ledger import Visit
from tests.road.office import Caseload
from tests.road.office import Office
from tests.road.proof import kept_after_the_kill


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """With nothing in its database."""
    office = Office(tmp_path)
    office.engine = make_engine(sqlite_url)
    yield office
    office.engine.dispose()


@pytest.fixture
def visit() -> Visit:
    """Begun and answered, with one photo on its way when the browser was killed."""
    officer = Caseload("o", "o@example.org", [], [])
    return Visit(officer, "p", "a", "Knocked.", {"f": b"photo"}, begun=True, answered=True)


def looked(visit: Visit, *photos: str) -> dict[str, list[dict[str, Any]]]:
    """The phone with the visit's draft and these photos."""
    draft = {"id": visit.id, "stop": None, "body": {"outcome_note": visit.note}}
    rows = [{"visit": visit.id, "sha256": sha256, "found": sha256} for sha256 in photos]
    return {"drafts": [draft], "outbox": [], "photos": rows}


def test_photo_that_was_taken_must_be_there_after_the_kill(office: Office, visit: Visit) -> None:
    (sha256,) = visit.sha256s
    visit.taken = {sha256}
    assert list(kept_after_the_kill(Ledger([visit]), looked(visit, sha256), office)) == []
    (problem,) = kept_after_the_kill(Ledger([visit]), looked(visit), office)
    assert problem == f"photo {sha256[:8]} of visit {visit.id} is gone after the kill"


def test_photo_that_was_kept_in_the_moment_of_the_kill_is_not_taken_again(office: Office, visit: Visit) -> None:
    assert list(kept_after_the_kill(Ledger([visit]), looked(visit, *visit.sha256s), office)) == []
    assert visit.taken == visit.sha256s
