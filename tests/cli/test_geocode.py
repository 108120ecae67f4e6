"""`fieldapp geocode` finds positions through the geocoder that is set, says how far it is, and survives a kill."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.cli.database import connected
from fieldapp.cli.lookup_work import looking_up
from fieldapp.domain.positions.runs import begin_run
from fieldapp.models.address import Address
from fieldapp.models.engine import make_engine
from fieldapp.models.lookup import LookupRun
from fieldapp.settings import from_environment
from tests import people
from tests.cli.conftest import Run
from tests.geocoders import Service
from tests.geocoders import nominatim_house
from tests.geocoders import nominatim_street
from tests.geocoders import service

PROGRAM = "import sys; from fieldapp.cli.main import main; sys.exit(main())"
LINES = [f"{number} Sample Street, Baltimore" for number in range(1, 6)]


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The geocoder that is set: it knows houses 1 to 4, of 5 the street alone, and nothing else."""
    answers = {line: nominatim_house(line) for line in LINES[:4]} | {LINES[4]: nominatim_street("Sample Street")}
    with service(answers, []) as made:
        monkeypatch.setenv("FIELDAPP_GEOCODER", "Nominatim")
        monkeypatch.setenv("FIELDAPP_GEOCODER_OPTIONS", json.dumps({"domain": made.domain, "scheme": "http"}))
        monkeypatch.setenv("FIELDAPP_GEOCODER_PER_SECOND", "1000")
        yield made


@pytest.fixture
def database(ready: Run, empty_url: str) -> Iterator[Session]:
    engine = make_engine(empty_url)
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


def homes(database: Session, *lines: str) -> None:
    for line in lines:
        home = people.home(people.supervisee(database))
        home.line, home.city, home.lat, home.lon, home.position_quality = line, "", None, None, "none"
    database.commit()


def qualities(database: Session) -> dict[str, str]:
    database.rollback()
    return dict(database.execute(select(Address.line, Address.position_quality)).all())


def test_while_geocoding_is_off_nobody_is_asked(ready: Run, database: Session) -> None:
    homes(database, *LINES)
    ran = ready("geocode")
    assert (ran.code, "Geocoding is off" in ran.err) == (1, True)


def test_without_anything_to_look_up_it_says_so(ready: Run, town: Service) -> None:
    ran = ready("geocode")
    assert (ran.code, ran.out) == (0, "No address waits for its position to be looked up.\n")


def test_every_missing_position_is_looked_up_and_counted(ready: Run, database: Session, town: Service) -> None:
    homes(database, *LINES, "9 Nowhere Lane")
    ran = ready("geocode")
    assert ran.code == 0
    assert "6 of 6 addresses looked up: 4 found, 1 approximate, 1 not found." in ran.out
    assert "the page Positions" in ran.out
    assert qualities(database) == dict.fromkeys(LINES[:4], "exact") | {
        LINES[4]: "approximate",
        "9 Nowhere Lane": "none",
    }
    assert ready("geocode").out == "No address waits for its position to be looked up.\n"
    assert sorted(town.questions) == sorted([*LINES, "9 Nowhere Lane"])


def test_limit_ends_it_early_and_the_next_call_goes_on(ready: Run, database: Session, town: Service) -> None:
    homes(database, *LINES)
    assert "2 of 2 addresses looked up" in ready("geocode", "--limit", "2").out
    assert len(town.asked) == 2
    assert "3 of 3 addresses looked up" in ready("geocode").out
    assert sorted(town.questions) == LINES


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_limit_that_is_no_number_of_addresses_is_refused(ready: Run, limit: str) -> None:
    with pytest.raises(SystemExit):
        ready("geocode", "--limit", limit)


def test_killed_in_the_middle_it_loses_nothing_and_asks_nothing_twice_that_was_answered(
    ready: Run, database: Session, town: Service
) -> None:
    homes(database, *LINES)
    ids = dict(database.execute(select(Address.line, Address.id)).all())
    held = sorted(LINES, key=lambda line: ids[line])[2]
    town.held.add(held)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "geocode"], env=os.environ, stdout=subprocess.PIPE
    ) as program:
        try:
            assert town.holds.wait(60)
        finally:
            program.send_signal(signal.SIGKILL)
        program.wait(10)
    assert [line for line in ids if qualities(database)[line] == "none"] == [
        line for line in ids if ids[line] >= ids[held]
    ]
    town.held.clear()
    database.execute(update(LookupRun).values(held_until=people.NOW))  # as if the time of its lease were over
    database.commit()
    assert "5 of 5 addresses looked up: 4 found, 1 approximate" in ready("geocode").out
    assert sorted(town.questions) == sorted([*LINES, held])


def test_geocoder_that_does_not_answer_ends_it_with_a_sentence_and_keeps_what_is_there(
    ready: Run, database: Session, town: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.domain.positions.work.FIRST_PAUSE_S", 0)
    monkeypatch.setattr("fieldapp.cli.geocode.LOOK_EVERY_S", 0)
    homes(database, "status 503", LINES[0])
    ran = ready("geocode")
    assert (ran.code, "does not answer" in ran.err) == (1, True)
    assert qualities(database)[LINES[0]] == "exact"
    assert town.questions.count(LINES[0]) == 1


def test_refused_key_ends_it_and_names_the_setting(ready: Run, database: Session, town: Service) -> None:
    homes(database, "status 401")
    ran = ready("geocode")
    assert (ran.code, "FIELDAPP_GEOCODER_OPTIONS" in ran.err) == (1, True)


def test_no_address_is_written_to_screen_or_log(
    ready: Run, database: Session, town: Service, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.cli.geocode.LOOK_EVERY_S", 0)
    monkeypatch.setattr("fieldapp.domain.positions.work.FIRST_PAUSE_S", 0)
    caplog.set_level("DEBUG")
    homes(database, *LINES, "status 500")
    ran = ready("geocode")
    said = ran.out + ran.err + "".join(record.getMessage() for record in caplog.records)
    assert "Sample" not in said
    assert "status 500" not in said


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [("FIELDAPP_GEOCODER", "nosuch", "nosuch"), ("FIELDAPP_GEOCODER_OPTIONS", "[1]", "must be a JSON object")],
)
@pytest.mark.parametrize("command", [("geocode",), ("serve", "--port", "0")])
def test_wrong_settings_stop_the_program_at_its_start(
    ready: Run,
    town: Service,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    name: str,
    value: str,
    word: str,
) -> None:
    monkeypatch.setenv(name, value)
    ran = ready(*command)
    assert (ran.code, word in ran.err) == (1, True)


def test_server_works_on_the_run_that_is_open_and_lets_go_of_it_when_it_ends(
    ready: Run, database: Session, town: Service
) -> None:
    homes(database, *LINES[:2])
    begin_run(database, None, "nominatim", now=dt.datetime.now(dt.UTC))
    database.commit()
    settings = from_environment()
    with connected(settings):
        app = current_app._get_current_object()
        town.held.update(LINES)
        with looking_up(app, settings):
            assert town.holds.wait(60)
            town.over.set()
    assert "exact" in qualities(database).values()
    (run,) = database.scalars(select(LookupRun))
    assert run.holder is None
