"""`fieldapp setup` makes what is missing and leaves what is there."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.accounts.passwords import password_matches
from fieldapp.models.agency import Agency
from fieldapp.models.engine import make_engine
from fieldapp.models.level import SupervisionLevel
from fieldapp.models.user import User
from tests.cli.conftest import PASSWORD
from tests.cli.conftest import SETUP
from tests.cli.conftest import Run


def test_setup_makes_agency_levels_and_an_administrator_who_can_sign_in(ready: Run, empty_url: str) -> None:
    engine = make_engine(empty_url)
    with Session(engine) as session:
        agency = session.scalars(select(Agency)).one()
        assert (agency.name, agency.zone) == ("Harbor County", "America/New_York")
        levels = session.scalars(select(SupervisionLevel.key).order_by(SupervisionLevel.rank)).all()
        assert levels == ["administrative", "low", "medium", "high"]
        user = session.scalars(select(User)).one()
        assert (user.email, user.role) == ("ada@example.org", "administrator")
        assert password_matches(user.password_hash, PASSWORD)
    engine.dispose()


def test_second_setup_asks_nothing_and_changes_nothing(ready: Run) -> None:
    again = ready("setup")
    assert again.code == 0
    assert again.err == ""
    assert "up to date" in again.out
    assert "Harbor County" in again.out


def test_setup_without_a_terminal_says_which_option_it_needs(run: Run) -> None:
    ran = run("setup")
    assert (ran.code, ran.err) == (1, "Give --agency: nobody is at the terminal to be asked.\n")


def test_setup_refuses_a_zone_that_does_not_exist_and_keeps_nothing(run: Run) -> None:
    refused = run(*SETUP[:4], "Baltimore", *SETUP[5:], typed=PASSWORD)
    assert refused.code == 1
    assert "America/New_York" in refused.err
    assert run(*SETUP, typed=PASSWORD).code == 0


def test_setup_refuses_a_short_password_and_keeps_nothing(run: Run) -> None:
    assert "at least 8 characters" in run(*SETUP, typed="short").err
    assert "Give --agency" in run("setup").err
