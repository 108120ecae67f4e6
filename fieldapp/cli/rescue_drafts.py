"""Sets out the drafts of a rescue file for a person to read: what was begun and never signed, with its photos."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.rescue.contents import Item
from fieldapp.domain.rescue.read import Rescue
from fieldapp.domain.wire.strict_json import parse_json

NOTICE = "A draft: the officer never signed it. It is no submission and proves nothing by itself."
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/heic": ".heic"}


def write_drafts(rescue: Rescue, drafts: list[Item], folder: Path) -> list[Path]:
    """Write each draft and each photo of one as files that only their owner can read; returns their places.

    A file that is there already is left alone. Raises Conflict where the folder cannot be written.
    """
    try:
        return [*_written(rescue, drafts, folder)]
    except OSError as error:
        raise Conflict(f"{error.filename or folder} cannot be written: {error.strerror}.") from error


def _written(rescue: Rescue, drafts: list[Item], folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for item in drafts:
        content = {"notice": NOTICE, "file": str(rescue.contents.file), **_read(rescue.content(item))}
        yield _keep(folder / f"draft-{item.id}.json", [json.dumps(content, indent=1, ensure_ascii=False).encode()])
    wanted = {item.id for item in drafts}
    for photo in rescue.contents.items:
        if photo.kind == "draft_photo" and photo.visit in wanted:
            name = f"draft-{photo.visit}-photo-{photo.id}{ENDINGS.get(photo.media_type, '.bin')}"
            yield _keep(folder / name, rescue.pieces(photo))


def _read(content: bytes) -> dict[str, Any]:
    try:
        found = parse_json(content, "draft")
    except Invalid:
        found = None
    return found if isinstance(found, dict) else {"unreadable": content.decode("utf-8", "replace")}


def _keep(file: Path, pieces: Any) -> Path:
    try:
        with open(file, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as new:
            for piece in pieces:
                new.write(piece)
    except FileExistsError:
        pass
    return file
