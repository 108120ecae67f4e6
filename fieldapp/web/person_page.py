"""A person's page in words: what is asked, where they are, what happened."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.cases import addresses_on
from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.due.reason import rule_words
from fieldapp.domain.people.file import PersonFile
from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.agency import Agency
from fieldapp.models.supervisee import Supervisee
from fieldapp.web.caution_lines import CautionLine
from fieldapp.web.caution_lines import caution_lines
from fieldapp.web.due_lines import hours_words
from fieldapp.web.due_lines import level_word
from fieldapp.web.filters import clock
from fieldapp.web.filters import due_words
from fieldapp.web.filters import overdue_words
from fieldapp.web.filters import sentence
from fieldapp.web.filters import short_date
from fieldapp.web.past_lines import PastLine

STATUSES = {
    "administrative": "Administrative: no contacts are asked for",
    "in_custody": "In custody: no contacts are asked for",
    "warrant": "Warrant: no contacts are asked for",
    "absconder": "Absconded: no contacts are asked for",
}
AWARE = {"yes": "Employer knows", "no": "Employer does not know", "unknown": "Employer may not know"}


@dataclass(frozen=True)
class StandardLine:
    """One standard with its state in words."""

    label: str
    rule: str
    state: str
    words: str
    last: str


@dataclass(frozen=True)
class AddressLine:
    """One address: `place` is home or work; `verified` says since when, "" when it is not.

    `usual`: who says only "at home" or "at work" means this one. `several`: there are others of its place.
    """

    id: uuid.UUID
    place: str
    heading: str
    detail: str
    verified: str
    usual: bool
    several: bool


@dataclass(frozen=True)
class PersonPage:
    """The page. `phone` is what a phone dials; `phone` and `suspended` are "" where there is nothing to say."""

    phone: str
    term: str
    suspended: str
    standards: Sequence[StandardLine]
    cautions: Sequence[CautionLine]
    addresses: Sequence[AddressLine]
    history: Sequence[PastLine]


def person_page(file: PersonFile, history: Sequence[PastLine], agency: Agency, today: dt.date) -> PersonPage:
    """Return the page of one person; `history` are the lines of what happened."""
    term = file.term
    until = f" to {short_date(term.end_on, today, agency)}" if term and term.end_on else ""
    return PersonPage(
        phone="".join(sign for sign in file.person.phone if sign in "+0123456789"),
        term=f"{sentence(term.kind.replace('_', ' '))}{until}" if term else "No term of supervision runs today",
        suspended=STATUSES.get(term.status, "") if term else "",
        standards=[_standard(row, agency, today) for row in file.due],
        cautions=caution_lines(file.cautions, agency, today),
        addresses=[_address(file, address, agency, today) for address in _addresses(file, today)],
        history=history,
    )


def _standard(row: DueRow, agency: Agency, today: dt.date) -> StandardLine:
    required = row.required
    return StandardLine(
        label=required.standard.label,
        rule=rule_words(required.standard) or "Once",
        state=required.state,
        words=_state_words(row, agency, today),
        last=f"Last {short_date(required.last, today, agency)}" if required.last else "None yet",
    )


def _state_words(row: DueRow, agency: Agency, today: dt.date) -> str:
    due, state = row.required.due, row.required.state
    if due is None:
        return "Met"
    if state == "overdue":
        return sentence(overdue_words(due, today))
    return f"Met to {short_date(due, today, agency)}" if state == "met" else sentence(due_words(due, today, agency))


def _addresses(file: PersonFile, today: dt.date) -> list[Address]:
    usual = [address for address in (file.home, file.job.address if file.job else None) if address]
    return [*usual, *(address for address in addresses_on(file.person, today) if address not in usual)]


def _address(file: PersonFile, address: Address, agency: Agency, today: dt.date) -> AddressLine:
    hours = hours_words(file.person, address.place, agency, today)
    work = file.job if address.place == "work" else None
    return AddressLine(
        id=address.id,
        place=address.place,
        heading=f"{work.employer}, {address.line}" if work else address.line,
        detail=". ".join(filter(None, [_town(address), hours, _job(work, agency), address.notes])),
        verified=f"Verified {short_date(address.verified_on, today, agency)}" if address.verified_on else "",
        usual=address is address_at(file.person, address.place, today),
        several=sum(other.place == address.place for other in addresses_on(file.person, today)) > 1,
    )


def _town(address: Address) -> str:
    return address.city if address.city not in address.line else ""


def _job(job: Employment | None, agency: Agency) -> str:
    if job is None:
        return ""
    shift = f"Shift {clock(job.start, agency)} to {clock(job.end, agency)}. " if job.start and job.end else ""
    return f"{shift}{AWARE[job.employer_aware]}"


def people_lines(people: Sequence[Supervisee], today: dt.date) -> list[tuple[Supervisee, str, str]]:
    """Return each person with level and town, for the list."""
    return [(person, level_word(person, today), _where(person, today)) for person in people]


def _where(person: Supervisee, today: dt.date) -> str:
    home = address_at(person, "home", today)
    return home.text if home else "No home address on file"
