"""Contact standards as dated rows, and approved exceptions from them."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId
from fieldapp.models.level import SupervisionLevel


class ContactStandard(HasId, Base):
    """One version of one contact standard, as `domain/due/standard.py` explains its fields.

    An empty list accepts every value. Units: day, business_day, week, month, quarter, year.
    """

    __tablename__ = "contact_standard"
    __table_args__ = (UniqueConstraint("key", "effective_from"),)

    key: Mapped[str] = mapped_column(Code)
    label: Mapped[str]
    place: Mapped[str] = mapped_column(Code, default="")
    level_key: Mapped[str | None] = mapped_column(ForeignKey("supervision_level.key"))
    case_types: Mapped[list[str]] = mapped_column(default=list)
    cadence: Mapped[str] = mapped_column(Code)
    effective_from: Mapped[dt.date]
    effective_to: Mapped[dt.date | None]

    locations: Mapped[list[str]] = mapped_column(default=list)
    methods: Mapped[list[str]] = mapped_column(default=list)
    parties: Mapped[list[str]] = mapped_column(default=list)
    outcomes: Mapped[list[str]] = mapped_column(default=list)
    positive_only: Mapped[bool] = mapped_column(default=False)

    count: Mapped[int] = mapped_column(default=1)
    period_number: Mapped[int | None]
    period_unit: Mapped[str | None] = mapped_column(Code)
    positive_count: Mapped[int] = mapped_column(default=0)
    unscheduled_count: Mapped[int] = mapped_column(default=0)
    weekend_is_unscheduled: Mapped[bool] = mapped_column(default=False)
    each_month: Mapped[bool] = mapped_column(default=False)

    initial_number: Mapped[int | None]
    initial_unit: Mapped[str | None] = mapped_column(Code)
    initial_aim: Mapped[int | None]
    initial_positive: Mapped[bool] = mapped_column(default=False)

    event: Mapped[str | None] = mapped_column(Code)
    event_number: Mapped[int | None]
    event_unit: Mapped[str | None] = mapped_column(Code)

    soon_days: Mapped[int] = mapped_column(default=7)
    citation: Mapped[str] = mapped_column(default="")

    level: Mapped[SupervisionLevel | None] = relationship(lazy="joined")


class StandardException(HasId, Base):
    """An approved deviation: one occurrence of one standard is moved to `until` or, without it, waived."""

    __tablename__ = "standard_exception"

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    standard_key: Mapped[str] = mapped_column(Code)
    due_on: Mapped[dt.date]
    until: Mapped[dt.date | None]
    reason: Mapped[str]
    approved_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[dt.datetime]
