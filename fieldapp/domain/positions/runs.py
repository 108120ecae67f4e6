"""Runs that look up positions: begun by an administrator, stopped, and how far they are."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import local_date
from fieldapp.domain.errors import Conflict
from fieldapp.domain.positions.answers import let_go_of_old_answers
from fieldapp.domain.positions.missing import worth_asking
from fieldapp.models.address import Address
from fieldapp.models.agency import Agency
from fieldapp.models.lookup import AddressLookup
from fieldapp.models.lookup import LookupRun


@dataclass(frozen=True)
class Progress:
    """How far a run is, counted from its addresses."""

    run: LookupRun
    wanted: int
    exact: int
    approximate: int
    unknown: int
    placed: int
    left: int

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return self.run.finished_at is None

    @property
    def total(self) -> int:
        """All addresses of the run."""
        return self.done + self.wanted + self.left

    @property
    def done(self) -> int:
        """Those that need no question any more."""
        return self.exact + self.approximate + self.unknown + self.placed


def begin_run(
    session: Session, actor: Actor | None, service: str, *, now: dt.datetime, limit: int | None = None
) -> LookupRun | None:
    """Want the position of every address that has none (at most `limit`); joins the run that is open, without a pause.

    Returns None where nothing is to be looked up.
    """
    agency = session.scalars(select(Agency).with_for_update()).one()
    run = open_run(session)
    query = select(Address.id).where(worth_asking(local_date(agency.zone, now), service, now)).order_by(Address.id)
    wanted = session.scalars(query.limit(limit)).all()
    if run is None and not wanted:
        return None
    if run is None:
        run = LookupRun(id=uuid.uuid4(), service=service, started_at=now, started_by=actor.id if actor else None)
        session.add(run)
        session.flush()
    run.failures, run.next_at = 0, None
    for address_id in wanted:
        row = session.get(AddressLookup, address_id)
        if row is None:
            session.add(AddressLookup(address_id=address_id, run_id=run.id, service=service))
        else:
            row.run_id, row.state, row.service, row.tries, row.matched = run.id, "wanted", service, 0, ""
    session.flush()
    if wanted:
        record(session, actor, "lookup.begun", run.id, now=now, addresses=len(wanted), service=service)
    return run


def stop_run(session: Session, actor: Actor | None, *, now: dt.datetime) -> None:
    """End the open run; what it found stays, what it did not ask for is left. Raises Conflict where none is open."""
    run = open_run(session, lock=True)
    if run is None:
        raise Conflict("No lookup is under way. Reload this page to see how it ended.")
    end_run(session, actor, run, now=now)


def end_run(session: Session, actor: Actor | None, run: LookupRun, *, now: dt.datetime) -> None:
    """Close a run and audit its counts; old answers go with it."""
    waiting = AddressLookup.run_id == run.id, AddressLookup.state == "wanted"
    session.execute(update(AddressLookup).where(*waiting).values(state="left"))
    run.finished_at, run.holder, run.held_until, run.next_at = now, None, None, None
    let_go_of_old_answers(session, now=now)
    counts = {state: number for state, number in _counts(session, run).items() if number}
    record(session, actor, "lookup.ended", run.id, now=now, **counts)


def open_run(session: Session, *, lock: bool = False) -> LookupRun | None:
    """Return the run that is open, or None; `lock` keeps others from it up to the commit."""
    query = select(LookupRun).where(LookupRun.finished_at.is_(None)).order_by(LookupRun.started_at).limit(1)
    return session.scalars(query.with_for_update() if lock else query).first()


def latest_progress(session: Session) -> Progress | None:
    """Return how far the open run is, else how the last one ended; None where there was none yet."""
    query = select(LookupRun).order_by(LookupRun.finished_at.is_(None).desc(), LookupRun.started_at.desc())
    run = session.scalars(query.limit(1)).first()
    return Progress(run, **_counts(session, run)) if run else None


def _counts(session: Session, run: LookupRun) -> dict[str, int]:
    query = select(AddressLookup.state, func.count()).where(AddressLookup.run_id == run.id)
    found = dict(session.execute(query.group_by(AddressLookup.state)).all())
    return {state: found.get(state, 0) for state in ("wanted", "exact", "approximate", "unknown", "placed", "left")}
