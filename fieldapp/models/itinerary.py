"""What the office decides about an officer's day: reviews of a plan, and stops moved to another officer."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User


class PlanReview(HasId, Base):
    """One decision about a plan; that with the highest number, from 1, holds.

    `decision`: approved, sent_back (with words), or sent: the officer asks anew. `stops` are the visits that were
    approved, each as `<supervisee>:<place>`: what came into the plan afterwards is not approved by it.
    """

    __tablename__ = "plan_review"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("day_plan.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[dt.datetime]
    decision: Mapped[str] = mapped_column(Code)
    words: Mapped[str] = mapped_column(default="")
    stops: Mapped[list[Any]] = mapped_column(default=list)

    plan: Mapped[DayPlan] = relationship()
    by: Mapped[User] = relationship()


class StopMove(HasId, Base):
    """A visit of that local date that the office took from one officer's plan into another's."""

    __tablename__ = "stop_move"

    on: Mapped[dt.date] = mapped_column(index=True)
    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    place: Mapped[str] = mapped_column(Code)
    from_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    to_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[dt.datetime]

    supervisee: Mapped[Supervisee] = relationship()
    from_officer: Mapped[User] = relationship(foreign_keys=[from_officer_id])
    to_officer: Mapped[User] = relationship(foreign_keys=[to_officer_id])
    by: Mapped[User] = relationship(foreign_keys=[by_id])
