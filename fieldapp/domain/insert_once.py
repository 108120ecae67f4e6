"""Insert-or-leave through a unique key: parallel posts of the same thing make one row, without asking first."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from fieldapp.models.base import Base

INSERTS: Mapping[str, Callable[[Any], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_once(session: Session, model: type[Base], key: Sequence[str], **values: Any) -> bool:
    """Insert a row unless one with the same unique `key` columns is there; says whether it was inserted.

    On PostgreSQL it waits for a parallel transaction that holds the key: after False, the other row is committed.
    """
    insert = INSERTS[session.get_bind().dialect.name]
    table = model.__table__
    made = insert(table).values(**values).on_conflict_do_nothing(index_elements=key)
    return session.execute(made.returning(table.c[key[0]])).first() is not None
