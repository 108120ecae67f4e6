"""Contacts: the four facts of each (method, location, party, status), whatever they came from."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId


class Contact(HasId, Base):
    """One contact with or about a person. Attempted ones are kept but never satisfy a standard.

    `on` is the local date in the agency's zone, by which standards count; `at` the moment in UTC.
    """

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_supervisee_id_on", "supervisee_id", "on"),)

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visit.id"), unique=True)
    at: Mapped[dt.datetime]
    on: Mapped[dt.date]
    method: Mapped[str] = mapped_column(Code)
    location: Mapped[str] = mapped_column(Code)
    party: Mapped[str] = mapped_column(Code)
    status: Mapped[str] = mapped_column(Code)
    outcome: Mapped[str] = mapped_column(Code, default="")
    scheduled: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(Code, default="visit")
