"""Reading caseload files: every habit is understood, every defect is found by line and column."""

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.columns import COLUMNS
from fieldapp.domain.imports.read import read_caseload
from fieldapp.domain.imports.row import CautionCell
from fieldapp.domain.imports.row import ConditionCell
from tests.domain.imports.caseloads import csv_file
from tests.domain.imports.caseloads import line
from tests.domain.imports.caseloads import sample

# line of the file, column and value that only the database or the calendar can object to are in test_plan.py
BROKEN = [
    (2, "date_of_birth"),
    (3, "date_of_birth"),
    (5, "status"),
    (7, "officer_email"),
    (8, "home_lat"),
    (9, "home_lat"),
    (10, "home_lon"),
    (11, "start_date"),
    (12, "end_date"),
    (13, "case_number"),
    (14, "case_number"),
    (15, "last_name"),
    (16, "work_start"),
    (17, "work_end"),
    (18, "work_days"),
    (19, "employer_aware"),
    (20, "conditions"),
    (21, "conditions"),
    (22, "cautions"),
    (23, "language"),
    (24, "phone"),
    (25, "home_zip"),
    (26, "first_name"),
    (27, "home_address"),
    (28, "supervision_type"),
    (30, "first_name"),
    (31, "home_notes"),
]


def test_good_file_has_no_problems() -> None:
    caseload = read_caseload(sample("caseload.csv"))
    assert (len(caseload.rows), caseload.problems, caseload.notes) == (300, (), ())


def test_spreadsheet_in_another_habit_gives_the_same_people() -> None:
    plain, spreadsheet = read_caseload(sample("caseload.csv")), read_caseload(sample("caseload-from-excel.csv"))
    assert spreadsheet.problems == ()
    assert spreadsheet.rows == plain.rows[:40]
    assert any("month/day/year" in note for note in spreadsheet.notes)


def test_every_defect_is_reported_by_line_and_column() -> None:
    problems = read_caseload(sample("caseload-broken.csv")).problems
    assert [(problem.line, problem.column) for problem in problems] == BROKEN
    assert all(problem.remedy.endswith(".") for problem in problems)


def test_something_else_than_a_csv_file_gets_one_sentence() -> None:
    with pytest.raises(Invalid) as refused:
        read_caseload(sample("caseload-not-a-csv.csv"))
    assert list(refused.value.errors) == ["file"]
    assert "not a CSV file" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"PK\x03\x04" + bytes(200), "Excel workbook"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"name,color\nA,red\n", "no caseload"),
        (b"a," * 300 + b"case_number,first_name,last_name\n", "no caseload"),
        (b"\x81\x8d\x8f\x90\x9d", "no caseload"),
        (b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)
def test_files_without_a_caseload_are_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read_caseload(data)


def test_more_than_50_000_people_are_refused() -> None:
    with pytest.raises(Invalid, match="50,000"):
        read_caseload(b"case_number,first_name,last_name\n" + b"a,b,c\n" * 50_001)


def test_reading_stops_where_there_are_too_many_problems() -> None:
    caseload = read_caseload(csv_file(*[line(status="gone", case_number=f"C-{number}") for number in range(6_000)]))
    assert len(caseload.problems) == 5_000
    assert "Reading stopped" in caseload.notes[0]


def test_missing_and_doubled_and_misspelled_columns_are_named() -> None:
    data = csv_file(line(), columns=[column for column in COLUMNS if column not in ("level", "home_lon", "conditions")])
    data = data.replace(b"home_zip", b"Condtions").replace(b"phone", b"Last Name")
    problems = read_caseload(data).problems
    named = {(one.line, one.column) for one in problems}
    assert named >= {(1, "level"), (1, "home_lon"), (1, "last_name"), (1, "Condtions")}


def test_unknown_columns_are_left_out_and_said_so() -> None:
    data = csv_file(line(), columns=[*COLUMNS, "Eye color"])
    caseload = read_caseload(data)
    assert caseload.problems == ()
    assert caseload.notes == ("The column “Eye color” is not known and is left out.",)


def test_headers_with_other_names_are_understood() -> None:
    data = csv_file(line()).replace(b"date_of_birth", b"DOB").replace(b"home_zip", b"Zip Code")
    data = data.replace(b"officer_email", b"Officer E-Mail").replace(b"home_lon,", b"Home Longitude,")
    assert read_caseload(data) == read_caseload(csv_file(line()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_gives_the_same_name(encoding: str) -> None:
    rows = read_caseload(csv_file(line(first_name="Zoë"), encoding=encoding)).rows
    assert rows[0].first_name == "Zoë"


def test_line_with_a_missing_cell_is_a_problem_of_its_own() -> None:
    data = csv_file(line()) + b"C-2,Alex\r\n" + b"\r\n"
    problems = read_caseload(data).problems
    assert [(one.line, one.column) for one in problems] == [(3, "")]
    assert "2 cells" in problems[0].remedy


def test_lines_are_counted_as_an_editor_does_after_text_with_line_breaks() -> None:
    data = csv_file(line(home_notes="gate\r\ncode"), line(case_number="C-2", level=""))
    assert [(one.line, one.column) for one in read_caseload(data).problems] == [(4, "level")]


def test_quotes_that_do_not_close_are_reported_where_they_open() -> None:
    data = csv_file(line()) + b'C-2,"Alex' + b",x" * 40
    problems = read_caseload(data).problems
    assert [one.line for one in problems] == [3]
    assert "quote" in problems[0].remedy


def test_first_line_that_names_the_separator_is_skipped() -> None:
    caseload = read_caseload(b"sep=;\r\n" + csv_file(line(), delimiter=";"))
    assert (caseload.problems, caseload.rows[0].line) == ((), 3)


def test_formulas_stay_plain_text() -> None:
    assert read_caseload(csv_file(line(home_notes="=1+1"))).rows[0].home_notes == "=1+1"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("3/4/1980", "1/2/2026"), dt.date(1980, 3, 4)),
        (("3/4/1980", "13/2/2026"), dt.date(1980, 4, 3)),
        (("3/4/1980", "2/13/2026"), dt.date(1980, 3, 4)),
        (("3.4.1980", "1.2.2026"), dt.date(1980, 4, 3)),
        (("1980-03-04 00:00:00", "2026-01-02"), dt.date(1980, 3, 4)),
    ],
)
def test_one_date_in_the_file_settles_the_order_of_all(dates: tuple[str, str], expected: dt.date) -> None:
    caseload = read_caseload(csv_file(line(date_of_birth=dates[0], start_date=dates[1])))
    assert caseload.problems == ()
    assert caseload.rows[0].date_of_birth == expected


def test_ambiguous_dates_are_read_as_in_the_us_and_said_so() -> None:
    notes = read_caseload(csv_file(line(date_of_birth="3/4/1980"))).notes
    assert notes == ("Dates with slashes are read as month/day/year; no date in the file shows otherwise.",)


def test_year_of_two_digits_is_refused() -> None:
    problems = read_caseload(csv_file(line(date_of_birth="3/4/80"))).problems
    assert "four digits" in problems[0].remedy


def test_lists_are_read_in_their_order_each_entry_once() -> None:
    text = "No Alcohol; no_contact: Jordan Pike; curfew 8:00 PM - 06:00; no_alcohol; other: Report weekly"
    row = read_caseload(csv_file(line(conditions=text, cautions="Dog: bites; weapon: rifle"))).rows[0]
    assert row.conditions == (
        ConditionCell("no_alcohol"),
        ConditionCell("no_contact", "Jordan Pike"),
        ConditionCell("curfew", "", dt.time(20), dt.time(6)),
        ConditionCell("other", "Report weekly"),
    )
    assert row.cautions == (CautionCell("dog", "bites"), CautionCell("weapon", "rifle"))


@pytest.mark.parametrize(
    ("text", "days"),
    [("mon-fri", "12345"), ("tue-sat", "23456"), ("mon,wed,fri", "135"), ("sat-mon", "167"), ("Thursday", "4")],
)
def test_work_days_become_iso_weekdays(text: str, days: str) -> None:
    assert read_caseload(csv_file(line(work_days=text))).rows[0].work_days == days


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"conditions": "no_contact"}, "conditions"),
        ({"conditions": "curfew 20:00-20:00"}, "conditions"),
        ({"cautions": "dog:"}, "cautions"),
        ({"cautions": "dog: " + "x" * 300}, "cautions"),
        ({"employer_address": ""}, "employer_address"),
        ({"work_end": ""}, "work_end"),
        ({"employer": "", "employer_address": "", "employer_lat": "", "employer_lon": "", "work_days": "",
          "work_start": "", "work_end": ""}, "employer_aware"),
        ({"first_name": "123"}, "first_name"),
        ({"case_number": "a;b"}, "case_number"),
        ({"officer_email": "nobody"}, "officer_email"),
        ({"level": "très haut"}, "level"),
        ({"start_date": "1850-01-01"}, "start_date"),
        ({"start_date": "soon"}, "start_date"),
        ({"work_start": "13:00 PM"}, "work_start"),
        ({"home_notes": "bell\x07"}, "home_notes"),
    ],
)  # fmt: skip
def test_cells_that_cannot_be_used_are_named(cells: dict[str, str], column: str) -> None:
    assert [one.column for one in read_caseload(csv_file(line(**cells))).problems] == [column]


words = st.text(string.ascii_letters + "éñöÅ '-", min_size=1, max_size=20).map(lambda text: f"A{text.strip()}")
dates = st.dates(dt.date(1950, 1, 1), dt.date(2026, 1, 1))
degrees = st.integers(-89_999_999, 89_999_999).map(lambda millionths: f"{millionths / 1e6:.6f}")


@st.composite
def people_of_a_file(draw: st.DrawFn) -> list[dict[str, str]]:
    count = draw(st.integers(1, 6))
    return [
        line(
            case_number=f"C-{number}",
            first_name=" ".join(draw(words).split()),
            date_of_birth=draw(st.dates(dt.date(1930, 1, 1), dt.date(1949, 12, 31))).isoformat(),
            start_date=draw(dates).isoformat(),
            end_date="",
            home_address=f"{draw(st.integers(1, 9999))} {draw(words).strip()}, Apt 2",
            home_lat=draw(degrees),
            home_lon=draw(degrees),
            work_start=draw(st.times()).strftime("%H:%M"),
            last_home_contact=draw(dates).isoformat(),
        )
        for number in range(count)
    ]


def as_spreadsheet(lines: list[dict[str, str]]) -> bytes:
    """The same people as a spreadsheet saves them: semicolons, Windows-1252, decimal commas, US dates."""

    def us(text: str) -> str:
        return f"{int(text[5:7])}/{int(text[8:])}/{text[:4]}" if text else ""

    changed = [
        cells
        | {column: us(cells[column]) for column in ("date_of_birth", "start_date", "end_date", "last_home_contact")}
        | {column: cells[column].replace(".", ",") for column in COLUMNS if column.endswith(("_lat", "_lon"))}
        for cells in lines
    ]
    data = csv_file(*changed, delimiter=";", encoding="cp1252")
    head, rest = data.split(b"\r\n", 1)
    return head.replace(b"_", b" ").title() + b"\r\n" + rest


@settings(max_examples=60)
@given(people_of_a_file())
def test_both_habits_give_the_same_people(lines: list[dict[str, str]]) -> None:
    # one date that settles the order, as any file of some length has
    lines[0]["date_of_birth"] = "1949-01-31"
    plain, spreadsheet = read_caseload(csv_file(*lines)), read_caseload(as_spreadsheet(lines))
    assert plain.problems == spreadsheet.problems == ()
    assert plain.rows == spreadsheet.rows
