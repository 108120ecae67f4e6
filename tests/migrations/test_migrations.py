"""Migrations lead from nothing to the models and back, with people in the tables, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.app import create_app
from fieldapp.models.all import metadata
from fieldapp.models.contact import Contact
from fieldapp.models.supervisee import Supervisee
from fieldapp.settings import Settings
from fieldapp.web.database import alembic
from fieldapp.web.database import db
from tests import people


@pytest.fixture
def empty_app(empty_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=tmp_path, database_url=empty_url, secret_key="of a test"))
    yield app
    with app.app_context():
        db.engine.dispose()


def tables(app: Flask) -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_upgrade_makes_exactly_the_tables_of_the_models(empty_app: Flask) -> None:
    with empty_app.app_context():
        alembic.upgrade()
        assert tables(empty_app) == set(metadata.tables)
        assert alembic.compare_metadata() == []


def test_downgrade_with_people_in_the_tables_leaves_nothing_behind(empty_app: Flask) -> None:
    with empty_app.app_context():
        alembic.upgrade()
        fill(db.session)
        db.session.commit()
        db.session.close()
        alembic.downgrade("base")
        assert tables(empty_app) == set()


def test_upgrade_again_keeps_what_is_there(empty_app: Flask) -> None:
    with empty_app.app_context():
        alembic.upgrade()
        fill(db.session)
        db.session.commit()
        alembic.upgrade()
        assert db.session.scalars(select(Supervisee.last_name)).all()
        assert db.session.scalars(select(Contact.outcome)).all() == ["contact_inside"]


def fill(session: Session) -> None:
    officer = people.officer(session)
    person = people.supervisee(session, officer=officer, conditions=["no_alcohol"])
    session.add(
        Contact(
            supervisee_id=person.id,
            officer_id=officer.id,
            at=people.NOW,
            on=people.TODAY,
            method="in_person",
            location="residence",
            party="direct",
            status="completed",
            outcome="contact_inside",
        )
    )
    session.flush()
