"""What `fieldapp backup` and `fieldapp restore` say, and how they name the office's keys."""

import sys
from collections.abc import Sequence
from pathlib import Path

from fieldapp.adapters.office_keys import BadKeyFile
from fieldapp.adapters.office_keys import read_office_key
from fieldapp.adapters.office_keys import read_rescue_key
from fieldapp.domain.backup.copy import Copied
from fieldapp.domain.errors import Conflict

KEY, RESCUE_KEY, SECRET = "office-key.json", "rescue-key.json", "secret-key"


def office_key_name(file: Path) -> str:
    """Return the RFC 7638 thumbprint of the key in this file. Raises Conflict."""
    try:
        return read_office_key(file).kid
    except BadKeyFile as error:
        raise Conflict(str(error)) from None


def rescue_key_name(file: Path) -> str | None:
    """Return the RFC 7638 thumbprint of the key that opens rescue files, None where there is none. Raises Conflict."""
    try:
        return read_rescue_key(file, make=False).kid if file.exists() else None
    except BadKeyFile as error:
        raise Conflict(str(error)) from None


def words(counts: dict[str, int]) -> str:
    """Return the counts in one line."""
    return ", ".join(f"{number} {name}" for name, number in counts.items()) + "."


def sizes(copied: Copied) -> str:
    """Return how much was copied, in one line."""
    return f"{copied.blobs} photo files copied ({copied.bytes:,} bytes), {copied.had} were there already."


def tell(problems: Sequence[str], bad: str, good: str = "") -> int:
    """Print the problems and how it ended; return the exit code."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems or good:
        print(bad if problems else good, file=sys.stderr if problems else sys.stdout)
    return 1 if problems else 0
