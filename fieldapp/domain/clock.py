"""Local dates and moments in the agency's zone; the database knows UTC only."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.errors import NotFound
from fieldapp.models.agency import Agency


def the_agency(session: Session) -> Agency:
    """Return the one agency. Raises NotFound in an empty database."""
    agency = session.scalars(select(Agency).limit(1)).first()
    if agency is None:
        raise NotFound("This database holds no agency yet. Run `fieldapp setup` to make one.")
    return agency


def local_date(zone: str, moment: dt.datetime) -> dt.date:
    """Return the date that people in `zone` write at `moment` (aware)."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_moment(zone: str, on: dt.date, seconds: int) -> dt.datetime:
    """Return the UTC moment `seconds` of wall clock after local midnight of `on`; may lie on the next day."""
    wall = dt.datetime.combine(on, dt.time()) + dt.timedelta(seconds=seconds)
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def local_seconds(zone: str, moment: dt.datetime) -> int:
    """Return seconds since local midnight by the wall clock in `zone`."""
    wall = moment.astimezone(ZoneInfo(zone))
    return wall.hour * 3600 + wall.minute * 60 + wall.second
