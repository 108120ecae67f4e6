"""Tells one visit to the office as its officer's phone would: signed, received, its photos uploaded."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.demo.outside import Outside
from fieldapp.domain.demo.phones import Phone
from fieldapp.domain.demo.stories import Door
from fieldapp.domain.demo.stories import Story
from fieldapp.domain.demo.stories import check_in_body
from fieldapp.domain.demo.stories import new_id
from fieldapp.domain.demo.stories import visit_body
from fieldapp.domain.wire.received import Office

PREVIEW_SENT = dt.timedelta(seconds=1)
PHOTO_SENT = dt.timedelta(seconds=25)


@dataclass(frozen=True)
class Telling:
    """The office while the demo is made, and its officers' phones by e-mail."""

    session: Session
    outside: Outside
    office: Office
    phones: Mapping[str, Phone]
    seed: int

    def chance(self, *about: object) -> random.Random:
        """Return chance that is the same again for the same demo and subject."""
        return random.Random(" ".join(map(str, (self.seed, *about))))

    def visit(self, email: str, story: Story, chance: random.Random, *, now: dt.datetime, kept: int = 0) -> uuid.UUID:
        """Have the office receive the visit at `now`, and its photos soon after; of the last `kept` only previews."""
        id, phone = new_id(chance), self.phones[email]
        on = story.arrived_at.date()
        body = visit_body(story, self.outside.library.in_force(story.door.place, on), chance)
        signed = phone.sign(id, "visit", story.certified_at, body)
        phone.send(self.session, self.outside, self.office, signed, now=now)
        arriving = len(story.shots) - kept
        for shot in story.shots[arriving:]:
            phone.preview(self.session, self.outside, shot, now=now + PREVIEW_SENT)
        for number, shot in enumerate(story.shots[:arriving], start=1):
            phone.upload(self.session, self.outside, shot, id, now=now + number * PHOTO_SENT)
        return id

    def check_in(self, email: str, door: Door, stop: uuid.UUID | None, at: dt.datetime, chance: random.Random) -> None:
        """Have the office receive "I'm here" some seconds after it was said."""
        phone = self.phones[email]
        signed = phone.sign(new_id(chance), "check_in", at, check_in_body(door, stop, at, chance))
        phone.send(self.session, self.outside, self.office, signed, now=at + dt.timedelta(seconds=2))
