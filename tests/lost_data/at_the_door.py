"""An officer at a door: visits made through the app's own modules in a page of it, and what the office then has."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page
from playwright.sync_api import Route
from sqlalchemy import select

from fieldapp.adapters.blob_store import folder_store
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.models.evidence import Photo
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Submission
from fieldapp.settings import Settings
from tests import people
from tests.live_server import LiveServer
from tests.road.phone import step
from tests.road.phone import take_photo

NOTE = "Knocked three times, waited four minutes."
Draft = dict[str, Any]


def no_network(route: Route) -> None:
    """What a route does where there is no signal."""
    route.abort()


@dataclass
class AtTheDoor:
    """`page` is a page of the app on the officer's phone."""

    live: LiveServer
    page: Page
    officer: User
    person: Supervisee
    stop: Stop

    def open(self) -> "AtTheDoor":
        """A page from which the modules can be had; it sends by itself as every page does."""
        self.page.goto("/outbox")
        self.page.wait_for_selector("[data-outbox]")
        return self

    def begin(self, *photos: bytes) -> Draft:
        """A draft with these photos."""
        draft = {
            "id": str(uuid.uuid4()),
            "officer": str(self.officer.id),
            "supervisee": str(self.person.id),
            "stop": None,
            "place": "home",
            "address": str(people.home(self.person).id),
        }
        draft["id"] = step(self.page, "begin", draft=draft)  # one that was begun at this door goes on
        for content in photos:
            assert take_photo(self.page, draft, str(uuid.uuid4()), content) == sha256(content)
        return draft

    def submit(self, draft: Draft, note: str = NOTE) -> str:
        """Signs and queues the visit; returns the JWS."""
        jws: str = step(self.page, "submit", draft=draft, note=note)["jws"]
        return jws

    def drain(self) -> dict[str, Any]:
        """Sends what waits; the summary."""
        summary: dict[str, Any] = step(self.page, "drain", officer=str(self.officer.id))
        return summary

    def cut_off(self, pattern: str = "**/sync", how: Callable[[Route], None] = no_network) -> None:
        """From here on the road is bad for these addresses."""
        self.page.context.route(pattern, how)

    def connect(self, pattern: str = "**/sync") -> None:
        """The road is good again."""
        self.page.context.unroute(pattern)

    def on_the_phone(self) -> dict[str, list[str]]:
        """The ids of what the phone holds; photos with their bytes proved."""
        look = step(self.page, "look")
        assert all(photo["found"] == photo["sha256"] for photo in look["photos"])
        return {store: [row["id"] for row in rows] for store, rows in look.items()}

    def outbox(self) -> list[dict[str, Any]]:
        """The rows of the outbox."""
        rows: list[dict[str, Any]] = step(self.page, "look")["outbox"]
        return rows

    def nothing_is_left(self) -> None:
        assert self.on_the_phone() == {"drafts": [], "outbox": [], "photos": []}

    def visits(self) -> dict[str, str]:
        """The office's visits: the note of each."""
        with self.live.session() as session:
            return {str(visit.id): visit.outcome_note for visit in session.scalars(select(Visit))}

    def submission(self, draft: Draft) -> Submission:
        with self.live.session() as session:
            return session.get_one(Submission, uuid.UUID(draft["id"]))

    def photos(self, draft: Draft) -> dict[str, str]:
        """The state of each photo of the visit at the office, by the hash of the bytes that it holds there."""
        settings: Settings = self.live.app.config["FIELDAPP"]
        blobs = folder_store(settings.data_dir / "blobs")
        with self.live.session() as session:
            found = session.scalars(select(Photo).where(Photo.visit_id == uuid.UUID(draft["id"])))
            states = {photo.sha256: photo.state for photo in found}
        for digest, state in states.items():
            assert state != "stored" or sha256(b"".join(blobs.chunks(photo_key(digest)))) == digest
        return states


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stored(*photos: bytes) -> dict[str, str]:
    """What the office should say of these photos."""
    return {sha256(content): "stored" for content in photos}
