"""What happens in the field beside visits: check-ins, stops that were skipped, and notes on a person."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code


class CheckIn(Base):
    """An officer said "I'm here". The id is the submission's."""

    __tablename__ = "check_in"

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    stop_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stop.id", ondelete="SET NULL"))
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("address.id"))
    at: Mapped[dt.datetime]
    position_state: Mapped[str] = mapped_column(Code)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    position_accuracy_m: Mapped[float | None]
    distance_m: Mapped[float | None]


class StopSkip(Base):
    """An officer skipped a stop, or brought it back (`reason` is ""). The id is the submission's.

    `at` is UTC by the office's clock. `stop_id` is None where the plan no longer has the stop. The last one of a stop
    holds; a visit to it counts whatever was skipped.
    """

    __tablename__ = "stop_skip"

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    stop_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stop.id", ondelete="SET NULL"), index=True)
    at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(Code)
    note: Mapped[str] = mapped_column(default="")


class CaseNote(Base):
    """A note on a person (chrono). The id is the submission's."""

    __tablename__ = "case_note"

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    at: Mapped[dt.datetime]
    text: Mapped[str]
