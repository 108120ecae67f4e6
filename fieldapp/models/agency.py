"""The agency's own settings and holidays: one row for the agency, one for each holiday."""

import datetime as dt

from sqlalchemy import text
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId


class Agency(HasId, Base):
    """What is the same for all people of one agency. A database holds exactly one row.

    Times of day are local in `zone`; distances in meters; durations in minutes unless named otherwise.
    `no_visit_hours` is text as domain/plans/no_visits.py reads it, such as "Sun 12:00-13:00; 20:00-07:00".
    """

    __tablename__ = "agency"

    name: Mapped[str]
    zone: Mapped[str] = mapped_column(default="America/New_York")
    distance_unit: Mapped[str] = mapped_column(Code, default="mi")
    clock: Mapped[int] = mapped_column(default=24)
    supervisee_label: Mapped[str] = mapped_column(default="Person under supervision")
    banner: Mapped[str] = mapped_column(default="")

    office_label: Mapped[str] = mapped_column(default="Office")
    office_lat: Mapped[float | None]
    office_lon: Mapped[float | None]

    field_start: Mapped[dt.time] = mapped_column(default=dt.time(8, 0))
    field_end: Mapped[dt.time] = mapped_column(default=dt.time(20, 0))
    shift_start: Mapped[dt.time] = mapped_column(default=dt.time(9, 0))
    shift_end: Mapped[dt.time] = mapped_column(default=dt.time(17, 0))
    lunch_minutes: Mapped[int] = mapped_column(default=30)
    lunch_earliest: Mapped[dt.time] = mapped_column(default=dt.time(11, 30))
    lunch_latest: Mapped[dt.time] = mapped_column(default=dt.time(13, 30))
    visit_minutes: Mapped[int] = mapped_column(default=15)
    road_factor: Mapped[float] = mapped_column(default=1.3)
    speed_kmh: Mapped[float] = mapped_column(default=40.0)
    itinerary_approval: Mapped[str] = mapped_column(Code, default="none", server_default="none")
    no_visit_hours: Mapped[str] = mapped_column(default="", server_default=text("''"))

    position_tolerance_m: Mapped[int] = mapped_column(default=150)
    poor_accuracy_m: Mapped[int] = mapped_column(default=100)
    late_entry_hours: Mapped[int] = mapped_column(default=24)
    attempts_for_exception: Mapped[int] = mapped_column(default=3)
    collateral_counts: Mapped[bool] = mapped_column(default=False)


class Holiday(Base):
    """A day on which the agency does not work; business days skip it."""

    __tablename__ = "holiday"

    on: Mapped[dt.date] = mapped_column(primary_key=True)
    name: Mapped[str]
