"""Looks up the demo's people and their doors in the database while its year is told."""

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import selectinload

from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.demo.stories import Door
from fieldapp.domain.people.file import conditions_on
from fieldapp.domain.people.file import job_on
from fieldapp.models.supervisee import Supervisee

FOR_DOORS = (
    selectinload(Supervisee.addresses),
    selectinload(Supervisee.employments),
    selectinload(Supervisee.conditions),
)


class Roll:
    """People's doors by case number, read once and again after an import that changes them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._doors: dict[tuple[str, str], Door | None] = {}

    def door(self, case_number: str, place: str, on: dt.date) -> Door | None:
        """Return where the person is visited on that local date, or None where no such address is on file."""
        known = (case_number, place)
        if known not in self._doors:
            query = select(Supervisee).where(Supervisee.case_number == case_number).options(*FOR_DOORS)
            self._doors[known] = door_of(self._session.scalars(query).one(), place, on)
        return self._doors[known]

    def ids(self) -> dict[str, uuid.UUID]:
        """Return everybody's id by case number."""
        rows = self._session.execute(select(Supervisee.case_number, Supervisee.id))
        return {number: id for number, id in rows}  # noqa: C416 - a row is a tuple only at run time

    def forget(self, case_numbers: Iterable[str]) -> None:
        """Read these people again when they are next asked for."""
        changed = set(case_numbers)
        self._doors = {known: door for known, door in self._doors.items() if known[0] not in changed}


def door_of(person: Supervisee, place: str, on: dt.date) -> Door | None:
    """Return the person's door of that kind on that local date; needs what FOR_DOORS loads."""
    address, job = address_at(person, place, on), job_on(person, on)
    if address is None:
        return None
    kinds = tuple(row.kind for row in conditions_on(person, on))
    aware = job.employer_aware if job else "unknown"
    return Door(person.id, address.id, place, address.lat, address.lon, kinds, aware)
