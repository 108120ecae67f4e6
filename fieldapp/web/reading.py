"""Audits that somebody read a person's record: written after the page was made, in a transaction of its own."""

import uuid
from collections.abc import Callable
from collections.abc import Sequence

from flask import Flask
from flask import Response
from flask import g

from fieldapp.domain.audit import record
from fieldapp.domain.people.caseload import note_carrying
from fieldapp.web.actor import actor
from fieldapp.web.actor import is_poll
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import session


def init_reading(app: Flask) -> None:
    """Write the noted readings of a request once its answer is there and is no error."""
    app.after_request(_write)


def note_reading(event: str, subject: uuid.UUID) -> None:
    """Note that the actor read this record; `event` such as `supervisee.read`.

    A page that the phone fetches by itself is not read yet, perhaps never: its event ends in `.carried`. The copy may
    be read without a signal, unseen by the office, until the day pack ends.
    """
    event = f"{event.partition('.')[0]}.carried" if is_poll() else event
    _note(lambda: record(session(), actor(), event, subject, now=now()))


def note_caseload(people: Sequence[uuid.UUID]) -> None:
    """Note that the phone was given what it needs for a visit to each of these people."""
    _note(lambda: note_carrying(session(), actor(), people, now=now()))


def _note(work: Callable[[], object]) -> None:
    g.setdefault("readings", []).append(work)


def _write(answer: Response) -> Response:
    readings: list[Callable[[], object]] = g.pop("readings", [])
    if readings and answer.status_code < 400:
        session().rollback()
        begin_writing()
        for write in readings:
            write()
        commit()
    return answer
