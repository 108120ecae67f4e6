"""Audits that somebody read a person's record: written after the page was made, in a transaction of its own."""

import uuid

from flask import Flask
from flask import Response
from flask import g

from fieldapp.domain.audit import record
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import session


def init_reading(app: Flask) -> None:
    """Write the noted readings of a request once its answer is there and is no error."""
    app.after_request(_write)


def note_reading(event: str, subject: uuid.UUID) -> None:
    """Note that the actor read this record; `event` such as `supervisee.read`."""
    g.setdefault("readings", []).append((event, subject))


def _write(answer: Response) -> Response:
    readings = g.pop("readings", [])
    if readings and answer.status_code < 400:
        session().rollback()
        begin_writing()
        for event, subject in readings:
            record(session(), actor(), event, subject, now=now())
        commit()
    return answer
