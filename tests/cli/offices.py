"""An office as the program runs it, with settings from the environment: an officer, a phone, visits with photos."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.app import create_app
from fieldapp.models.engine import make_engine
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import SignIn
from fieldapp.models.user import User
from fieldapp.settings import from_environment
from fieldapp.web.database import db
from tests import people
from tests.phone import Phone
from tests.phone import Signed
from tests.phone import photo


def sha256(content: bytes) -> str:
    """The SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def picture(number: int) -> bytes:
    """A small JPEG; another number is another picture."""
    written = io.BytesIO()
    Image.new("RGB", (64, 48), (number * 40 % 256, number % 256, 90)).save(written, "JPEG")
    return written.getvalue()


@dataclass
class Office:
    """A running app with a signed-in phone. `sent` pairs each visit with its photo's bytes."""

    app: Any
    officer: User
    phone: Phone
    person: Supervisee
    sent: list[tuple[Signed, bytes]]

    def send(self) -> Signed:
        """A visit with a photo, sent and uploaded."""
        content = picture(len(self.sent))
        shown = photo(content)
        visit = self.phone.visit(self.person, photos=[shown])
        assert self.phone.sync(visit)[0]["state"] == "stored"
        self.phone.upload(visit, shown, content)
        self.sent.append((visit, content))
        return visit

    def begin_upload(self) -> str:
        """An upload of which half has arrived; returns its address."""
        content = picture(200)
        shown = photo(content)
        visit = self.phone.visit(self.person, photos=[shown])
        self.phone.sync(visit)
        url = str(self.phone.begin_upload(visit, shown, len(content)).headers["Location"])
        assert self.phone.patch(url, 0, content[: len(content) // 2]).status_code == 204
        return url

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()


def open_office() -> Office:
    """The office that the settings name, which `fieldapp setup` has made, with one officer's phone."""
    settings = from_environment()
    app = create_app(settings, FIELDAPP_CLOCK=lambda: people.NOW, SESSION_COOKIE_SECURE=False)
    engine = make_engine(settings.database_url)
    with Session(engine, expire_on_commit=False) as session:
        officer = people.officer(session)
        person = people.supervisee(session, officer)
        session.commit()
    engine.dispose()
    phone = Phone(people.sign_in(app.test_client(), officer), officer.id)
    assert phone.enrol().status_code == 200
    return Office(app, officer, phone, person, [])


def photos_of(url: str) -> dict[str, str]:
    """The state of each photo by its SHA-256."""
    return dict(rows(url, select(Photo.sha256, Photo.state)))


def open_sessions_and_uploads(url: str) -> tuple[int, int]:
    """How many sessions live and how many uploads are under way."""
    sessions = rows(url, select(SignIn.id).where(SignIn.ended_at.is_(None)))
    return len(sessions), len(rows(url, select(Upload.id).where(Upload.completed_at.is_(None))))


def original(store: Path, content_sha256: str) -> Path:
    """Where an original lies in a folder of blobs."""
    return store / "photos" / content_sha256[:2] / content_sha256


def rows(url: str, query: Any) -> list[Any]:
    """What a query finds in the database at this address."""
    engine = make_engine(url)
    with Session(engine) as session:
        found = list(session.execute(query))
    engine.dispose()
    return found
