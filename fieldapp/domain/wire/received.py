"""What the kinds of submissions get to work with: who sent what when, and the office around it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from fieldapp.domain.actor import Actor
from fieldapp.domain.checklist.library import Library
from fieldapp.domain.clock import local_date
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.pictures import Pictures
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.models.agency import Agency

# a phone's clock that is off by less is taken at its word
CLOCK_TOLERANCE = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class Office:
    """The office at the time of a sync: its settings and checklists, where photos are, and how long one drives."""

    agency: Agency
    library: Library
    blobs: BlobStore
    pictures: Pictures
    travel: TravelTimes


@dataclass(frozen=True)
class Event:
    """Something for the audit log; `details` hold codes, counts and ids only."""

    name: str
    subject: uuid.UUID
    details: dict[str, Any]


@dataclass(frozen=True)
class Received:
    """One submission that is being applied. `skew` is the phone's clock minus the office's.

    `events` are audited once all of the sync is worked on: the log has one writer at a time.
    """

    id: uuid.UUID
    actor: Actor
    office: Office
    made_at: dt.datetime
    received_at: dt.datetime
    skew: dt.timedelta
    events: list[Event] = field(default_factory=list)

    @property
    def clock_wrong(self) -> bool:
        """True when the phone's clock is off by more than minutes."""
        return abs(self.skew) > CLOCK_TOLERANCE

    def true_moment(self, moment: dt.datetime) -> dt.datetime:
        """Return when something happened by the office's clock, if the phone's is known to be wrong."""
        return moment - self.skew if self.clock_wrong else moment

    def local_date(self, moment: dt.datetime) -> dt.date:
        """Return the agency's date of what the phone says happened at `moment`."""
        return local_date(self.office.agency.zone, self.true_moment(moment))
