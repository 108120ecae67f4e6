"""What the officer must know of a case: assignments, conditions, cautions."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId
from fieldapp.models.user import User

CONDITION_KINDS = (
    "no_contact",
    "no_alcohol",
    "no_drugs",
    "no_weapons",
    "curfew",
    "no_internet",
    "no_minors",
    "employment",
    "treatment",
    "school",
    "other",
)


class CaseAssignment(HasId, Base):
    """From `from_on` up to and including `to_on` this officer had the case, as `primary` or `cover`."""

    __tablename__ = "case_assignment"

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    kind: Mapped[str] = mapped_column(Code, default="primary")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]

    officer: Mapped[User] = relationship()


class Condition(HasId, Base):
    """A numbered condition of supervision.

    `detail` is the kind's own fact: the name for no_contact, the program for treatment.
    `curfew_start` and `curfew_end` are the hours at home of a curfew, or those at school of kind school.
    """

    __tablename__ = "condition"

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(Code)
    text: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    curfew_start: Mapped[dt.time | None]
    curfew_end: Mapped[dt.time | None]
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]


class CautionFlag(HasId, Base):
    """A hazard known before arrival. `subject` is what it is about: dog, person, weapon, health, address, gang, other.

    With the subject partner it is a rule: nobody goes there alone.
    A flag past `review_on` is shown with "review due"; it never vanishes by itself.
    """

    __tablename__ = "caution_flag"

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    subject: Mapped[str] = mapped_column(Code)
    text: Mapped[str]
    source: Mapped[str]
    noted_on: Mapped[dt.date]
    review_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]
