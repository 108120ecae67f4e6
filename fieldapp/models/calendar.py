"""An officer's calendar address, and what each stop looked like when a calendar last asked."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import HasId


class CalendarFeed(HasId, Base):
    """A secret address at which calendar programs fetch an officer's visits; only the secret's SHA-256 is here.

    It lives until `ended_at`; an officer has at most one that lives. `fetched_at` is the last time it was asked for,
    `fetches` how often since `counted_from`.
    """

    __tablename__ = "calendar_feed"

    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    fetched_at: Mapped[dt.datetime | None]
    counted_from: Mapped[dt.datetime]
    fetches: Mapped[int] = mapped_column(default=0)


class CalendarEntry(Base):
    """What calendars were last told of a stop: `shown` is its code with begin and end, `sequence` how often it changed.

    `changed_at` is when that was first told, in whole seconds.
    """

    __tablename__ = "calendar_entry"

    stop_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stop.id", ondelete="CASCADE"), primary_key=True)
    shown: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[dt.datetime]
