"""Looking up positions of addresses: runs, the addresses that wait in them, and what geocoders have answered."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId

LOOKUP_STATES = ("wanted", "exact", "approximate", "unknown", "placed", "left")


class LookupRun(HasId, Base):
    """One run over addresses without a position; at most one is open (`finished_at` is None).

    `holder` is the worker that asks, up to `held_until`; another may take over from then on. `failures` counts
    questions in a row without an answer, `next_at` is when to ask again after one. `trouble`: "", unavailable, refused.
    """

    __tablename__ = "lookup_run"

    service: Mapped[str] = mapped_column(Code)
    started_at: Mapped[dt.datetime] = mapped_column(index=True)
    started_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    finished_at: Mapped[dt.datetime | None]
    holder: Mapped[uuid.UUID | None]
    held_until: Mapped[dt.datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(Code, default="")
    next_at: Mapped[dt.datetime | None]


class AddressLookup(Base):
    """Where an address stands in the latest run that had it.

    `state`: wanted, then exact or approximate or unknown as the geocoder answered; placed when somebody gave a position
    meanwhile, left when the run ended before. `matched` is the address as the geocoder has it.
    """

    __tablename__ = "address_lookup"

    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("address.id"), primary_key=True)
    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lookup_run.id"), index=True)
    state: Mapped[str] = mapped_column(Code, default="wanted")
    service: Mapped[str] = mapped_column(Code)
    tries: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[dt.datetime | None]
    matched: Mapped[str] = mapped_column(default="")


class GeocoderAnswer(Base):
    """What a service answered to a question, so that nobody asks it twice.

    `question` is the SHA-256 of the address on one line: addresses may be longer than a key. `quality` is exact,
    approximate, or none where the service knows no such address.
    """

    __tablename__ = "geocoder_answer"

    service: Mapped[str] = mapped_column(Code, primary_key=True)
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    quality: Mapped[str] = mapped_column(Code)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    matched: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[dt.datetime] = mapped_column(index=True)
