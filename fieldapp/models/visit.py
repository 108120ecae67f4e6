"""What came of a visit: the facts, the answers, the repeating rows, and the flags raised from them."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from fieldapp.models.address import Address
from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId
from fieldapp.models.case import Condition
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User


class Visit(Base):
    """One visit as its officer certified it. The id is the submission's, made on the phone.

    Three clocks: `arrived_at` to `certified_at` are the phone's, `clock_skew_s` is phone minus office at receipt,
    `received_at` is the office's.
    `distance_m` is from the address, `position_accuracy_m` the radius the phone claimed.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_supervisee_id_arrived_at", "supervisee_id", "arrived_at"),)

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    stop_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stop.id", ondelete="SET NULL"), index=True)
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("address.id"))
    place: Mapped[str] = mapped_column(Code)

    arrived_at: Mapped[dt.datetime]
    left_at: Mapped[dt.datetime]
    certified_at: Mapped[dt.datetime]
    received_at: Mapped[dt.datetime] = mapped_column(index=True)
    clock_skew_s: Mapped[float]
    late_entry: Mapped[bool] = mapped_column(default=False)

    scheduled: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Code, default="standard")
    accompanied_by: Mapped[list[str]] = mapped_column(default=list)

    position_state: Mapped[str] = mapped_column(Code)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    position_accuracy_m: Mapped[float | None]
    distance_m: Mapped[float | None]

    outcome: Mapped[str] = mapped_column(Code)
    outcome_class: Mapped[str] = mapped_column(Code)
    outcome_note: Mapped[str] = mapped_column(default="")
    checklist_key: Mapped[str] = mapped_column(Code)
    checklist_version: Mapped[int]
    narrative: Mapped[str] = mapped_column(default="")

    supervisee: Mapped[Supervisee] = relationship()
    officer: Mapped[User] = relationship()
    address: Mapped[Address] = relationship()
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.position")
    rows: Mapped[list["VisitRow"]] = relationship(order_by="VisitRow.position")
    flags: Mapped[list["VisitFlag"]] = relationship(order_by="VisitFlag.position")


class Answer(HasId, Base):
    """The answer to one item (`section.item`); `answered_by` is `tap`, or `rest` for "none of these seen"."""

    __tablename__ = "answer"

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    position: Mapped[int]
    item: Mapped[str] = mapped_column(index=True)
    value: Mapped[Any] = mapped_column(JSON)
    answered_by: Mapped[str] = mapped_column(Code)
    at: Mapped[dt.datetime]
    note: Mapped[str] = mapped_column(default="")
    discovery: Mapped[str] = mapped_column(Code, default="")
    no_photo_reason: Mapped[str] = mapped_column(default="")


class VisitRow(Base):
    """One row of a repeating item, as a person present; `data` holds its fields as the template names them."""

    __tablename__ = "visit_row"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    item: Mapped[str]
    position: Mapped[int]
    data: Mapped[dict[str, Any]]


class VisitFlag(HasId, Base):
    """Something a supervisor must see. `kind`: potential_violation, observation, safety, welfare.

    A potential violation names the condition it may touch; the officer alleges, the court finds.
    """

    __tablename__ = "visit_flag"

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(Code)
    item: Mapped[str]
    label: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    condition_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("condition.id"))
    alert: Mapped[bool] = mapped_column(default=False)

    condition: Mapped[Condition | None] = relationship()
