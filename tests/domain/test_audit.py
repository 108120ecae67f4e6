"""The audit log: numbered without gaps, chained, and any tampering is found."""

import concurrent.futures
import datetime as dt

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.domain.audit import first_broken
from fieldapp.domain.audit import record
from fieldapp.models.audit import AuditEntry
from fieldapp.models.engine import make_engine
from tests import people


def fill(session: Session, number: int = 5) -> None:
    who = people.actor(people.officer(session))
    for index in range(number):
        record(session, who, "visit.stored", f"subject {index}", now=people.NOW, photos=index)


def test_entries_are_numbered_and_the_chain_is_whole(session: Session) -> None:
    fill(session)
    assert session.scalars(select(AuditEntry.sequence).order_by(AuditEntry.sequence)).all() == [1, 2, 3, 4, 5]
    session.expire_all()
    assert first_broken(session) is None


def test_a_changed_entry_is_found(session: Session) -> None:
    fill(session)
    session.execute(update(AuditEntry).where(AuditEntry.sequence == 3).values(event="other"))
    session.expire_all()
    assert first_broken(session) == 3


def test_a_removed_entry_is_found(session: Session) -> None:
    fill(session)
    session.execute(delete(AuditEntry).where(AuditEntry.sequence == 2))
    session.expire_all()
    assert first_broken(session) == 2


def test_a_moved_time_is_found(session: Session) -> None:
    fill(session)
    later = people.NOW + dt.timedelta(microseconds=1)
    session.execute(update(AuditEntry).where(AuditEntry.sequence == 5).values(at=later))
    session.expire_all()
    assert first_broken(session) == 5


def test_entries_written_at_the_same_time_make_one_chain(database_url: str) -> None:
    engine = make_engine(database_url)

    def write(number: int) -> None:
        with Session(engine) as session:
            session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            record(session, None, "sign_in.failed", str(number), now=people.NOW)
            session.commit()

    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(24)))
    with Session(engine) as session:
        assert len(session.scalars(select(AuditEntry)).all()) == 24
        assert first_broken(session) is None
    engine.dispose()
