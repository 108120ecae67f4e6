"""The ledger: what was done on the phone, written down outside of it, so that nothing can be lost unnoticed."""

import hashlib
import io
import json
import threading
from dataclasses import dataclass
from dataclasses import field
from random import Random
from typing import Any

from joserfc import jws
from PIL import Image

from tests.road.office import Caseload
from tests.road.office import new_id

# most photos are small so that many fit into a run; some need several parts of an upload
SMALL, LARGE = (20_000, 300_000), (1_100_000, 2_400_000)
LARGE_SHARE = 0.25


@dataclass
class Visit:
    """A visit that was begun. `note` is its own in all the world, so a second visit made of it would be found."""

    officer: Caseload
    supervisee: str
    address: str
    note: str
    photos: dict[str, bytes]
    stop: str | None = None
    id: str = field(default_factory=new_id)
    check_in: str | None = None
    begun: bool = False
    answered: bool = False
    taken: set[str] = field(default_factory=set)
    submitting: bool = False
    submitted: bool = False
    jws: str | None = None
    sha256s: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """The hashes of the photos are made here and not on the phone."""
        self.sha256s = frozenset(sha256(content) for content in self.photos.values())

    def let_go_of_bytes(self) -> None:
        """The visit is made: its hashes are enough from here on, and hundreds of visits have many photos."""
        self.photos = dict.fromkeys(self.photos, b"")

    @property
    def draft(self) -> dict[str, Any]:
        """What the phone's modules call a draft."""
        about = {"id": self.id, "officer": self.officer.id, "supervisee": self.supervisee, "address": self.address}
        return {**about, "stop": self.stop, "place": "home"}

    def adopt(self, draft: dict[str, Any]) -> None:
        """The page has begun it, and chose its ids."""
        self.id, self.check_in, self.begun = draft["id"], draft["body"]["check_in"], True


@dataclass
class Ledger:
    """All visits of a run in their order, and what went over the road: the watcher is called by the proxy's threads."""

    visits: list[Visit] = field(default_factory=list)
    seen: dict[str, set[str]] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)
    signed_out_answers: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def watch(self, method: str, path: str, body: bytes, status: int, answer: bytes) -> None:
        """Keeps each submission that reached the office, and each receipt that it gave."""
        with self._lock:
            if path == "/sync" and method == "POST":
                for text in json.loads(body)["submissions"]:
                    self.seen.setdefault(payload(text)["id"], set()).add(text)
            if path == "/sync" and status == 200:
                self.receipts += [each["receipt"] for each in json.loads(answer)["results"] if each.get("receipt")]
            if path.startswith("/receipts/") and method == "GET" and status == 200:
                self.receipts.append(answer.decode())
            if status == 401 and path.startswith(("/sync", "/receipts", "/evidence", "/devices")):
                self.signed_out_answers += 1

    @property
    def submitted(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.submitted]


def payload(text: str) -> dict[str, Any]:
    """What a compact JWS says; its signature is not looked at."""
    found: dict[str, Any] = json.loads(jws.extract_compact(text.encode()).payload)
    return found


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def picture(random: Random) -> bytes:
    """A photo that is like no other: a small JPEG, and behind its end as many bytes of noise as a camera would fill."""
    written = io.BytesIO()
    Image.new("RGB", (48, 32), (random.randrange(256), random.randrange(256), 90)).save(written, "JPEG")
    size = random.randint(*(LARGE if random.random() < LARGE_SHARE else SMALL))
    return written.getvalue() + random.randbytes(size)
