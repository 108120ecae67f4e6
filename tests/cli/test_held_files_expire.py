"""A caseload file that nobody imported goes after a day, also where nobody opens the import page again."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import fieldapp.cli.serve
from fieldapp.models.engine import make_engine
from fieldapp.models.imports import ImportFile
from fieldapp.models.user import User
from tests.cli.conftest import Run

NOW = dt.datetime.now(dt.UTC)


def hold(session: Session, name: str, hours: int) -> None:
    administrator = session.scalars(select(User)).one()
    held = ImportFile(
        id=uuid.uuid4(),
        administrator_id=administrator.id,
        name=name,
        bytes=b"names and addresses",
        sha256="",
        created_at=NOW - dt.timedelta(hours=hours),
        outcome={},
    )
    session.add(held)


@pytest.mark.parametrize("command", ["serve", "backup"])
def test_file_older_than_a_day_is_gone_and_a_younger_one_stays(
    ready: Run, empty_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(fieldapp.cli.serve, "serve", lambda settings: None)
    engine = make_engine(empty_url)
    with Session(engine) as session:
        hold(session, "old.csv", 25)
        hold(session, "young.csv", 23)
        session.commit()

    ready(*([command, str(folder)] if command == "backup" else [command]))

    with Session(engine) as session:
        assert list(session.scalars(select(ImportFile.name))) == ["young.csv"]
    engine.dispose()
