"""`fieldapp backup` and `fieldapp restore`: what a backup names is in it, and what comes back is what there was."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

import fieldapp.cli.backup
from fieldapp.adapters.office_keys import read_rescue_key
from fieldapp.domain.errors import TryLater
from tests.cli.conftest import Restore
from tests.cli.conftest import Run
from tests.cli.offices import Office
from tests.cli.offices import open_office
from tests.cli.offices import open_sessions_and_uploads
from tests.cli.offices import original
from tests.cli.offices import photos_of
from tests.cli.offices import sha256


def newest(folder: Path) -> Path:
    return sorted(path for path in folder.iterdir() if path.name != "blobs")[-1]


def test_restored_office_has_every_photo_byte_and_the_same_key(
    office: Office, run: Run, restore: Restore, folder: Path, tmp_path: Path, elsewhere: str
) -> None:
    visit, content = office.send(), office.sent[0][1]
    assert run("backup", str(folder)).code == 0
    keys = office.app.test_client().get("/.well-known/jwks.json").json["keys"]

    ran = restore()

    assert (ran.code, ran.err) == (0, "")
    assert "1 visits, 1 photos, 1 photos stored" in ran.out
    assert photos_of(elsewhere) == {sha256(content): "stored"}
    assert original(tmp_path / "restored/blobs", sha256(content)).read_bytes() == content
    opened = open_office()
    assert opened.app.test_client().get("/.well-known/jwks.json").json["keys"] == keys
    receipt = office.phone._client.get(f"/receipts/{visit.id}").text
    assert jws.deserialize_compact(receipt, ECKey.import_key(keys[0]), algorithms=["ES256"])
    opened.close()


def test_after_restoring_sessions_have_ended_and_half_uploads_are_forgotten(
    office: Office, run: Run, restore: Restore, folder: Path, elsewhere: str
) -> None:
    office.begin_upload()
    run("backup", str(folder))

    ran = restore()

    assert "1 sessions ended, 1 uploads begin again" in ran.out
    assert open_sessions_and_uploads(elsewhere) == (0, 0)


def test_what_arrives_between_database_and_photos_leaves_the_backup_whole(
    office: Office, run: Run, restore: Restore, folder: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send()
    copy_blobs = fieldapp.cli.backup.copy_blobs

    def sent_meanwhile(*args: Any) -> Any:
        office.send()
        return copy_blobs(*args)

    monkeypatch.setattr(fieldapp.cli.backup, "copy_blobs", sent_meanwhile)
    assert run("backup", str(folder)).code == 0

    assert restore().code == 0
    assert photos_of(elsewhere) == {sha256(office.sent[0][1]): "stored"}


def test_second_backup_copies_only_what_is_new(office: Office, run: Run, folder: Path) -> None:
    office.send()
    run("backup", str(folder))
    first = original(folder / "blobs", sha256(office.sent[0][1])).stat()
    office.send()
    newest(folder).rename(folder / "2026-01-01T000000Z")

    ran = run("backup", str(folder))

    assert "2 photo files copied" in ran.out  # the original and its thumbnail
    assert "2 were there already" in ran.out
    assert original(folder / "blobs", sha256(office.sent[0][1])).stat() == first


def test_altered_original_is_told_and_not_copied(office: Office, run: Run, folder: Path, tmp_path: Path) -> None:
    office.send()
    key = sha256(office.sent[0][1])
    original(tmp_path / "data/blobs", key).write_bytes(b"something else")

    ran = run("backup", str(folder))

    assert ran.code == 1
    assert f"photos/{key[:2]}/{key} was altered in the store" in ran.err
    assert not original(folder / "blobs", key).exists()


def test_check_finds_an_altered_and_a_missing_photo(office: Office, run: Run, folder: Path) -> None:
    office.send()
    office.send()
    run("backup", str(folder))
    assert "Every file is there, unaltered." in run("restore", str(folder), "--check").out
    altered, missing = (original(folder / "blobs", sha256(content)) for _, content in office.sent)
    altered.write_bytes(b"something else")
    missing.unlink()

    ran = run("restore", str(folder), "--check")

    assert ran.code == 1
    assert f"{altered.name} was altered" in ran.err
    assert f"{missing.name} is missing" in ran.err


def test_list_of_hashes_names_every_original_and_file(office: Office, run: Run, folder: Path) -> None:
    office.send()
    run("backup", str(folder))
    backup = newest(folder)

    lines = [line.split("  ") for line in (backup / "SHA256SUMS").read_text().splitlines()]

    assert [sha256((backup / name).read_bytes()) for _, name in lines] == [listed for listed, _ in lines]
    assert {Path(name).name for _, name in lines} >= {
        "office-key.json",
        "rescue-key.json",
        "secret-key",
        sha256(office.sent[0][1]),
    }


def test_damaged_database_is_not_restored(office: Office, run: Run, restore: Restore, folder: Path) -> None:
    run("backup", str(folder))
    (database,) = newest(folder).glob("database.*")
    database.write_bytes(database.read_bytes()[:-1])

    ran = restore()

    assert ran.code == 1
    assert f"{database.name} was altered" in ran.err


def test_another_key_in_the_backup_is_found(office: Office, run: Run, restore: Restore, folder: Path) -> None:
    run("backup", str(folder))
    facts, sums = newest(folder) / "backup.json", newest(folder) / "SHA256SUMS"
    before = sha256(facts.read_bytes())
    facts.write_text(json.dumps({**json.loads(facts.read_text()), "office_key": "another"}))
    sums.write_text(sums.read_text().replace(before, sha256(facts.read_bytes())))

    ran = restore()

    assert ran.code == 1
    assert "office-key.json is not the key that the office had." in ran.err


def test_copy_without_a_rescue_key_comes_back_and_another_key_in_its_place_is_not_overwritten(
    office: Office, run: Run, restore: Restore, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "data/rescue-key.json").unlink()  # as with a copy by an older version
    run("backup", str(folder))
    there = tmp_path / "restored/rescue-key.json"
    read_rescue_key(there)
    before = there.read_bytes()

    refused = restore()

    assert (refused.code, "rescue files may need it" in refused.err) == (1, True)
    assert there.read_bytes() == before
    there.unlink()
    assert restore().code == 0


def test_restoring_never_overwrites(office: Office, run: Run, folder: Path) -> None:
    run("backup", str(folder))

    ran = run("restore", str(folder))

    assert ran.code == 1
    assert ran.err.startswith("There is a database already.")


def test_photo_that_the_restored_store_holds_altered_is_told(
    office: Office, run: Run, restore: Restore, folder: Path, tmp_path: Path
) -> None:
    office.send()
    run("backup", str(folder))
    there = original(tmp_path / "restored/blobs", sha256(office.sent[0][1]))
    there.parent.mkdir(parents=True)
    there.write_bytes(b"something else")

    ran = restore()

    assert ran.code == 1
    assert "The original was altered in the store." in ran.err


def test_older_copies_are_removed_and_photos_stay(office: Office, run: Run, folder: Path) -> None:
    office.send()
    run("backup", str(folder))
    newest(folder).rename(folder / "2026-01-01T000000Z")
    (folder / "2026-01-02T000000Z.partial").mkdir()

    ran = run("backup", str(folder), "--keep", "1")

    assert "Removed 2026-01-01T000000Z." in ran.out
    assert len(list(folder.iterdir())) == 2  # the newest and the blobs
    assert original(folder / "blobs", sha256(office.sent[0][1])).exists()


def test_backup_that_was_interrupted_does_not_count(
    office: Office, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*args: Any) -> Any:
        raise TryLater("The store of photos cannot be reached.", 30)

    monkeypatch.setattr(fieldapp.cli.backup, "copy_blobs", unreachable)

    assert run("backup", str(folder)).code == 1
    assert "holds no backup" in run("restore", str(folder)).err


def test_only_its_owner_can_read_a_backup(office: Office, run: Run, folder: Path) -> None:
    run("backup", str(folder))

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in newest(folder).iterdir()}

    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_backup_inside_of_the_data_folder_is_refused(ready: Run, tmp_path: Path) -> None:
    ran = ready("backup", str(tmp_path / "data" / "backups"))

    assert (ran.code, "Choose a folder elsewhere." in ran.err) == (1, True)


def test_name_that_is_not_there_lists_those_that_are(office: Office, run: Run, folder: Path) -> None:
    run("backup", str(folder))

    ran = run("restore", str(folder), "--at", "2020-01-01T000000Z")

    assert (ran.code, newest(folder).name in ran.err) == (1, True)
