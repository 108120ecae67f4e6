"""Signs what a day brings: visits with some 30 answers, check-ins, notes, and photos for some of the visits."""

import datetime as dt
import hashlib
import io
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.checklist.template import Item
from tests.phone import Signed
from tests.phone import iso
from tools.load.office import Carried
from tools.load.office import Person

PHOTO_BYTES = 256 * 1024
NARRATIVE = "Spoke at the table. Looking for work, two applications this week. No concerns. Next visit agreed. "


@dataclass(frozen=True)
class Photo:
    """A photo of a visit; its bytes are made again from its id when they are sent."""

    id: str
    visit: str
    sha256: str


def visit(
    carried: Carried, random: random.Random, now: dt.datetime, photo: Photo | None = None, id: str = ""
) -> Signed:
    """A home visit: nine of ten found the person in, one of ten nobody."""
    person, found = random.choice(carried.people), random.random() < 0.9
    arrived = now - dt.timedelta(minutes=random.uniform(20, 300))
    left = arrived + dt.timedelta(minutes=random.uniform(6, 25))
    body = {
        "supervisee": str(person.id),
        "stop": None,
        "place": "home",
        "address": str(person.address),
        "arrived_at": iso(arrived),
        "left_at": iso(left),
        "certified_at": iso(left),
        "scheduled": False,
        "reason": "standard",
        "accompanied_by": [],
        "position": _position(person, random, arrived),
        "outcome": "contact_inside" if found else "no_one_home",
        "outcome_note": "" if found else "Knocked three times, waited four minutes.",
        "checklist": {"key": "home", "version": 1},
        "answers": list(_answers(random, arrived)) if found else [],
        "rows": {"people.persons": [], "observations.items": []} if found else {},
        "photos": [_claim(photo, person, random, arrived)] if photo else [],
        "narrative": NARRATIVE * random.randint(1, 6) if found else "",
    }
    return carried.phone.submission("visit", body, made_at=iso(left), id=id or str(uuid.uuid4()))


def check_in(carried: Carried, random: random.Random, now: dt.datetime) -> Signed:
    """“I'm here”."""
    person = random.choice(carried.people)
    body = {
        "supervisee": str(person.id), "stop": None, "address": str(person.address),
        "position": _position(person, random, now),
    }  # fmt: skip
    return carried.phone.submission("check_in", body, made_at=iso(now))


def note(carried: Carried, random: random.Random, now: dt.datetime) -> Signed:
    """A line to be kept about a person."""
    body = {"supervisee": str(random.choice(carried.people).id), "text": "Called to say the bus is late."}
    return carried.phone.submission("note", body, made_at=iso(now))


def new_photo(visit: str) -> Photo:
    """A photo of its own for a visit."""
    id = str(uuid.uuid4())
    return Photo(id, visit, hashlib.sha256(photo_bytes(id)).hexdigest())


def photo_bytes(id: str) -> bytes:
    """A real JPEG of PHOTO_BYTES that no other photo equals: a comment (T.81, COM) names it, padding ends it."""
    picture, name = _picture(), id.encode()
    named = picture[:2] + b"\xff\xfe" + (len(name) + 2).to_bytes(2) + name + picture[2:]
    return named + bytes(PHOTO_BYTES - len(named))


@cache
def _picture() -> bytes:
    """Noise, the largest side that fits: the worst that a picture of this size can ask of a decoder."""
    for width in range(1200, 200, -40):
        made = io.BytesIO()
        Image.effect_noise((width, width * 3 // 4), 60).convert("RGB").save(made, "JPEG", quality=70)
        if made.tell() < PHOTO_BYTES - 100:
            return made.getvalue()
    raise ValueError("no picture is small enough")


def _answers(random: random.Random, at: dt.datetime) -> Iterator[dict[str, Any]]:
    template = shipped_library().exact("home", 1)
    for section in template.sections:
        if (section.outcomes is not None and "contact_inside" not in section.outcomes) or section.key == "collateral":
            continue
        for item in section.items:
            value = _value(item)
            if value is None:
                continue
            given = {"item": item.id, "value": value, "answered_by": "tap", "at": iso(at)}
            if item.clear == "no" and "photo" not in item.marks.get("yes", ()) and random.random() < 0.03:
                given |= {"value": "yes", "note": "Seen on the way in."}
            yield given


def _value(item: Item) -> Any:
    """What is answered where nothing is wrong; None for what is left out."""
    if item.only_with_condition or (item.show_if and item.id != "residence.evidence"):
        return None
    if item.type == "four_way":
        return item.clear or ("no" if "yes" in item.marks else "yes")
    if item.type == "choice":
        return item.clear or item.values[0]
    return [item.values[0], item.values[2]] if item.type == "several" else None


def _position(person: Person, random: random.Random, at: dt.datetime) -> dict[str, Any]:
    off = random.uniform(-0.0004, 0.0004)
    return {"state": "fix", "lat": person.lat + off, "lon": person.lon, "accuracy_m": 9.0, "taken_at": iso(at)}


def _claim(photo: Photo, person: Person, random: random.Random, at: dt.datetime) -> dict[str, Any]:
    return {
        "id": photo.id, "item": "visit", "sha256": photo.sha256, "bytes": PHOTO_BYTES, "media_type": "image/jpeg",
        "taken_at": iso(at), "position": _position(person, random, at), "caption": "", "source": "camera",
        "no_position_reason": "",
    }  # fmt: skip
