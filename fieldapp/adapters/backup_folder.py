"""A folder of backups: a folder for each, named by its time, and beside them the blobs that all of them share.

    2026-11-22T140501Z/   database.sqlite or database.dump, both keys of the office, secret-key, backup.json, SHA256SUMS
    blobs/                photos, thumbnails and bytes set apart, each written once
"""  # fmt: skip

import datetime as dt
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import NotFound

NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
UNFINISHED = ".partial"
FACTS = "backup.json"
SUMS = "SHA256SUMS"
BLOBS = "blobs"
DATABASE = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Facts:
    """What backup.json says. `made_at` is ISO 8601 in UTC, `office_key` the RFC 7638 thumbprint of the office's key."""

    app: str
    made_at: str
    database: str
    office_key: str
    counts: dict[str, int]


def begin(folder: Path, now: dt.datetime) -> Path:
    """Make the folder of a new backup; it counts only once `finish` has renamed it. Raises Conflict."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = folder / f"{now.astimezone(dt.UTC):%Y-%m-%dT%H%M%SZ}{UNFINISHED}"
    try:
        made.mkdir(mode=0o700)
    except FileExistsError:
        raise Conflict(f"{made} is there already: another backup has just begun. Try again.") from None
    return made


def write_private(file: Path, content: str) -> None:
    """Write a file that only its owner can read, and wait for the disk."""
    part = file.with_name(f".{file.name}.new")
    part.unlink(missing_ok=True)
    with open(part, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    os.replace(part, file)


def finish(begun: Path, facts: Facts, blobs: Iterable[tuple[str, str]]) -> Path:
    """Write the facts and the list of hashes, which `sha256sum -c` can read; give the folder its name.

    `blobs` pairs the key of each original with its SHA-256 (hex).
    """
    write_private(begun / FACTS, json.dumps(asdict(facts), indent=1) + "\n")
    own = [(hash_of(file), file.name) for file in sorted(begun.iterdir())]
    shared = [(sha256, f"../{BLOBS}/{key}") for key, sha256 in sorted(blobs)]
    write_private(begun / SUMS, "".join(f"{sha256}  {name}\n" for sha256, name in own + shared))
    made = begun.with_name(begun.name.removesuffix(UNFINISHED))
    begun.rename(made)
    return made


def find(folder: Path, name: str | None = None) -> Path:
    """Return the newest backup, or the one of that name. Raises NotFound."""
    found = names(folder)
    wanted = name or (found[-1] if found else "")
    if wanted not in found:
        said = f"There are: {', '.join(found)}." if found else "Name the folder that was given to `fieldapp backup`."
        raise NotFound(f"{folder} holds no backup{f' {name}' if name else ''}. {said}")
    return folder / wanted


def names(folder: Path) -> list[str]:
    """Return the names of all finished backups, oldest first."""
    there = folder.iterdir() if folder.is_dir() else ()
    return sorted(each.name for each in there if NAME.fullmatch(each.name))


def prune(folder: Path, most: int) -> list[str]:
    """Remove all backups but the newest `most`, and unfinished ones before those; blobs stay. Returns their names."""
    kept = names(folder)[-most:]
    old = [each for each in folder.iterdir() if NAME.fullmatch(each.name.removesuffix(UNFINISHED))]
    gone = sorted(each.name for each in old if kept and each.name < kept[0])
    for name in gone:
        shutil.rmtree(folder / name)
    return gone


def facts_of(backup: Path) -> Facts:
    """Return what backup.json says. Raises Conflict."""
    try:
        return Facts(**json.loads((backup / FACTS).read_text()))
    except (OSError, ValueError, TypeError):
        raise Conflict(f"{backup / FACTS} cannot be read. Take another backup of the folder with --at.") from None


def wrong_sums(backup: Path, *, blobs: bool) -> list[str]:
    """Return a sentence for each listed file that is missing or altered; the shared blobs only if asked for."""
    problems = []
    for line in (backup / SUMS).read_text().splitlines():
        sha256, _, name = line.partition("  ")
        if not blobs and name.startswith("../"):
            continue
        file = backup / name
        if not file.is_file():
            problems.append(f"{name} is missing.")
        elif hash_of(file) != sha256:
            problems.append(f"{name} was altered: its bytes do not have the SHA-256 {sha256}.")
    return problems


def hash_of(file: Path) -> str:
    """Return a file's SHA-256 in hex."""
    found = hashlib.sha256()
    with file.open("rb") as source:
        while chunk := source.read(CHUNK_BYTES):
            found.update(chunk)
    return found.hexdigest()
