"""`fieldapp import` takes a caseload over and says what is wrong with it."""

from pathlib import Path

import pytest
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.engine import make_engine
from fieldapp.models.supervisee import Supervisee
from tests.cli.conftest import PASSWORD
from tests.cli.conftest import Run
from tests.domain.imports.caseloads import DATA
from tests.domain.imports.caseloads import OFFICERS
from tests.domain.imports.caseloads import csv_file
from tests.domain.imports.caseloads import line


@pytest.fixture
def staffed(ready: Run) -> Run:
    """The program with one officer."""
    assert ready("user", "add", OFFICERS[0], "--name", "Olga Ortiz", "--team", "Harbor", typed=PASSWORD).code == 0
    return ready


def known(url: str) -> int:
    engine = make_engine(url)
    with Session(engine) as session:
        found = session.scalar(select(func.count()).select_from(Supervisee)) or 0
    engine.dispose()
    return found


def file_of(folder: Path, *lines: dict[str, str]) -> str:
    path = folder / "caseload.csv"
    path.write_bytes(csv_file(*lines))
    return str(path)


def test_dry_run_says_what_would_happen_and_does_nothing(staffed: Run, tmp_path: Path, empty_url: str) -> None:
    ran = staffed("import", "caseload", file_of(tmp_path, line()), "--dry-run")
    assert (ran.code, ran.out) == (0, "1 people would be new, 0 would be changed, 0 stay as they are.\n")
    assert known(empty_url) == 0


def test_file_is_imported_and_the_second_time_nothing_changes(staffed: Run, tmp_path: Path, empty_url: str) -> None:
    file = file_of(tmp_path, line(), line(case_number="C-2"))
    assert staffed("import", "caseload", file).out == "2 people are new, 0 are changed, 0 stay as they are.\n"
    assert staffed("import", "caseload", file).out == "0 people are new, 0 are changed, 2 stay as they are.\n"
    assert known(empty_url) == 2


def test_every_problem_is_on_a_line_of_its_own_and_nothing_is_imported(staffed: Run, empty_url: str) -> None:
    ran = staffed("import", "caseload", str(DATA / "caseload-broken.csv"))
    assert ran.code == 1
    assert "line 4, level, “extreme”: The agency has no such level." in ran.err
    assert {f"line {number}," for number in range(2, 32)} <= {
        said[: said.index(",") + 1] for said in ran.err.split("\n")[:-2]
    }
    assert "Nothing was imported" in ran.err
    assert known(empty_url) == 0


def test_something_else_gets_one_sentence(staffed: Run) -> None:
    ran = staffed("import", "caseload", str(DATA / "caseload-not-a-csv.csv"))
    assert (ran.code, ran.err.count("\n"), "not a CSV file" in ran.err) == (1, 1, True)


def test_file_that_is_not_there_gets_a_sentence(staffed: Run) -> None:
    ran = staffed("import", "caseload", "no-such-file.csv")
    assert (ran.code, ran.err) == (1, "no-such-file.csv cannot be read: No such file or directory. Check the name.\n")


def test_missing_positions_are_said_and_not_asked_for_while_geocoding_is_off(staffed: Run, tmp_path: Path) -> None:
    ran = staffed("import", "caseload", file_of(tmp_path, line(home_lat="", home_lon="")))
    assert "1 address has no position. Geocoding is off" in ran.out


def test_contact_standards_are_taken_over_from_a_file(ready: Run, tmp_path: Path) -> None:
    file = tmp_path / "standards.json"
    file.write_text(
        '[{"key": "home", "label": "Home contact", "cadence": "rolling", "period_number": 30, '
        '"period_unit": "day", "effective_from": "2026-01-01"}]'
    )
    assert ready("import", "standards", str(file)).out == "1 standards are new, 0 changed, 0 stay as they are.\n"
    file.write_text("[{}]")
    ran = ready("import", "standards", str(file))
    assert ran.code == 1
    assert "Entry 1 lacks key." in ran.err
