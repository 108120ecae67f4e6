"""The worker that looks positions up, in `fieldapp serve` and in `fieldapp geocode`: one step asks one question."""

import datetime as dt
import json
import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from flask import Flask

from fieldapp.adapters.geocoder import make_geocoder
from fieldapp.domain.errors import Invalid
from fieldapp.domain.geocoding import GeocodedPosition
from fieldapp.domain.geocoding import Geocoder
from fieldapp.domain.geocoding import GeocoderUnavailable
from fieldapp.domain.positions.answers import keep_answer
from fieldapp.domain.positions.answers import known_answer
from fieldapp.domain.positions.runs import open_run
from fieldapp.domain.positions.work import Question
from fieldapp.domain.positions.work import claim
from fieldapp.domain.positions.work import give_up
from fieldapp.domain.positions.work import put_off
from fieldapp.domain.positions.work import release
from fieldapp.domain.positions.work import settle
from fieldapp.settings import BadSetting
from fieldapp.settings import Settings
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session

log = logging.getLogger("fieldapp.lookup")

Step = Literal["answered", "unanswered", "refused", "nothing", "held", "paused"]
LOOK_EVERY_S = 2.0
TIMEOUT_S = 5.0
SPARE_S = 5.0
AFTER_TROUBLE_S = 30.0


class LookupWorker:
    """Asks one geocoder, and holds the open run while it does so: two workers never ask for the same address.

    `longest_s` is how long a question may take, the wait for the geocoder's rate included.
    """

    def __init__(self, geocoder: Geocoder, service: str, *, longest_s: float):
        self._geocoder, self._service = geocoder, service
        self._id = uuid.uuid4()
        self._lease = dt.timedelta(seconds=longest_s + SPARE_S)

    def step(self) -> Step:
        """Ask one question, if there is one for us. Everything is committed before and after it."""
        idle = open_run(session()) is None
        rollback()
        if idle:
            return "nothing"
        begin_writing()
        question = claim(session(), self._id, self._service, now=now(), lease=self._lease)
        commit()
        return question if isinstance(question, str) else self._answer(question)

    def release(self) -> None:
        """Let another worker go on at once."""
        begin_writing()
        release(session(), self._id)
        commit()

    def _answer(self, question: Question) -> Step:
        found, failed = None, None
        if not self._known(question.line):
            found, failed = self._ask(question.line)
        begin_writing()
        if failed == "unanswered":
            put_off(session(), question, now=now())
        elif failed == "refused":
            give_up(session(), question, now=now())
        else:
            known = known_answer(session(), self._service, question.line, now=now())
            answer = known or keep_answer(session(), self._service, question.line, found, now=now())
            settle(session(), question, answer, now=now())
        commit()
        return failed or "answered"

    def _known(self, line: str) -> bool:
        known = known_answer(session(), self._service, line, now=now()) is not None
        rollback()
        return known

    def _ask(self, line: str) -> tuple[GeocodedPosition | None, Literal["unanswered", "refused"] | None]:
        try:
            return self._geocoder.locate(line), None
        except GeocoderUnavailable:
            return None, "unanswered"
        except Invalid as error:
            # an address that it cannot read is one that it does not know
            return None, None if "address" in error.errors else "refused"


def make_worker(settings: Settings) -> LookupWorker | None:
    """Return the worker for these settings, None where nobody is to be asked. Raises BadSetting, Invalid."""
    if not settings.geocoding:
        return None
    options, rate = _options(settings), settings.geocoder_per_second
    geocoder = make_geocoder(settings.geocoding, options, per_second=rate)
    timeout = options.get("timeout", TIMEOUT_S)
    longest = (timeout if isinstance(timeout, int | float) else TIMEOUT_S) + 1 / rate
    return LookupWorker(geocoder, settings.geocoding, longest_s=longest)


@contextmanager
def looking_up(app: Flask, settings: Settings) -> Iterator[None]:
    """Look positions up beside what runs inside, where a geocoder is set. Raises BadSetting, Invalid at once."""
    worker = make_worker(settings)
    if worker is None:
        yield
        return
    thread = LookupThread(app, worker)
    thread.start()
    try:
        yield
    finally:
        thread.stop()


class LookupThread:
    """Works beside the server on whatever run is open, for as long as the server runs."""

    def __init__(self, app: Flask, worker: LookupWorker):
        self._app, self._worker = app, worker
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lookup", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the question under way; one that takes long is left to whoever works on the run next."""
        self._over.set()
        self._thread.join(timeout=3)

    def _run(self) -> None:
        while not self._over.wait(self._turn()):
            pass
        with self._app.app_context():
            self._worker.release()

    def _turn(self) -> float:
        """Make one step; returns how many seconds to wait for the next."""
        with self._app.app_context():
            try:
                return 0.0 if self._worker.step() == "answered" else LOOK_EVERY_S
            except Exception as error:  # noqa: BLE001 - the server goes on, and what is wrong may pass
                # the text of an error may quote an address
                log.error("positions cannot be looked up at the moment: %s", type(error).__name__)
                rollback()
                return AFTER_TROUBLE_S


def _options(settings: Settings) -> dict[str, object]:
    try:
        options = json.loads(settings.geocoder_options or "{}")
    except ValueError:
        options = None
    if not isinstance(options, dict):
        raise BadSetting('FIELDAPP_GEOCODER_OPTIONS must be a JSON object, such as {"domain": "geo.example"}.')
    return options
