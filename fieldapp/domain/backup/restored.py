"""A restored database before anybody uses it: what cannot go on is ended, and all evidence is proved again."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.domain.audit import first_broken
from fieldapp.domain.audit import record
from fieldapp.domain.backup.kept import count_rows
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.verify import verify_photo
from fieldapp.models.calendar import CalendarFeed
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import Upload
from fieldapp.models.user import SignIn


def prove_restored(session: Session, blobs: BlobStore, counts: Mapping[str, int]) -> list[str]:
    """Return a sentence for each count, audit entry and stored photo that is not as it was when the copy was made."""
    found = count_rows(session)
    problems = [
        f"{found.get(name, 0)} {name} are there, but the copy was made with {number}."
        for name, number in counts.items()
        if found.get(name) != number
    ]
    broken = first_broken(session)
    if broken is not None:
        problems.append(f"The audit log is broken at entry {broken}.")
    return problems + _unproved(session, blobs)


def begin_anew(session: Session, copy: str, *, now: dt.datetime) -> tuple[int, int]:
    """End all sessions and calendar addresses, forget uploads under way and write down which copy this is.

    What was ended since would live again; an upload whose parts are not in the copy is begun again by its
    phone when the office does not know it. Returns how many sessions and uploads.
    """
    open_sessions = select(func.count()).where(SignIn.ended_at.is_(None))
    under_way = select(func.count()).where(Upload.completed_at.is_(None))
    counted = session.scalar(open_sessions) or 0, session.scalar(under_way) or 0
    session.execute(update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=now))
    session.execute(update(CalendarFeed).where(CalendarFeed.ended_at.is_(None)).values(ended_at=now))
    session.execute(delete(Upload).where(Upload.completed_at.is_(None)))
    record(session, None, "backup.restored", copy, now=now, sessions=counted[0], uploads=counted[1])
    return counted


def _unproved(session: Session, blobs: BlobStore) -> list[str]:
    query = select(Photo).where(Photo.state == "stored").order_by(Photo.id).execution_options(yield_per=500)
    proofs = ((photo.id, verify_photo(blobs, photo)) for photo in session.scalars(query))
    return [f"Photo {id}: {proof.words}" for id, proof in proofs if not proof.proved]
