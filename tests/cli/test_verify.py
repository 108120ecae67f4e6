"""`fieldapp verify FILE` says what is proved and ends with 0 or 1."""

import json
import uuid
from pathlib import Path

import pytest

from fieldapp.adapters.office_keys import read_office_key
from fieldapp.cli.verify import verify
from fieldapp.domain.errors import FieldappError
from fieldapp.domain.wire.office_key import new_office_key
from fieldapp.domain.wire.receipts import Receipt
from fieldapp.domain.wire.receipts import sign_receipt
from tests import people

FACTS = Receipt(uuid.uuid4(), "a" * 64, people.NOW, [])


def test_receipt_is_proved_with_the_published_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = new_office_key()
    (tmp_path / "jwks.json").write_text(json.dumps(office.public_jwks()))
    (tmp_path / "receipt.jws").write_text(sign_receipt(FACTS, office))

    assert verify(tmp_path / "receipt.jws", tmp_path / "jwks.json") == 0
    assert f"Proved: The office signed that it received submission {FACTS.submission}" in capsys.readouterr().out


def test_receipt_is_proved_with_the_data_folders_own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDAPP_DATA_DIR", str(tmp_path))
    (tmp_path / "receipt.jws").write_text(sign_receipt(FACTS, read_office_key(tmp_path / "office-key.json")))

    assert verify(tmp_path / "receipt.jws") == 0


def test_receipt_of_another_office_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "jwks.json").write_text(json.dumps(new_office_key().public_jwks()))
    (tmp_path / "receipt.jws").write_text(sign_receipt(FACTS, new_office_key()))

    assert verify(tmp_path / "receipt.jws", tmp_path / "jwks.json") == 1
    assert "NOT PROVED" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["{}", "[]", '{"keys": [1]}', '{"keys": [{}]}', "{"])
def test_keys_file_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "jwks.json").write_text(content)
    (tmp_path / "receipt.jws").write_text(sign_receipt(FACTS, new_office_key()))

    with pytest.raises(FieldappError):
        verify(tmp_path / "receipt.jws", tmp_path / "jwks.json")


def test_missing_files_are_named_and_no_key_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDAPP_DATA_DIR", str(tmp_path))
    with pytest.raises(FieldappError, match=r"nothing\.jws"):
        verify(tmp_path / "nothing.jws")
    (tmp_path / "receipt.jws").write_text(sign_receipt(FACTS, new_office_key()))
    with pytest.raises(FieldappError, match="--keys"):
        verify(tmp_path / "receipt.jws")
    assert not (tmp_path / "office-key.json").exists()
