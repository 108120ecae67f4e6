"""`fieldapp restore`: brings a backup back to an empty place and proves it, or only checks it where it lies."""

import argparse
from dataclasses import replace
from pathlib import Path

from fieldapp.adapters import backup_folder
from fieldapp.adapters import database_copy
from fieldapp.adapters import database_load
from fieldapp.adapters.backup_folder import Facts
from fieldapp.adapters.blob_store import folder_store
from fieldapp.adapters.blob_store import open_blob_store
from fieldapp.cli.copies import KEY
from fieldapp.cli.copies import RESCUE_KEY
from fieldapp.cli.copies import SECRET
from fieldapp.cli.copies import office_key_name
from fieldapp.cli.copies import rescue_key_name
from fieldapp.cli.copies import sizes
from fieldapp.cli.copies import tell
from fieldapp.cli.copies import words
from fieldapp.cli.database import connected
from fieldapp.cli.database import upgrade
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.backup.copy import copy_blobs
from fieldapp.domain.backup.kept import kept_blobs
from fieldapp.domain.backup.restored import begin_anew
from fieldapp.domain.backup.restored import prove_restored
from fieldapp.domain.errors import Conflict
from fieldapp.settings import Settings
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session


def add_restore(subparsers: Subparsers) -> None:
    """Add the command."""
    restore = subparsers.add_parser(
        "restore",
        help="bring a backup back, or check it",
        description="Brings the newest backup in FOLDER back to where the FIELDAPP_* settings point, which must be "
        "empty, and proves every photo by its SHA-256. All sessions end: people sign in again.",
    )
    restore.add_argument("folder", type=Path, metavar="FOLDER", help="the folder given to `fieldapp backup`")
    restore.add_argument("--at", metavar="NAME", help="an older copy, by the name of its folder")
    restore.add_argument("--check", action="store_true", help="only prove that every file is there and unaltered")
    restore.set_defaults(run=run_restore)


def run_restore(args: argparse.Namespace) -> int:
    """Check or restore; 1 where something is not as it was."""
    backup = backup_folder.find(args.folder, args.at)
    facts = backup_folder.facts_of(backup)
    problems = _check(backup, facts, blobs=args.check)
    if args.check or problems:
        print(f"{backup}: {facts.database}, made {facts.made_at} by fieldapp {facts.app}\n{words(facts.counts)}")
        return tell(problems, "This backup is damaged. Try another one with --at.", "Every file is there, unaltered.")
    settings = from_environment()
    _refuse_what_does_not_fit(settings, facts, backup)
    try:
        problems = _restore(settings, args.folder, backup, facts)
    except OSError as error:
        raise Conflict(f"It cannot be restored: {error.filename}: {error.strerror}.") from None
    return tell(problems, "Restored, but not whole: see above.", "Ready. `fieldapp serve` starts it.")


def _check(backup: Path, facts: Facts, *, blobs: bool) -> list[str]:
    try:
        problems = backup_folder.wrong_sums(backup, blobs=blobs)
    except OSError as error:
        return [f"{error.filename} cannot be read: {error.strerror}."]
    if not problems and office_key_name(backup / KEY) != facts.office_key:
        problems.append(f"{KEY} is not the key that the office had.")
    return problems


def _refuse_what_does_not_fit(settings: Settings, facts: Facts, backup: Path) -> None:
    if database_copy.kind_of(settings.database_url) != facts.database:
        raise Conflict(f"This backup is of {facts.database}. Name such a database in FIELDAPP_DATABASE_URL.")
    database_load.refuse_unless_empty(settings.database_url)
    file = settings.office_key_file
    if file.exists() and office_key_name(file) != facts.office_key:
        raise Conflict(f"{file} is another office's key. Choose an empty FIELDAPP_DATA_DIR.")
    file = settings.rescue_key_file
    if file.exists() and rescue_key_name(file) != rescue_key_name(backup / RESCUE_KEY):
        raise Conflict(f"{file} is another key than the backup's: rescue files may need it. Move it elsewhere first.")


def _restore(settings: Settings, folder: Path, backup: Path, facts: Facts) -> list[str]:
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    backup_folder.write_private(settings.office_key_file, (backup / KEY).read_text())
    if (backup / RESCUE_KEY).exists():  # older copies have none
        backup_folder.write_private(settings.rescue_key_file, (backup / RESCUE_KEY).read_text())
    backup_folder.write_private(settings.data_dir / SECRET, (backup / SECRET).read_text())
    copy = backup / backup_folder.DATABASE[facts.database]
    # whatever ends this early, be it a power cut, leaves no database that counts
    with database_load.loaded(copy, settings.database_url) as url, connected(replace(settings, database_url=url)):
        upgrade()
        blobs = open_blob_store(settings.blobs)
        copied = copy_blobs(folder_store(folder / backup_folder.BLOBS), blobs, kept_blobs(session()))
        problems = [*copied.problems, *prove_restored(session(), blobs, facts.counts)]
        rollback()
        begin_writing()
        sessions, uploads = begin_anew(session(), backup.name, now=now())
        commit()
    print(f"{backup}\n{words(facts.counts)}\n{sizes(copied)}")
    print(f"{sessions} sessions ended, {uploads} uploads begin again, the office's key is {facts.office_key}.")
    return problems
