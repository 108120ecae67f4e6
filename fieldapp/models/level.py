"""Levels of supervision and who had which when."""

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


class SupervisionLevel(Base):
    """A risk level as the agency names it. Higher `rank` means closer supervision."""

    __tablename__ = "supervision_level"

    key: Mapped[str] = mapped_column(Code, primary_key=True)
    label: Mapped[str]
    rank: Mapped[int]


class LevelAssignment(HasId, Base):
    """From this day on the supervisee had this level."""

    __tablename__ = "level_assignment"
    __table_args__ = (UniqueConstraint("supervisee_id", "from_on"),)

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    level_key: Mapped[str] = mapped_column(ForeignKey("supervision_level.key"))
    from_on: Mapped[dt.date]

    level: Mapped[SupervisionLevel] = relationship(lazy="joined")
