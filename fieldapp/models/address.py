"""Where a person lives and works, with position and how it was found."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId

POSITION_QUALITIES = ("given", "exact", "approximate", "pinned", "none")


class Address(HasId, Base):
    """A place where the person may be visited. `place` is home or work; position in WGS 84 degrees or none.

    `position_quality`: given (came with the import), exact or approximate (geocoded), pinned (by hand), none.
    """

    __tablename__ = "address"

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    place: Mapped[str] = mapped_column(Code)
    line: Mapped[str]
    city: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    zip: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    position_quality: Mapped[str] = mapped_column(Code, default="none")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]
    verified_on: Mapped[dt.date | None]

    @property
    def text(self) -> str:
        """One line for people: street and city; what is already in the street line is not repeated."""
        return f"{self.line}, {self.city}" if self.city and self.city not in self.line else self.line

    @property
    def sure_position(self) -> tuple[float | None, float | None]:
        """Where to drive to and to measure from: nowhere while a geocoder's guess waits for somebody's word."""
        return (None, None) if self.position_quality == "approximate" else (self.lat, self.lon)


class Employment(HasId, Base):
    """A job: employer, shift and whether the employer knows of the supervision (`yes`, `no`, `unknown`).

    `days` are ISO weekdays (1 is Monday) as a string of digits such as "12345"; a shift may end after midnight.
    """

    __tablename__ = "employment"

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("address.id"))
    employer: Mapped[str]
    days: Mapped[str] = mapped_column(Code, default="")
    start: Mapped[dt.time | None]
    end: Mapped[dt.time | None]
    employer_aware: Mapped[str] = mapped_column(Code, default="unknown")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]

    address: Mapped[Address] = relationship(lazy="joined")
