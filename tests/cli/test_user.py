"""`fieldapp user` adds, releases, disables, enables, gives new passwords and start places."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.accounts.sign_in import Admitted
from fieldapp.domain.accounts.sign_in import Turned
from fieldapp.domain.accounts.sign_in import sign_in
from fieldapp.models.audit import AuditEntry
from fieldapp.models.engine import make_engine
from fieldapp.models.user import SignIn
from fieldapp.models.user import User
from tests.cli.conftest import PASSWORD
from tests.cli.conftest import Run

OTHER = "another long password"


@pytest.fixture
def looking(empty_url: str) -> Iterator[Session]:
    engine = make_engine(empty_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def add(run: Run, *more: str) -> None:
    ran = run("user", "add", "Olga@example.org", "--name", "Olga Ortiz", "--team", "Harbor", *more, typed=PASSWORD)
    assert (ran.code, ran.err) == (0, "")


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_added_officer_has_a_team_and_can_sign_in(ready: Run, looking: Session) -> None:
    add(ready)
    user = looking.scalars(select(User).where(User.email == "olga@example.org")).one()
    assert (user.name, user.role, user.team and user.team.name) == ("Olga Ortiz", "officer", "Harbor")
    assert isinstance(sign_in(looking, "olga@example.org", PASSWORD, now=now()), Admitted)


def test_email_is_taken_only_once(ready: Run) -> None:
    add(ready)
    again = ready("user", "add", "OLGA@example.org", "--name", "O", "--team", "Harbor", typed=PASSWORD)
    assert again.code == 1
    assert "There is an account for olga@example.org already" in again.err


def test_officer_needs_a_team(ready: Run) -> None:
    ran = ready("user", "add", "olga@example.org", "--name", "Olga", "--team", " ", typed=PASSWORD)
    assert (ran.code, "Give the team" in ran.err) == (1, True)


def test_address_that_is_none_is_refused(ready: Run) -> None:
    assert "whole e-mail address" in ready("user", "add", "olga", "--name", " ", "--team", "H", typed=PASSWORD).err


def test_password_is_asked_for_and_never_an_option(ready: Run) -> None:
    ran = ready("user", "add", "olga@example.org", "--name", "Olga", "--team", "Harbor")
    assert (ran.code, "standard input" in ran.err) == (1, True)


def test_released_account_can_sign_in_after_five_wrong_passwords(ready: Run, looking: Session) -> None:
    add(ready)
    for _ in range(5):
        sign_in(looking, "olga@example.org", "wrong", now=now())
    looking.commit()
    assert sign_in(looking, "olga@example.org", PASSWORD, now=now()) == Turned("locked")
    looking.commit()
    assert ready("user", "release", "olga@example.org").code == 0
    looking.expire_all()
    assert sign_in(looking, "olga@example.org", "wrong", now=now()) == Turned("wrong")
    assert isinstance(sign_in(looking, "olga@example.org", PASSWORD, now=now()), Admitted)
    assert "account.released" in looking.scalars(select(AuditEntry.event)).all()


def test_new_password_ends_all_sessions(ready: Run, looking: Session) -> None:
    add(ready)
    sign_in(looking, "olga@example.org", PASSWORD, now=now())
    looking.commit()
    assert ready("user", "password", "olga@example.org", typed=OTHER).code == 0
    looking.expire_all()
    assert all(looking.scalars(select(SignIn.ended_at)).all())
    assert sign_in(looking, "olga@example.org", PASSWORD, now=now()) == Turned("wrong")
    assert isinstance(sign_in(looking, "olga@example.org", OTHER, now=now()), Admitted)


def test_disabled_account_loses_its_sessions_and_comes_back_without_them(ready: Run, looking: Session) -> None:
    add(ready)
    sign_in(looking, "olga@example.org", PASSWORD, now=now())
    looking.commit()
    for _ in range(2):
        assert ready("user", "disable", "olga@example.org").code == 0
    looking.expire_all()
    assert sign_in(looking, "olga@example.org", PASSWORD, now=now()) == Turned("disabled")
    looking.rollback()
    assert ready("user", "enable", "olga@example.org").code == 0
    looking.expire_all()
    assert all(looking.scalars(select(SignIn.ended_at)).all())
    assert isinstance(sign_in(looking, "olga@example.org", PASSWORD, now=now()), Admitted)
    events = looking.scalars(select(AuditEntry.event)).all()
    assert (events.count("account.disabled"), events.count("account.enabled")) == (1, 1)


def test_only_administrator_cannot_be_disabled_until_there_is_another(ready: Run) -> None:
    assert "only administrator" in ready("user", "disable", "ada@example.org").err
    assert ready("user", "add", "bo@example.org", "--name", "Bo", "--role", "administrator", typed=PASSWORD).code == 0
    assert ready("user", "disable", "ada@example.org").code == 0
    assert "only administrator" in ready("user", "disable", "bo@example.org").err


def test_officer_gets_a_start_place_and_the_audit_does_not_say_where(ready: Run, looking: Session) -> None:
    add(ready)
    assert ready("user", "home", "olga@example.org", "39.29,-76.61").code == 0
    user = looking.scalars(select(User).where(User.email == "olga@example.org")).one()
    assert (user.home_lat, user.home_lon) == (39.29, -76.61)
    entry = looking.scalars(select(AuditEntry).where(AuditEntry.event == "account.home")).one()
    assert entry.details == {}
    looking.rollback()
    assert ready("user", "home", "olga@example.org", "none").code == 0
    looking.expire_all()
    assert user.home_lat is None


@pytest.mark.parametrize("position", ["", "39.29", "39.29,", ",", "91,0", "0,181", "nan,0", "39.29;-76.61", "1,2,3"])
def test_start_place_that_is_no_position_is_refused(ready: Run, looking: Session, position: str) -> None:
    add(ready)
    ran = ready("user", "home", "olga@example.org", position)
    assert (ran.code, "Give LAT,LON" in ran.err) == (1, True)
    assert looking.scalars(select(User.home_lat).where(User.email == "olga@example.org")).one() is None


def test_administrator_has_no_start_place(ready: Run) -> None:
    assert "is no officer" in ready("user", "home", "ada@example.org", "39.29,-76.61").err


@pytest.mark.parametrize("words", [("release",), ("password",), ("disable",), ("enable",)])
def test_account_that_does_not_exist_is_said_so(ready: Run, words: tuple[str, ...]) -> None:
    ran = ready("user", *words, "nobody@example.org", typed=PASSWORD)
    assert (ran.code, "There is no account for nobody@example.org" in ran.err) == (1, True)
