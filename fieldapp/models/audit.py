"""The audit log: append-only, each entry carrying the hash of the one before."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code


class AuditEntry(Base):
    """Who did what to what, when.

    `sequence` counts from 1 without gaps; `details` hold codes and ids, never personal text.
    """

    __tablename__ = "audit_entry"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    event: Mapped[str] = mapped_column(Code, index=True)
    subject: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, Any]]
    previous: Mapped[str]
    sha256: Mapped[str]
