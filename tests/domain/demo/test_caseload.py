"""The demo's people: data files that the import takes without a word, dated from any day."""

import datetime as dt
import re

import pytest

from fieldapp.domain.demo.caseload import demo_people
from fieldapp.domain.demo.caseload import imports
from fieldapp.domain.imports.read import read_caseload

TODAY = dt.date(2026, 11, 23)
HOUSE_NUMBER = re.compile(r"9\d{3} ")
# east Baltimore, degrees
SOUTH, NORTH, WEST, EAST = 39.26, 39.31, -76.61, -76.52


def test_every_file_of_every_day_is_read_without_problems() -> None:
    for file in imports(demo_people(TODAY)):
        read = read_caseload(file.file())
        assert (read.problems, len(read.rows)) == ((), len(file.lines)), file.on


def test_first_lines_are_a_whole_caseload_of_their_own() -> None:
    few = demo_people(TODAY, 60)

    assert [person.case_number for person in few] == [person.case_number for person in demo_people(TODAY)[:60]]
    assert {person.line["officer_email"] for person in few} == {f"officer{n}@demo.example" for n in range(1, 7)}
    assert {person.line["level"] for person in few} == {"high", "medium", "low", "administrative"}
    statuses = {change.value for person in few for change in person.changes if change.column == "status"}
    assert {"in_custody", "absconder"} <= statuses


def test_house_numbers_do_not_exist_and_positions_lie_in_the_area() -> None:
    for person in demo_people(TODAY):
        line = person.on(TODAY)
        assert HOUSE_NUMBER.match(line["home_address"]), line["home_address"]
        if line["home_lat"]:
            assert SOUTH < float(line["home_lat"]) < NORTH
            assert WEST < float(line["home_lon"]) < EAST


def test_names_are_long_and_of_several_languages_and_somebody_has_no_position() -> None:
    lines = [person.line for person in demo_people(TODAY)]

    assert {line["language"] for line in lines} == {"en", "es", "vi"}
    assert max(len(line["first_name"] + line["last_name"]) for line in lines) > 40
    assert any(not line["home_lat"] for line in lines)
    assert len({(line["first_name"], line["last_name"]) for line in lines}) == len(lines)


@pytest.mark.parametrize("today", [dt.date(2026, 11, 23), dt.date(2027, 2, 28), dt.date(2028, 12, 31)])
def test_nobody_is_known_before_their_supervision_began_or_in_the_future(today: dt.date) -> None:
    for person in demo_people(today):
        assert person.start <= person.known_since <= today
        assert all(person.known_since < change.on < today for change in person.changes)
