"""A desk at the office for tests of the domain alone: it takes in what a phone has signed, without any web."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.adapters.blob_store import memory_store
from fieldapp.adapters.images import PillowPictures
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.wire.devices import enrol_device
from fieldapp.domain.wire.office_key import new_office_key
from fieldapp.domain.wire.receive import Result
from fieldapp.domain.wire.receive import receive
from fieldapp.domain.wire.received import Office
from fieldapp.domain.wire.sync_request import SyncRequest
from fieldapp.domain.wire.sync_request import Waiting
from fieldapp.models.user import User
from fieldapp.models.wire import FieldException
from tests import people
from tests.domain.plans.days import Straight
from tests.phone import Phone
from tests.phone import Signed

KEY = new_office_key()


class Desk:
    """Takes in what a phone sends; `skew` is the phone's clock minus the office's, which stands at people.NOW."""

    def __init__(self, session: Session):
        self.session = session
        self.officer: User = people.officer(session)
        self.office = Office(people.agency(session), shipped_library(), memory_store(), PillowPictures(), Straight())
        self.phone = Phone(None, self.officer.id)
        enrol_device(session, people.actor(self.officer), {"jwk": self.phone.jwk, "label": ""}, now=people.NOW)

    def take(self, *sent: Signed, skew: dt.timedelta = dt.timedelta(), now: dt.datetime = people.NOW) -> list[Result]:
        request = SyncRequest(now + skew, Waiting(), [each.jws for each in sent], None)
        return receive(self.session, people.actor(self.officer), request, self.office, KEY, now=now)

    def told(self) -> dict[str, str]:
        """The words of every open exception, by code."""
        return {found.code: found.words for found in self.session.scalars(select(FieldException))}

    def forget_blobs(self) -> None:
        """Begin again with an empty store of photos."""
        self.office = replace(self.office, blobs=memory_store())
