"""One question of a run after the other: claimed, answered, written down. A kill between two steps loses nothing."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.audit import record
from fieldapp.domain.clock import the_agency
from fieldapp.domain.positions.missing import question_of
from fieldapp.domain.positions.runs import end_run
from fieldapp.domain.positions.runs import open_run
from fieldapp.domain.wire.position import Position
from fieldapp.domain.wire.position import distance_m
from fieldapp.models.address import Address
from fieldapp.models.agency import Agency
from fieldapp.models.lookup import AddressLookup
from fieldapp.models.lookup import GeocoderAnswer
from fieldapp.models.lookup import LookupRun

NEAR_M = 200_000
"""A house number found farther than this from the office is a street of the same name elsewhere, as a rule."""

FIRST_PAUSE_S = 5
LONGEST_PAUSE_S = 15 * 60

Idle = Literal["nothing", "held", "paused"]


@dataclass(frozen=True)
class Question:
    """An address that its holder may ask for now, on one line."""

    run_id: uuid.UUID
    address_id: uuid.UUID
    line: str


def claim(
    session: Session, holder: uuid.UUID, service: str, *, now: dt.datetime, lease: dt.timedelta
) -> Question | Idle:
    """Take the next question of the open run for the time of `lease`; a run without any left is ended.

    "held" while another worker has the run, "paused" while the service is given time, "nothing" without a run.
    """
    run = open_run(session, lock=True)
    if run is None:
        return "nothing"
    if run.holder not in (None, holder) and run.held_until and run.held_until > now:
        return "held"
    if run.next_at and run.next_at > now:
        return "paused"
    row = session.scalars(_left(run).order_by(AddressLookup.tries, AddressLookup.address_id).limit(1)).first()
    if row is None:
        end_run(session, None, run, now=now)
        return "nothing"
    run.holder, run.held_until, run.service = holder, now + lease, service
    return Question(run.id, row.address_id, question_of(session.get_one(Address, row.address_id)))


def settle(session: Session, question: Question, answer: GeocoderAnswer, *, now: dt.datetime) -> None:
    """Write an answer to the address, unless somebody gave it a position meanwhile; the last one ends the run."""
    run = session.get_one(LookupRun, question.run_id)
    run.failures, run.trouble, run.next_at = 0, "", None
    row = session.get_one(AddressLookup, question.address_id, with_for_update=True)
    address = session.get_one(Address, question.address_id, with_for_update=True)
    row.service, row.answered_at, row.matched = answer.service, now, answer.matched
    if address.lat is not None:
        row.state = "placed"
    elif answer.lat is None or answer.lon is None:
        row.state = "unknown"
    else:
        row.state = _quality(answer, the_agency(session))
        address.lat, address.lon, address.position_quality = answer.lat, answer.lon, row.state
        record(session, None, "address.located", address.id, now=now, quality=row.state, service=answer.service)
    session.flush()
    if run.finished_at is None and not session.scalar(select(_left(run).exists())):
        end_run(session, None, run, now=now)


def put_off(session: Session, question: Question, *, now: dt.datetime) -> None:
    """Note that the service did not answer: pause longer each time, and ask for this address after the others."""
    run = session.get_one(LookupRun, question.run_id)
    session.get_one(AddressLookup, question.address_id).tries += 1
    pause = min(FIRST_PAUSE_S * 2 ** min(run.failures, 10), LONGEST_PAUSE_S)
    run.failures, run.trouble, run.next_at = run.failures + 1, "unavailable", now + dt.timedelta(seconds=pause)
    run.holder, run.held_until = None, None


def give_up(session: Session, question: Question, *, now: dt.datetime) -> None:
    """End the run because the service refuses our settings: no further question would fare better."""
    run = session.get_one(LookupRun, question.run_id)
    run.trouble = "refused"
    if run.finished_at is None:
        end_run(session, None, run, now=now)


def release(session: Session, holder: uuid.UUID) -> None:
    """Let others go on at once with what this worker held."""
    run = open_run(session, lock=True)
    if run and run.holder == holder:
        run.holder, run.held_until = None, None


def _left(run: LookupRun) -> Select[AddressLookup]:
    return select(AddressLookup).where(AddressLookup.run_id == run.id, AddressLookup.state == "wanted")


def _quality(answer: GeocoderAnswer, agency: Agency) -> str:
    here = Position("fix", answer.lat, answer.lon)
    far = distance_m(here, agency.office_lat, agency.office_lon)
    return "approximate" if far is not None and far > NEAR_M else answer.quality
