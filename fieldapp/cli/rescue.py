"""`fieldapp rescue`: brings in what a phone that cannot send has saved into a locked file."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fieldapp.adapters.blob_store import open_blob_store
from fieldapp.adapters.images import PillowPictures
from fieldapp.adapters.office_keys import read_office_key
from fieldapp.adapters.office_keys import read_rescue_key
from fieldapp.adapters.roads import open_roads
from fieldapp.cli.database import check_ready
from fieldapp.cli.database import connected
from fieldapp.cli.parsers import Subparsers
from fieldapp.cli.rescue_drafts import write_drafts
from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Invalid
from fieldapp.domain.evidence.complete import assemble
from fieldapp.domain.evidence.complete import finish_upload
from fieldapp.domain.evidence.uploads import drop_parts
from fieldapp.domain.rescue.bring_in import begin_photo
from fieldapp.domain.rescue.bring_in import bring_submissions
from fieldapp.domain.rescue.bring_in import is_known
from fieldapp.domain.rescue.bring_in import officer_behind
from fieldapp.domain.rescue.bring_in import photo_state
from fieldapp.domain.rescue.contents import Item
from fieldapp.domain.rescue.read import Rescue
from fieldapp.domain.rescue.read import read_rescue
from fieldapp.domain.wire.receive import SIGNED_OFF
from fieldapp.domain.wire.received import Office
from fieldapp.settings import Settings
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session

HELD = ("stored", "same", "conflict", "set_aside")
NO_VISIT = "The office holds no visit of this officer that names it. It stays in the file."


@dataclass(frozen=True)
class Import:
    """One import while it is worked on."""

    rescue: Rescue
    actor: Actor
    office: Office


def add_rescue(subparsers: Subparsers) -> None:
    """Add `rescue` with its own command import."""
    parser = subparsers.add_parser("rescue", help="bring in the rescue file of a phone that cannot send")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    importing = commands.add_parser(
        "import",
        help="bring in submissions and photos from a rescue file",
        description="Opens a rescue file, proves all of it, and brings in each submission and photo as if the phone "
        "had sent them. The same file twice, or the phone sending later, changes nothing. Drafts were never signed: "
        "they are not imported, but can be written out for a person to read. docs/guides/rescue-files.md says more.",
    )
    importing.add_argument("file", type=Path, metavar="FILE", help="as the outbox page of the phone has saved it")
    importing.add_argument("--drafts", type=Path, metavar="FOLDER", help="write unsigned drafts and their photos there")
    importing.add_argument(
        "--vouch", action="store_true",
        help="you answer for it that the file is from this officer's phone, though the phone is unknown or signed off",
    )  # fmt: skip
    importing.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    """Bring in one file; 1 where anything of it is not with the office now."""
    settings = from_environment()
    with _opened(args.file) as file:
        rescue = read_rescue(file, read_rescue_key(settings.rescue_key_file, make=False))
        with connected(settings):
            check_ready()
            failed = _bring_in(rescue, settings, vouched=args.vouch)
            drafts = [item for item in rescue.contents.items if item.kind == "draft"]
            if drafts:
                _set_out(rescue, drafts, args.drafts)
    return 1 if failed else 0


def _bring_in(rescue: Rescue, settings: Settings, *, vouched: bool) -> int:
    begin_writing()
    actor, email = officer_behind(session(), rescue.contents, vouched=vouched, now=now())
    agency = the_agency(session())
    travel = open_roads(settings.roads_url, settings.database_url).known_travel(agency)
    office = Office(agency, shipped_library(), open_blob_store(settings.blobs), PillowPictures(), travel)
    key = read_office_key(settings.office_key_file)
    results = bring_submissions(session(), actor, rescue, office, key, vouched=vouched, now=now())
    commit()
    contents = rescue.contents
    print(f"Made {contents.made_at:%Y-%m-%d %H:%M} UTC on the phone of {email}, key {contents.kid}.")
    states = []
    for item, result in results:
        _say(result.state, "submission", item, result.reason)
        states.append(result.state in HELD)
    work = Import(rescue, actor, office)
    photos = [item for item in contents.items if item.kind == "photo"]
    states += [_bring_photo(work, item) for item in photos]
    if not vouched and any(result.reason == SIGNED_OFF for _item, result in results):
        print("What a phone signed before it was signed off comes in with --vouch, if you answer for it.")
    print(f"{len(results)} submissions and {len(photos)} photos: {sum(states)} are with the office.")
    return len(states) - sum(states)


def _bring_photo(work: Import, item: Item) -> bool:
    """Bring one photo; parts and joining happen while nobody waits for the database, as with an upload."""
    if not is_known(session(), work.actor, item.visit):
        _say("left out", "photo", item, NO_VISIT)
        return False
    rollback()
    begin_writing()
    blobs = work.office.blobs
    last, older = begin_photo(session(), work.actor, blobs, work.rescue, item, now=now())
    commit()
    drop_parts(blobs, older)
    if last:
        original = assemble(blobs, work.office.pictures, last)
        begin_writing()
        finish_upload(session(), work.actor, blobs, work.office.pictures, original, now=now())
        commit()
        drop_parts(blobs, [last.upload_id])
    state = photo_state(session(), work.actor, item)
    _say(state if last else "same", "photo", item)
    return state == "stored"


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    try:
        with file.open("rb") as opened:
            yield opened
    except OSError as error:
        raise Invalid({"file": f"{error.filename or file} cannot be read or written: {error.strerror}."}) from error


def _set_out(rescue: Rescue, drafts: list[Item], folder: Path | None) -> None:
    for item in drafts:
        _say("unsigned", "draft", item, "Never signed by the officer, so it is not imported.")
    if folder is None:
        print("Add --drafts FOLDER to write the drafts out, readable by you only.")
        return
    written = write_drafts(rescue, drafts, folder)
    begin_writing()
    record(session(), None, "rescue.drafts_read", rescue.contents.file, now=now(), drafts=len(drafts))
    commit()
    print("\n".join(f"Written: {place}" for place in written))


def _say(state: str, what: str, item: Item, reason: str = "") -> None:
    print(f"{state:<12}{what} {item.id}{f'  {reason}' if reason else ''}")
