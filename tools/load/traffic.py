"""When which phone sends what: everything is signed before the clock starts."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tests.phone import Signed
from tools.load import visits
from tools.load.office import Carried
from tools.load.visits import Photo

# of the new submissions: so many are check-ins and notes, the others visits
CHECK_INS, NOTES = 0.10, 0.04
# beside the new submissions, as a share of them
AGAIN, ALTERED = 0.05, 0.02
JITTER = 0.3


@dataclass(frozen=True)
class Post:
    """A submission at `at` seconds after the start. `apart`: over a new connection, as after a broken one.

    `after`: not before the first submission under the same id is answered.
    """

    at: float
    phone: int
    signed: Signed
    states: tuple[str, ...]
    apart: bool = False
    after: bool = False


@dataclass(frozen=True)
class Bring:
    """A photo's upload at `at` seconds after the start."""

    at: float
    phone: int
    photo: Photo


@dataclass
class Traffic:
    """All that is sent, and what the database must hold of it afterwards."""

    events: list[Post | Bring] = field(default_factory=list)
    new: dict[str, Signed] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    altered: list[tuple[str, Signed]] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)


def plan_traffic(
    office: Sequence[Carried], rate: float, seconds: float, photos_a_second: float, *, seed: int, now: dt.datetime
) -> Traffic:
    """Return `rate` new submissions a second (open loop), `photos_a_second` uploads, and repeats beside them.

    Each phone posts once in its own period, shifted by up to JITTER of it, so that arrivals come in bursts.
    """
    random_ = random.Random(seed)
    made, period = Traffic(), len(office) / rate
    turns = random_.sample(range(len(office)), len(office))
    with_photo = photos_a_second / (rate * (1 - CHECK_INS - NOTES))
    for n in range(round(rate * seconds)):
        at = n / rate + random_.uniform(-JITTER, JITTER) * period
        phone = turns[n % len(turns)]
        _add(made, office[phone], phone, at % seconds, random_, with_photo, now)
    made.events.sort(key=lambda event: event.at)
    return made


def _add(
    made: Traffic, carried: Carried, phone: int, at: float, random_: random.Random, with_photo: float, now: dt.datetime
) -> None:
    drawn = random_.random()
    if drawn < CHECK_INS:
        signed, kind = visits.check_in(carried, random_, now), "check_in"
    elif drawn < CHECK_INS + NOTES:
        signed, kind = visits.note(carried, random_, now), "note"
    else:
        signed, kind = _visit(made, carried, phone, at, random_, with_photo, now), "visit"
    made.new[signed.id], made.kinds[signed.id] = signed, kind
    drawn, first = random_.random(), ("stored",)
    if drawn < AGAIN:
        first = ("stored", "same")
        made.events.append(Post(at + random_.uniform(0, 0.5), phone, signed, first, apart=True))
    elif drawn < AGAIN + ALTERED and kind == "visit":
        other = visits.visit(carried, random_, now, id=signed.id)
        made.altered.append((signed.id, other))
        made.events.append(Post(at + 3, phone, other, ("conflict",), apart=True, after=True))
    made.events.append(Post(at, phone, signed, first))


def _visit(
    made: Traffic, carried: Carried, phone: int, at: float, random_: random.Random, with_photo: float, now: dt.datetime
) -> Signed:
    if random_.random() >= with_photo:
        return visits.visit(carried, random_, now)
    id = str(visits.uuid.UUID(int=random_.getrandbits(128), version=4))
    photo = visits.new_photo(id)
    made.photos.append(photo)
    # most come after the facts, some before them
    made.events.append(Bring(max(0.0, at + random_.uniform(-0.2, 1.0)), phone, photo))
    return visits.visit(carried, random_, now, photo, id)
