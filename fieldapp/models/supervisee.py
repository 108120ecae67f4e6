"""The person under supervision, their terms and how the term's status changed."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId
from fieldapp.models.case import CaseAssignment
from fieldapp.models.case import CautionFlag
from fieldapp.models.case import Condition
from fieldapp.models.level import LevelAssignment

TERM_STATUSES = ("active", "administrative", "in_custody", "warrant", "absconder")


class Supervisee(HasId, Base):
    """A person under supervision. `case_number` is the agency's own, unique number."""

    __tablename__ = "supervisee"

    case_number: Mapped[str] = mapped_column(unique=True)
    first_name: Mapped[str]
    last_name: Mapped[str] = mapped_column(index=True)
    date_of_birth: Mapped[dt.date | None]
    language: Mapped[str] = mapped_column(Code, default="en")
    phone: Mapped[str] = mapped_column(default="")
    case_type: Mapped[str] = mapped_column(Code, default="general")

    terms: Mapped[list["SupervisionTerm"]] = relationship(
        back_populates="supervisee", order_by="SupervisionTerm.start_on"
    )
    levels: Mapped[list[LevelAssignment]] = relationship(order_by=LevelAssignment.from_on)
    # of two homes from the same day on the same one comes last every time: what the database read first may change
    addresses: Mapped[list[Address]] = relationship(order_by=(Address.from_on, Address.place, Address.id))
    employments: Mapped[list[Employment]] = relationship(order_by=Employment.from_on)
    conditions: Mapped[list[Condition]] = relationship(order_by=Condition.number)
    cautions: Mapped[list[CautionFlag]] = relationship(order_by=CautionFlag.noted_on.desc())
    assignments: Mapped[list[CaseAssignment]] = relationship(order_by=CaseAssignment.from_on)

    @property
    def name(self) -> str:
        """First and last name, as screens show it."""
        return f"{self.first_name} {self.last_name}"


class SupervisionTerm(HasId, Base):
    """Probation, parole or supervised release; standards are suspended unless it is active."""

    __tablename__ = "supervision_term"

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    kind: Mapped[str] = mapped_column(Code)
    status: Mapped[str] = mapped_column(Code, default="active")
    start_on: Mapped[dt.date]
    end_on: Mapped[dt.date | None]

    supervisee: Mapped[Supervisee] = relationship(back_populates="terms")
    changes: Mapped[list["TermStatusChange"]] = relationship(order_by="TermStatusChange.on")


class TermStatusChange(HasId, Base):
    """From this day on the term had this status; return to `active` starts event standards."""

    __tablename__ = "term_status_change"
    __table_args__ = (UniqueConstraint("term_id", "on"),)

    term_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervision_term.id"), index=True)
    on: Mapped[dt.date]
    status: Mapped[str] = mapped_column(Code)
