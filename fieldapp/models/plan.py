"""An officer's day: the plan and its ordered stops."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy import false
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

    `left_out` lists who is not in the plan and why, as domain/plans/left_out.py writes it.
    `with_partner`: a second officer comes along that day.
    `travel_source` says whose travel times these are.
    `arranged_at` is when the order of the stops was last decided, `arranged_by` the submission that brought it, None
    for an order made at the office: what was arranged before and arrives later changes nothing.
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
    with_partner: Mapped[bool] = mapped_column(default=False, server_default=false())
    arranged_at: Mapped[dt.datetime | None]
    arranged_by: Mapped[uuid.UUID | None]

    officer: Mapped[User] = relationship()
    stops: Mapped[list["Stop"]] = relationship(
        back_populates="plan", order_by="Stop.position", cascade="all, delete-orphan"
    )


class Stop(HasId, Base):
    """One visit in a plan. Times are UTC, travel is from the stop before.

    `windows` are [[from, to], …] in seconds of the local day; `latest` is a local time by which it must begin.
    `wanted`: list (proposed by the due list), picked (by the officer) or pinned (stays, whatever is planned again).
    `state` is planned or skipped, then `skip_reason` says why in words; whether it was visited is known from the
    visits that name it.
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
    wanted: Mapped[str] = mapped_column(Code, default="picked", server_default="picked")
    latest: Mapped[dt.time | None]
    two_officers: Mapped[bool] = mapped_column(default=False, server_default=false())
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
