"""The fixtures that hand out databases keep tests apart."""

import socket

import pytest
from sqlalchemy import create_engine
from sqlalchemy import inspect
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.models.all import metadata
from tests.network import NetworkIsOff


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_commits_the_next_does_not_see(session: Session, turn: int) -> None:
    session.execute(text("CREATE TABLE left_behind (turn INTEGER)"))
    session.commit()
    session.rollback()

    assert session.execute(text("SELECT count(*) FROM left_behind")).scalar_one() == 0


def test_a_database_of_its_own_has_every_table(database_url: str) -> None:
    engine = create_engine(database_url)

    assert set(metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_an_empty_database_has_no_table(empty_url: str) -> None:
    engine = create_engine(empty_url)

    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as sock, pytest.raises(NetworkIsOff):
        sock.connect(("192.0.2.1", 80))
