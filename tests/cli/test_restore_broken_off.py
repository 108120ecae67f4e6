"""A restore that does not come to its end is never taken for a good one, and nothing of before comes into it."""

import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

import fieldapp.adapters.database_load
import fieldapp.cli.restore
import fieldapp.cli.serve
from fieldapp.domain.errors import TryLater
from tests.cli.conftest import Restore
from tests.cli.conftest import Run
from tests.cli.offices import Office
from tests.cli.offices import photos_of
from tests.cli.offices import sha256

ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def serving_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be served is left at once, with success."""
    monkeypatch.setattr(fieldapp.cli.serve, "serve", lambda settings: None)


def place_of(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(make_url(url).database or "")


@ON_SQLITE
@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_what_another_database_left_beside_the_place_refuses_a_restore(
    ready: Run, restore: Restore, elsewhere: str, folder: Path, ending: str
) -> None:
    ready("backup", str(folder))
    place = place_of(elsewhere)
    left = place.with_name(f"{place.name}{ending}")
    left.write_bytes(b"pages of another database")

    ran = restore()

    assert (ran.code, f"{left.name} is left of another database" in ran.err) == (1, True)
    assert left.read_bytes() == b"pages of another database"
    assert not place.exists()


@ON_SQLITE
def test_what_appears_during_a_restore_refuses_it_too(
    ready: Run, restore: Restore, elsewhere: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready("backup", str(folder))
    place = place_of(elsewhere)
    begin_anew = fieldapp.cli.restore.begin_anew

    def meanwhile(*args: Any, **more: Any) -> Any:
        place.with_name(f"{place.name}-wal").write_bytes(b"pages of another database")
        return begin_anew(*args, **more)

    monkeypatch.setattr(fieldapp.cli.restore, "begin_anew", meanwhile)

    ran = restore()

    assert (ran.code, f"{place.name}-wal is left of another database" in ran.err) == (1, True)
    assert sorted(each.name for each in place.parent.glob(f"{place.name}*")) == [f"{place.name}-wal"]


@pytest.mark.parametrize("step", ["upgrade", "copy_blobs", "prove_restored", "begin_anew"])
def test_restore_that_breaks_off_leaves_nothing_that_can_be_served(
    office: Office, run: Run, restore: Restore, folder: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    office.send()
    run("backup", str(folder))

    def broken(*args: Any, **more: Any) -> Any:
        raise TryLater("The power is gone.", 30)

    with monkeypatch.context() as patched:
        patched.setattr(fieldapp.cli.restore, step, broken)
        assert restore().code == 1

    served = run("serve")
    if elsewhere.startswith("sqlite"):
        assert served.err.startswith("The database is empty")
        assert restore().code == 0
        assert photos_of(elsewhere) == {sha256(office.sent[0][1]): "stored"}
        return
    for ran in (served, run("setup"), run("user", "release", "ada@example.org"), restore()):
        assert (ran.code, ran.err.startswith("A restore into this database was not finished.")) == (1, True)


@ON_SQLITE
def test_what_a_killed_restore_left_does_not_come_into_the_next_one(
    ready: Run, restore: Restore, elsewhere: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready("backup", str(folder))
    place = place_of(elsewhere)
    for ending in ("", "-wal", "-shm"):
        place.with_name(f"{place.name}.restoring{ending}").write_bytes(b"half of something")

    assert restore().code == 0

    assert [each.name for each in place.parent.glob(f"{place.name}*")] == [place.name]
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_restore_can_be_run_again_where_the_database_could_not_be_loaded(
    office: Office, run: Run, restore: Restore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send()
    run("backup", str(folder))

    def broken(*args: Any) -> Any:
        raise OSError(28, "No space left on device", "copy")

    with monkeypatch.context() as patched:
        patched.setattr(fieldapp.adapters.database_load, "run_client", broken)
        patched.setattr(fieldapp.adapters.database_load.shutil, "copyfile", broken)
        assert restore().code == 1
    assert run("serve").code == 1

    assert (ran := restore()).code == 0, ran.err
