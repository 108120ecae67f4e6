"""Travel by road between two places, as a road service once told it."""

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code

Corner = String(24)


class TravelTime(Base):
    """The way from one place to another: seconds and meters, both None where no road leads there.

    Places are "lat,lon" in degrees with five decimals, about a meter; no id or name stands beside them. `source` is
    the service that was asked, `roads` the version of its road data ("" where it does not say).
    """

    __tablename__ = "travel_time"

    source: Mapped[str] = mapped_column(Code, primary_key=True)
    start: Mapped[str] = mapped_column(Corner, primary_key=True)
    end: Mapped[str] = mapped_column(Corner, primary_key=True)
    roads: Mapped[str] = mapped_column(Code)
    seconds: Mapped[int | None]
    meters: Mapped[int | None]
    asked_at: Mapped[dt.datetime] = mapped_column(index=True)
