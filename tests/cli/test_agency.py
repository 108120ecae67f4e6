"""`fieldapp agency` shows and changes settings and holidays, all or nothing."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.agency_settings import KINDS
from fieldapp.models.agency import Agency
from fieldapp.models.agency import Holiday
from fieldapp.models.audit import AuditEntry
from fieldapp.models.engine import make_engine
from tests.cli.conftest import Run


@pytest.fixture
def looking(empty_url: str) -> Iterator[Session]:
    engine = make_engine(empty_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def agency(looking: Session) -> Agency:
    looking.rollback()
    return looking.scalars(select(Agency)).one()


def changes(looking: Session) -> list[AuditEntry]:
    looking.rollback()
    return list(looking.scalars(select(AuditEntry).where(AuditEntry.event == "agency.changed")))


def test_every_column_of_the_agency_can_be_set() -> None:
    assert set(KINDS) == {column.key for column in Agency.__table__.columns} - {"id"}


def test_show_lists_every_setting_as_set_takes_it(ready: Run) -> None:
    out = ready("agency", "show").out
    assert [line.partition("=")[0] for line in out.splitlines()[: len(KINDS)]] == list(KINDS)
    for shown in (
        "clock=24 ",
        "field_start=08:00 ",
        "collateral_counts=no ",
        "office_lat= ",
        "zone=America/New",
    ):
        assert shown in out
    assert "Holidays: none." in out


def test_all_given_settings_change_with_one_audit_entry_of_their_names(ready: Run, looking: Session) -> None:
    given = ("clock=12", "distance_unit=km", "office_lat=39.29", "office_lon=-76.61", "banner=Official  use only",
             "shift_start=10:00", "shift_end=18:30", "collateral_counts=yes", "speed_kmh=35.5", "visit_minutes=20",
             "supervisee_label=Supervisee", "zone=America/Chicago", "lunch_minutes=30")  # fmt: skip
    ran = ready("agency", "set", *given)
    assert (ran.code, ran.err) == (0, "")
    now = agency(looking)
    assert (now.clock, now.distance_unit, now.office_lat, now.office_lon) == (12, "km", 39.29, -76.61)
    assert (now.banner, now.shift_start, now.shift_end) == ("Official use only", dt.time(10), dt.time(18, 30))
    assert (now.collateral_counts, now.speed_kmh, now.visit_minutes) == (True, 35.5, 20)
    assert (now.supervisee_label, now.zone) == ("Supervisee", "America/Chicago")
    (entry,) = changes(looking)
    # lunch was 30 already
    assert set(entry.details["fields"]) == {text.partition("=")[0] for text in given} - {"lunch_minutes"}
    assert "Official" not in str(entry.details)
    assert "clock=12 " in ready("agency", "show").out


@pytest.mark.parametrize(
    "wrong",
    ["clock=13", "distance_unit=miles", "zone=Baltimore", "field_start=8:00", "field_end=24:00", "shift_start=17:00",
     "lunch_latest=11:00", "lunch_minutes=121", "visit_minutes=0", "visit_minutes=10.5", "road_factor=0.9",
     "speed_kmh=nan", "speed_kmh=1e2", "position_tolerance_m=5", "poor_accuracy_m=", "late_entry_hours=-1",
     "attempts_for_exception=0", "collateral_counts=true", "office_lat=91", "office_lat=39", "office_lon=x",
     "field_end=08:00", "name= ", "supervisee_label=", "id=1", "shoe_size=44", "banner", "office_label=a\x07b",
     "name=" + "x" * 121, "visit_minutes=\N{ARABIC-INDIC DIGIT FIVE}"],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_name_and_nothing_changes(ready: Run, looking: Session, wrong: str) -> None:
    ran = ready("agency", "set", "road_factor=1.5", wrong) if "road" not in wrong else ready("agency", "set", wrong)
    assert (ran.code, ran.out) == (1, "")
    assert wrong.partition("=")[0] in ran.err
    assert agency(looking).road_factor == 1.3
    assert changes(looking) == []


def test_every_wrong_setting_is_named_at_once(ready: Run) -> None:
    err = ready("agency", "set", "clock=13", "visit_minutes=999").err
    assert "clock cannot be “13”. Give 12 or 24." in err
    assert "visit_minutes cannot be “999”. Give a whole number from 1 to 240 (minutes)." in err


def test_setting_given_twice_is_refused(ready: Run) -> None:
    assert "clock is given twice" in ready("agency", "set", "clock=12", "clock=24").err


def test_position_of_the_office_can_be_taken_away_again(ready: Run, looking: Session) -> None:
    ready("agency", "set", "office_lat=-33.8", "office_lon=151.2")
    assert ready("agency", "set", "office_lat=", "office_lon=").code == 0
    assert agency(looking).office_lat is None


def test_the_same_again_changes_nothing_and_says_so(ready: Run, looking: Session) -> None:
    assert "Nothing changed" in ready("agency", "set", "clock=24").out
    assert changes(looking) == []


def test_holidays_are_added_shown_and_removed_with_audit(ready: Run, looking: Session) -> None:
    assert ready("agency", "holiday", "add", "2026-12-25", "Christmas", "Day").code == 0
    assert "2026-12-25 Christmas Day" in ready("agency", "show").out
    assert "already: Christmas Day" in ready("agency", "holiday", "add", "2026-12-25", "Other").err
    assert ready("agency", "holiday", "remove", "2026-12-25").code == 0
    assert looking.scalars(select(Holiday)).all() == []
    assert "is no holiday" in ready("agency", "holiday", "remove", "2026-12-25").err
    entries = looking.scalars(select(AuditEntry).where(AuditEntry.event.like("holiday.%")).order_by("sequence"))
    found = [(entry.event, entry.subject) for entry in entries]
    assert found == [("holiday.added", "2026-12-25"), ("holiday.removed", "2026-12-25")]


@pytest.mark.parametrize("date", ["2026-02-30", "20261225", "12/25/2026", "9999-01-01", "tomorrow"])
def test_holiday_on_no_date_is_refused(ready: Run, date: str) -> None:
    ran = ready("agency", "holiday", "add", date, "Day")
    assert (ran.code, "Write it as YYYY-MM-DD" in ran.err) == (1, True)


def test_commands_need_a_database_that_is_set_up(run: Run) -> None:
    for words in (("show",), ("set", "clock=12"), ("holiday", "add", "2026-12-25", "Day")):
        assert "fieldapp setup" in run("agency", *words).err
