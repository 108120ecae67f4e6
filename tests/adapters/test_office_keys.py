"""The files of the office's keys: made once, kept private, refused when it is not."""

import json
import stat
from pathlib import Path

import pytest

from fieldapp.adapters.office_keys import BadKeyFile
from fieldapp.adapters.office_keys import read_office_key
from fieldapp.adapters.office_keys import read_rescue_key


def test_first_use_makes_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "new" / "office-key.json"

    made, again = read_office_key(file), read_office_key(file)

    assert made.kid == again.kid
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def test_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "office-key.json"
    read_office_key(file)
    file.chmod(0o644)

    with pytest.raises(BadKeyFile, match="chmod 600"):
        read_office_key(file)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"kty": "oct", "k": "AAAA"}', "public", "P-384"])
def test_file_that_holds_no_key_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "office-key.json"
    made = read_office_key(file)
    if content == "public":
        content = json.dumps(made.public_jwks()["keys"][0])
    if content == "P-384":
        content = json.dumps(type(made.key).generate_key("P-384").as_dict(private=True))
    file.write_text(content)

    with pytest.raises(BadKeyFile, match="backup"):
        read_office_key(file)


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")

    with pytest.raises(BadKeyFile, match="cannot be read or made"):
        read_office_key(tmp_path / "taken" / "office-key.json")


def test_rescue_key_is_another_file_with_another_key_and_as_private(tmp_path: Path) -> None:
    file = tmp_path / "rescue-key.json"

    made, again = read_rescue_key(file), read_rescue_key(file, make=False)

    assert made.kid == again.kid != read_office_key(tmp_path / "office-key.json").kid
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (made.public_jwk()["use"], "d" in made.public_jwk()) == ("enc", False)


def test_missing_rescue_key_is_not_made_where_a_file_is_to_be_opened(tmp_path: Path) -> None:
    with pytest.raises(BadKeyFile, match="backup"):
        read_rescue_key(tmp_path / "rescue-key.json", make=False)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["{", "{}", "[]"])
def test_file_that_holds_no_rescue_key_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "rescue-key.json"
    read_rescue_key(file)
    file.write_text(content)

    with pytest.raises(BadKeyFile, match="backup"):
        read_rescue_key(file)
