"""A visit without signal, from one page opened online to the office's receipt, in whatever browser it is told."""

import hashlib
from pathlib import Path

from fieldapp.models.evidence import Photo
from fieldapp.models.plan import Stop
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Submission
from tests import people
from tests.browser.phone_visit import PICTURE
from tests.engines.engine import Engine
from tests.engines.engine import rows
from tests.engines.engine import see
from tests.live_server import LiveServer

READY = "Ready for no signal: "
FACE_TO_FACE = [
    ("residence.supervisee_seen", "Face to face"),
    ("residence.identity", "Known to me"),
    ("residence.lives_here", "Verified"),
    ("residence.evidence", "Mail"),
    ("residence.changes", "No"),
]


def get_ready(phone: Engine, officer: User) -> None:
    """Signs in, and waits on the very first page of the app until it says that the whole day is on the phone."""
    phone.open("/today")
    sign_in(phone, officer)
    kept, total = see(phone, "[data-pack][data-tone=ok]", READY).removeprefix(READY).split(" of ")
    assert kept == total
    assert not phone.run("return Boolean(document.querySelector('[data-update]'))"), "a first version is not a new one"


def sign_in(phone: Engine, officer: User) -> None:
    """On the sign-in page, which leads back to the page that was asked for."""
    phone.write("[name=email]", officer.email)
    phone.write("[name=password]", people.PASSWORD)
    phone.tap("button", "Sign in")


def visit_without_signal(phone: Engine) -> None:
    """Opens the next stop from Today, answers all that a home visit asks, takes a photo, signs, submits."""
    phone.open("/today")
    see(phone, "[data-kept-line]", "As of ")
    see(phone, "[data-pack][data-tone=ok]")  # what the phone lays over the page is there: nothing moves any more
    phone.tap(".next a", "Briefing")
    phone.tap("a", "I’m here")
    see(phone, "[data-header]", "Saved on this phone")  # the visit has begun, and nothing moves any more
    phone.tap("#outcome .choice", "Seen inside")
    answer_all(phone)
    phone.write("[name=narrative]", "Nothing to report.")
    phone.tap("label.check", "I made this record")
    see(phone, "[data-submit][aria-disabled=false]")
    phone.tap("[data-submit]")
    see(phone, "[data-whereabouts]", "On this phone")
    assert not rows(phone, "drafts"), "the draft became a submission"
    assert rows(phone, "photos"), "the photo waits beside it"
    phone.open("/today")
    see(phone, "[data-on-phone]", "Visit made, on this phone")


def answer_all(phone: Engine) -> None:
    """Nothing found: what a thumb does, section by section."""
    phone.tap("[data-next]", "Start checklist")
    choose(phone, "arrival.address_confirmed", "Yes")
    phone.tap("[data-next]", "Next: Safety")
    phone.tap("[data-rest=safety]")
    for item, words in FACE_TO_FACE:
        choose(phone, item, words)
    phone.tap("[data-next]", "Next: People")
    phone.tap("[data-rest=people]")
    choose(phone, "home.habitability", "Adequate")
    phone.tap("[data-rest=home]")
    take_photo(phone)
    for section in ("compliance", "asked"):
        phone.tap(f"[data-rest={section}]")


def take_photo(phone: Engine) -> None:
    """One of the house, between two questions."""
    phone.tap(".rail a[href='#photos']")
    phone.attach(".dock [data-photo=camera]", Path(PICTURE))
    see(phone, "#photos .photo", "On this phone")
    phone.tap("a[data-photos-done]")


def choose(phone: Engine, item: str, words: str) -> None:
    phone.tap(f"[id='{item}'] label:has(> input)", words)


def send_now(phone: Engine) -> None:
    """On the outbox with the office in reach: "Send now", until nothing is left on the phone."""
    see(phone, "[data-none]:not([hidden]), [data-send-now]")
    if phone.run("return !document.querySelector('[data-list=waiting]').hidden"):
        phone.tap("[data-send-now]")
    see(phone, "[data-none]", "Everything is with the office")
    assert not rows(phone, "outbox"), "the phone lets go of what the office has proved to hold"
    assert not rows(phone, "photos"), "and of its photos"


def office_has_it_once(live: LiveServer, stop: Stop) -> None:
    """One visit of this stop, one check-in, one photo whose bytes are those of the file."""
    content = Path(PICTURE).read_bytes()
    with live.session() as session:
        (visit,) = session.query(Visit).all()
        (photo,) = session.query(Photo).all()
        sent = sorted(one.kind for one in session.query(Submission).all())
        assert (visit.stop_id, visit.outcome, sent) == (stop.id, "contact_inside", ["check_in", "visit"])
        assert (photo.state, photo.sha256) == ("stored", hashlib.sha256(content).hexdigest())
        kept = live.app.config["FIELDAPP"].data_dir / "blobs" / "photos" / photo.sha256[:2] / photo.sha256
    assert kept.read_bytes() == content
