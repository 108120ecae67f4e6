"""The files with the office's private keys: made at first use, readable by their owner only, never written again."""

import json
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldapp.domain.errors import FieldappError
from fieldapp.domain.rescue.key import RescueKey
from fieldapp.domain.rescue.key import new_rescue_key
from fieldapp.domain.rescue.key import rescue_key_of
from fieldapp.domain.wire.office_key import OfficeKey
from fieldapp.domain.wire.office_key import new_office_key
from fieldapp.domain.wire.office_key import office_key_of
from fieldapp.domain.wire.office_key import private_jwk


class BadKeyFile(FieldappError):
    """The key file cannot be used; the text names it and the remedy."""


def read_office_key(file: Path) -> OfficeKey:
    """Return the office's signing key, making the file (mode 0600) where there is none. Raises BadKeyFile."""
    if not file.exists():
        _make(file, private_jwk(new_office_key()))
    try:
        return office_key_of(_private(file, "who has it can sign for the office"))
    except ValueError as error:
        raise _wrong(file, error) from error


def read_rescue_key(file: Path, *, make: bool = True) -> RescueKey:
    """Return the key that opens rescue files, making the file (mode 0600) where there is none. Raises BadKeyFile."""
    if not file.exists():
        if not make:
            raise BadKeyFile(f"{file} is not there, so no rescue file can be opened. Put it back from your backup.")
        _make(file, new_rescue_key().key.as_dict(private=True))
    try:
        return rescue_key_of(_private(file, "who has it can open what phones have locked for the office"))
    except ValueError as error:
        raise _wrong(file, error) from error


def read_public_keys(file: Path) -> dict[str, Any]:
    """Return the public JWK set of a key file that is there; none is made. Raises BadKeyFile."""
    if not file.exists():
        raise BadKeyFile(f"{file} is not there. Name the office's public keys: --keys jwks.json.")
    return read_office_key(file).public_jwks()


def _private(file: Path, danger: str) -> Any:
    try:
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise BadKeyFile(f"{file} can be read by others. Run `chmod 600 {file}`: {danger}.")
        return json.loads(file.read_text())
    except OSError as error:
        raise _unusable(file, error) from error


def _make(file: Path, jwk: Mapping[str, Any]) -> None:
    """Write a new key whole or not at all; when two processes start at once, the first one's key stays."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".office-key-")  # mkstemp makes it 0600
        try:
            with open(descriptor, "w") as new:
                json.dump(jwk, new)
                new.flush()
                os.fsync(new.fileno())
            os.link(name, file)
        except FileExistsError:
            pass
        finally:
            os.unlink(name)
    except OSError as error:
        raise _unusable(file, error) from error


def _unusable(file: Path, error: OSError) -> BadKeyFile:
    return BadKeyFile(f"The office's key {file} cannot be read or made: {error.strerror}.")


def _wrong(file: Path, error: ValueError) -> BadKeyFile:
    return BadKeyFile(f"{file} holds no office key ({error}). Put the right file back from your backup.")
