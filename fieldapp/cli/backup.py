"""`fieldapp backup`: everything the office holds, copied while it runs."""

import argparse
import importlib.metadata
import shutil
from collections.abc import Sequence
from pathlib import Path

from fieldapp.adapters import backup_folder
from fieldapp.adapters import database_copy
from fieldapp.adapters.backup_folder import Facts
from fieldapp.adapters.blob_store import folder_store
from fieldapp.adapters.blob_store import open_blob_store
from fieldapp.cli.copies import KEY
from fieldapp.cli.copies import RESCUE_KEY
from fieldapp.cli.copies import SECRET
from fieldapp.cli.copies import office_key_name
from fieldapp.cli.copies import sizes
from fieldapp.cli.copies import tell
from fieldapp.cli.copies import words
from fieldapp.cli.database import writing
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.audit import record
from fieldapp.domain.backup.copy import copy_blobs
from fieldapp.domain.backup.kept import KeptBlob
from fieldapp.domain.backup.kept import count_rows
from fieldapp.domain.backup.kept import kept_blobs
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.files import let_go_of_old_files
from fieldapp.settings import Settings
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import session


def add_backup(subparsers: Subparsers) -> None:
    """Add the command."""
    backup = subparsers.add_parser(
        "backup",
        help="copy database, photos and keys into a folder, while the app runs",
        description="Copies the database, then every photo that it names, then the keys into FOLDER. The same folder "
        "again copies only new photos. FOLDER holds personal data and the office's private keys: guard it.",
    )
    backup.add_argument("folder", type=Path, metavar="FOLDER", help="where backups are kept, made if need be")
    backup.add_argument("--keep", type=int, metavar="N", help="remove all but the newest N copies; photos all stay")
    backup.set_defaults(run=run_backup)


def run_backup(args: argparse.Namespace) -> int:
    """Back up; 1 where a photo could not be copied."""
    if args.keep is not None and args.keep < 1:
        raise Invalid({"--keep": "--keep must be at least 1."})
    settings = from_environment()
    if args.folder.resolve().is_relative_to(settings.data_dir.resolve()):
        raise Conflict("A backup in the data folder is lost together with it. Choose a folder elsewhere.")
    with writing(settings) as database:
        # backups run all day, and what must not be kept must not be copied either
        let_go_of_old_files(database, now=now())
        commit()
        try:
            problems = _back_up(settings, args.folder)
            gone = backup_folder.prune(args.folder, args.keep) if args.keep and not problems else []
        except OSError as error:
            raise Conflict(f"{error.filename or args.folder} cannot be written: {error.strerror}.") from None
    for name in gone:
        print(f"Removed {name}.")
    return tell(problems, "The backup lacks what is named above; everything else is in it.")


def _back_up(settings: Settings, folder: Path) -> Sequence[str]:
    begun = backup_folder.begin(folder, now())
    try:
        file = begun / backup_folder.DATABASE[database_copy.kind_of(settings.database_url)]
        # the database first: a blob is stored before a row names it, so all that the copy names is there by now
        with database_copy.copied(settings.database_url, file) as copy:
            counts, wanted = count_rows(copy), kept_blobs(copy)
        file.chmod(0o600)
        copied = copy_blobs(open_blob_store(settings.blobs), folder_store(folder / backup_folder.BLOBS), wanted)
        made = backup_folder.finish(begun, _keys_and_facts(settings, begun, counts), _proved(wanted))
    except BaseException:
        shutil.rmtree(begun, ignore_errors=True)
        raise
    begin_writing()
    record(session(), None, "backup.made", made.name, now=now(), blobs=copied.blobs, problems=len(copied.problems))
    commit()
    print(f"{made}\n{words(counts)}\n{sizes(copied)}")
    return copied.problems


def _keys_and_facts(settings: Settings, begun: Path, counts: dict[str, int]) -> Facts:
    key = office_key_name(settings.office_key_file)
    backup_folder.write_private(begun / KEY, settings.office_key_file.read_text())
    if settings.rescue_key_file.exists():
        backup_folder.write_private(begun / RESCUE_KEY, settings.rescue_key_file.read_text())
    backup_folder.write_private(begun / SECRET, settings.secret_key)
    kind, version = database_copy.kind_of(settings.database_url), importlib.metadata.version("fieldapp")
    return Facts(version, now().isoformat(timespec="seconds"), kind, key, counts)


def _proved(blobs: Sequence[KeptBlob]) -> list[tuple[str, str]]:
    return [(blob.key, blob.sha256) for blob in blobs if blob.sha256]
