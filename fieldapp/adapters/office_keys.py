"""The file with the office's private key: made at first use, readable by its owner only, never written again."""

import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

from fieldapp.domain.errors import FieldappError
from fieldapp.domain.wire.office_key import OfficeKey
from fieldapp.domain.wire.office_key import new_office_key
from fieldapp.domain.wire.office_key import office_key_of
from fieldapp.domain.wire.office_key import private_jwk


class BadKeyFile(FieldappError):
    """The key file cannot be used; the text names it and the remedy."""


def read_office_key(file: Path) -> OfficeKey:
    """Return the office's key, making the file (mode 0600) where there is none. Raises BadKeyFile."""
    try:
        if not file.exists():
            _make(file)
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise BadKeyFile(
                f"{file} can be read by others. Run `chmod 600 {file}`: who has it can sign for the office."
            )
        return office_key_of(json.loads(file.read_text()))
    except OSError as error:
        raise BadKeyFile(f"The office's key {file} cannot be read or made: {error.strerror}.") from error
    except ValueError as error:
        raise BadKeyFile(f"{file} holds no office key ({error}). Put the right file back from your backup.") from error


def read_public_keys(file: Path) -> dict[str, Any]:
    """Return the public JWK set of a key file that is there; none is made. Raises BadKeyFile."""
    if not file.exists():
        raise BadKeyFile(f"{file} is not there. Name the office's public keys: --keys jwks.json.")
    return read_office_key(file).public_jwks()


def _make(file: Path) -> None:
    """Write a new key whole or not at all; when two processes start at once, the first one's key stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".office-key-")  # mkstemp makes it 0600
    try:
        with open(descriptor, "w") as new:
            json.dump(private_jwk(new_office_key()), new)
            new.flush()
            os.fsync(new.fileno())
        os.link(name, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
