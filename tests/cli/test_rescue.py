"""`fieldapp rescue import` brings in once what a phone saved into a locked file, and takes no draft for signed."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import fieldapp.cli.rescue
from fieldapp.adapters.office_keys import read_rescue_key
from fieldapp.domain.errors import TryLater
from fieldapp.domain.rescue.key import RescueKey
from fieldapp.domain.rescue.key import new_rescue_key
from fieldapp.models.audit import AuditEntry
from fieldapp.models.evidence import Photo
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Device
from fieldapp.models.wire import PhoneReport
from fieldapp.models.wire import Submission
from tests.cli.conftest import Run
from tests.cli.offices import Office
from tests.cli.offices import original
from tests.cli.offices import photos_of
from tests.cli.offices import picture
from tests.cli.offices import rows
from tests.cli.offices import sha256
from tests.phone import Phone
from tests.phone import Signed
from tests.phone import photo
from tests.rescue import RescueFile

DRAFT = {"draft": {"id": "d", "title": "Marcus Bell", "body": {"narrative": "Seen at the door."}}, "photos": []}


@pytest.fixture
def key(office: Office, tmp_path: Path) -> RescueKey:
    return read_rescue_key(tmp_path / "data" / "rescue-key.json", make=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rescue.txt"


def visit_with_photo(office: Office, made: RescueFile) -> tuple[Signed, dict[str, Any], bytes]:
    """A visit that never left the phone, put into the file with its photo."""
    content = picture(len(made.items))
    shown = photo(content)
    visit = office.phone.visit(office.person, photos=[shown])
    made.submission(visit).photo(shown, visit, content)
    return visit, shown, content


def test_visit_and_photo_come_in_byte_for_byte_and_the_phone_later_hears_same(
    office: Office, key: RescueKey, run: Run, file: Path, tmp_path: Path, empty_url: str
) -> None:
    made = RescueFile(office.phone, key)
    visit, shown, content = visit_with_photo(office, made)
    note = office.phone.note(office.person)
    file.write_bytes(made.submission(note).bytes())

    ran = run("rescue", "import", str(file))

    assert (ran.code, ran.err) == (0, "")
    assert f"stored      submission {visit.id}" in ran.out
    assert f"stored      submission {note.id}" in ran.out
    assert f"stored      photo {shown['id']}" in ran.out
    assert "2 submissions and 1 photos: 3 are with the office." in ran.out
    assert photos_of(empty_url) == {sha256(content): "stored"}
    assert original(tmp_path / "data/blobs", sha256(content)).read_bytes() == content
    assert [row[0] for row in rows(empty_url, select(Submission.jws).where(Submission.kind == "visit"))] == [visit.jws]
    assert [result["state"] for result in office.phone.sync(visit, note)] == ["same", "same"]


def test_same_file_twice_changes_nothing(office: Office, key: RescueKey, run: Run, file: Path, empty_url: str) -> None:
    made = RescueFile(office.phone, key)
    visit_with_photo(office, made)
    file.write_bytes(made.bytes())
    run("rescue", "import", str(file))

    ran = run("rescue", "import", str(file))

    assert (ran.code, ran.out.count("same  "), "stored  " in ran.out) == (0, 2, False)
    assert len(rows(empty_url, select(Visit.id))) == 1
    assert list(photos_of(empty_url).values()) == ["stored"]


def test_what_the_phone_had_sent_already_is_the_same_and_half_a_photo_is_made_whole(
    office: Office, key: RescueKey, run: Run, file: Path, empty_url: str
) -> None:
    content = picture(7)
    shown = photo(content)
    visit = office.phone.visit(office.person, photos=[shown])
    office.phone.sync(visit)
    url = str(office.phone.begin_upload(visit, shown, len(content)).headers["Location"])
    office.phone.patch(url, 0, content[:20])
    file.write_bytes(RescueFile(office.phone, key).submission(visit).photo(shown, visit, content).bytes())

    ran = run("rescue", "import", str(file))

    assert (ran.code, f"same        submission {visit.id}" in ran.out) == (0, True)
    assert photos_of(empty_url) == {sha256(content): "stored"}


def test_photo_alone_joins_the_visit_that_came_over_the_wire(
    office: Office, key: RescueKey, run: Run, file: Path, empty_url: str
) -> None:
    content = picture(8)
    shown = photo(content)
    visit = office.phone.visit(office.person, photos=[shown])
    office.phone.sync(visit)
    file.write_bytes(RescueFile(office.phone, key).photo(shown, visit, content).bytes())

    assert run("rescue", "import", str(file)).code == 0
    assert photos_of(empty_url) == {sha256(content): "stored"}


def test_drafts_are_never_imported_and_written_out_only_when_asked(
    office: Office, key: RescueKey, run: Run, file: Path, tmp_path: Path, empty_url: str
) -> None:
    made = RescueFile(office.phone, key).add("draft", json.dumps(DRAFT).encode())
    draft = made.items[0][0]["id"]
    made.add("draft_photo", picture(3), visit=draft, type="image/jpeg")
    file.write_bytes(made.bytes())

    first = run("rescue", "import", str(file))
    again = run("rescue", "import", str(file), "--drafts", str(tmp_path / "drafts"))

    assert (first.code, again.code) == (0, 0)
    assert f"unsigned    draft {draft}  Never signed by the officer, so it is not imported." in first.out
    assert "Add --drafts FOLDER" in first.out
    written = sorted((tmp_path / "drafts").iterdir())
    assert [path.suffix for path in written] == [".jpg", ".json"]
    assert written[0].read_bytes() == picture(3)
    content = json.loads(written[1].read_text())
    assert content["draft"] == DRAFT["draft"]
    assert "never signed" in content["notice"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert rows(empty_url, select(Visit.id)) == rows(empty_url, select(Submission.id)) == []
    assert "Marcus Bell" not in first.out + again.out


def test_forged_submission_is_refused_and_the_others_come_in(
    office: Office, key: RescueKey, run: Run, file: Path, empty_url: str
) -> None:
    made = RescueFile(office.phone, key)
    good = office.phone.note(office.person)
    header, payload, signature = office.phone.note(office.person).jws.split(".")
    forged = Signed(good.id[:-4] + "0000", f"{header}.{payload}.{signature[:-8]}AAAAAAAA")
    foreign = Phone(None, office.phone.officer_id).note(office.person)
    content = picture(4)
    file.write_bytes(
        made.submission(forged).submission(foreign).submission(good).photo(photo(content), foreign, content).bytes()
    )

    ran = run("rescue", "import", str(file))

    assert ran.code == 1
    assert ran.out.count("refused     submission") == 2
    assert "altered on the way" in ran.out
    assert "left out    photo" in ran.out
    assert "3 submissions and 1 photos: 1 are with the office." in ran.out
    assert [str(row[0]) for row in rows(empty_url, select(Submission.id))] == [good.id]
    assert photos_of(empty_url) == {}


@pytest.mark.parametrize("signed_off", [False, True])
def test_phone_that_is_unknown_or_signed_off_needs_a_person_who_vouches(
    office: Office, key: RescueKey, run: Run, file: Path, empty_url: str, signed_off: bool
) -> None:
    phone = office.phone if signed_off else Phone(None, office.phone.officer_id)
    note = phone.note(office.person)
    file.write_bytes(RescueFile(phone, key).submission(note).bytes())
    if signed_off:
        run("device", "sign-off", "--", phone.kid)

    refused = run("rescue", "import", str(file))
    assert refused.code == 1
    assert (phone.kid in refused.err, "--vouch" in refused.err) == (True, True)
    assert rows(empty_url, select(Submission.id)) == []

    assert run("rescue", "import", str(file), "--vouch").code == 0
    assert [row[0] for row in rows(empty_url, select(Submission.jws))] == [note.jws]
    off = rows(empty_url, select(Device.signed_off_at).where(Device.kid == phone.kid))
    assert [row[0] is not None for row in off] == [signed_off]  # vouching does not take the signing off back


def test_what_was_signed_by_an_older_key_of_the_phone_that_is_signed_off_names_the_way(
    office: Office, key: RescueKey, run: Run, file: Path
) -> None:
    note = office.phone.note(office.person)
    anew = Phone(office.phone.client, office.phone.officer_id)
    assert anew.enrol().status_code == 200
    run("device", "sign-off", "--", office.phone.kid)
    file.write_bytes(RescueFile(anew, key).submission(note).bytes())

    refused = run("rescue", "import", str(file))

    assert (refused.code, "comes in with --vouch" in refused.out) == (1, True)
    assert run("rescue", "import", str(file), "--vouch").code == 0


def test_another_officers_submission_in_the_file_is_refused(
    office: Office, key: RescueKey, run: Run, file: Path, empty_url: str
) -> None:
    other = Phone(None, office.person.id, office.phone.key)
    file.write_bytes(RescueFile(office.phone, key).submission(other.note(office.person)).bytes())

    ran = run("rescue", "import", str(file))

    assert (ran.code, "belongs to another officer" in ran.out) == (1, True)
    assert rows(empty_url, select(Submission.id)) == []


def test_file_of_an_officer_that_the_office_does_not_have_is_refused(
    office: Office, key: RescueKey, run: Run, file: Path
) -> None:
    stranger = Phone(None, office.person.id)
    file.write_bytes(RescueFile(stranger, key).submission(stranger.note(office.person)).bytes())

    ran = run("rescue", "import", str(file), "--vouch")

    assert (ran.code, "no officer with the id" in ran.err) == (1, True)


def test_file_for_another_office_damaged_or_missing_is_a_sentence_and_nothing_is_kept(
    office: Office, key: RescueKey, run: Run, file: Path, empty_url: str
) -> None:
    made = RescueFile(office.phone, key)
    visit_with_photo(office, made)
    whole = made.bytes()
    made.key = new_rescue_key()
    for content, words in (
        (made.bytes(), "another office"),
        (whole[:-9], "not whole"),
        (b"%PDF-1.7", "no rescue file"),
    ):
        file.write_bytes(content)
        ran = run("rescue", "import", str(file))
        assert (ran.code, words in ran.err, ran.out) == (1, True, "")
    assert "cannot be read" in run("rescue", "import", str(file) + ".gone").err
    assert rows(empty_url, select(Submission.id)) == []


def test_office_without_its_key_is_told_to_look_into_the_backup(
    office: Office, key: RescueKey, run: Run, file: Path, tmp_path: Path
) -> None:
    file.write_bytes(RescueFile(office.phone, key).bytes())
    (tmp_path / "data/rescue-key.json").unlink()

    ran = run("rescue", "import", str(file))

    assert (ran.code, "Put it back from your backup." in ran.err) == (1, True)
    assert not (tmp_path / "data/rescue-key.json").exists()


def test_import_that_breaks_off_between_photos_goes_on_when_run_again(
    office: Office, key: RescueKey, run: Run, file: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = RescueFile(office.phone, key)
    for _ in range(2):
        visit_with_photo(office, made)
    file.write_bytes(made.bytes())
    assemble = fieldapp.cli.rescue.assemble
    calls = []

    def breaks_off(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 2:
            raise TryLater("The store of photos cannot be reached.", 30)
        return assemble(*args)

    monkeypatch.setattr(fieldapp.cli.rescue, "assemble", breaks_off)
    assert run("rescue", "import", str(file)).code == 1
    assert run("rescue", "import", str(file)).code == 0

    assert sorted(photos_of(empty_url).values()) == ["stored", "stored"]
    assert len(rows(empty_url, select(Photo.id))) == 2


def test_import_is_in_the_audit_log_and_leaves_what_the_phone_last_reported(
    office: Office, key: RescueKey, run: Run, file: Path, empty_url: str
) -> None:
    office.phone.waiting = {"count": 5, "oldest": None, "bytes": 10, "free": None}
    office.phone.post([], kid=office.phone.kid)
    made = RescueFile(office.phone, key).submission(office.phone.note(office.person))
    file.write_bytes(made.bytes())

    run("rescue", "import", str(file))

    query = select(AuditEntry.subject, AuditEntry.details).where(AuditEntry.event == "rescue.imported")
    [(subject, details)] = rows(empty_url, query)
    assert (subject, details["submission"], details["vouched"]) == (made.id, 1, False)
    assert [row[0] for row in rows(empty_url, select(PhoneReport.waiting))] == [5]
