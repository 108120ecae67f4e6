"""An officer's day: the plan and its ordered stops."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from fieldapp.models.address import Address
from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User


class DayPlan(HasId, Base):
    """One officer's plan for one local date. `state` is draft or accepted; times of day are local.

    `left_out` lists what did not fit: {supervisee, address, reason, words}.
    `travel_source` says whose travel times these are.
    """

    __tablename__ = "day_plan"
    __table_args__ = (UniqueConstraint("officer_id", "on"),)

    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    on: Mapped[dt.date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(Code, default="draft")
    accepted_at: Mapped[dt.datetime | None]
    start: Mapped[dt.time]
    end: Mapped[dt.time]
    start_label: Mapped[str]
    start_lat: Mapped[float]
    start_lon: Mapped[float]
    end_label: Mapped[str]
    end_lat: Mapped[float]
    end_lon: Mapped[float]
    lunch_minutes: Mapped[int] = mapped_column(default=0)
    lunch_earliest: Mapped[dt.time | None]
    lunch_latest: Mapped[dt.time | None]
    lunch_at: Mapped[dt.datetime | None]
    back_at: Mapped[dt.datetime | None]
    travel_m: Mapped[int] = mapped_column(default=0)
    travel_source: Mapped[str] = mapped_column(Code, default="estimate")
    left_out: Mapped[list[Any]] = mapped_column(default=list)

    officer: Mapped[User] = relationship()
    stops: Mapped[list["Stop"]] = relationship(
        back_populates="plan", order_by="Stop.position", cascade="all, delete-orphan"
    )


class Stop(HasId, Base):
    """One visit in a plan. Times are UTC, travel is from the stop before.

    `windows` are [[from, to], …] in seconds of the local day.
    `state` is planned or skipped; whether it was visited is known from the visits that name it.
    """

    __tablename__ = "stop"

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("day_plan.id"), index=True)
    position: Mapped[int]
    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("address.id"))
    place: Mapped[str] = mapped_column(Code)
    purpose: Mapped[str]
    due_on: Mapped[dt.date | None]
    minutes: Mapped[int]
    priority: Mapped[int] = mapped_column(default=0)
    windows: Mapped[list[Any]] = mapped_column(default=list)
    arrive_at: Mapped[dt.datetime | None]
    leave_at: Mapped[dt.datetime | None]
    travel_s: Mapped[int] = mapped_column(default=0)
    travel_m: Mapped[int] = mapped_column(default=0)
    outside: Mapped[str] = mapped_column(default="")
    fits_at: Mapped[dt.datetime | None]
    state: Mapped[str] = mapped_column(Code, default="planned")
    skip_reason: Mapped[str] = mapped_column(default="")

    plan: Mapped[DayPlan] = relationship(back_populates="stops")
    supervisee: Mapped[Supervisee] = relationship()
    address: Mapped[Address] = relationship()
