"""A contact as the due rules see it, and which contacts a standard accepts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fieldapp.domain.due.standard import Standard

Asks = Literal["contact", "positive", "unscheduled"]

COMPLETED = "completed"
BOTH = "both"
"""The supervisee and somebody else: counts for either party."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact on a local date. Values are those of contact.method, .location, .party and .status."""

    date: date
    method: str
    location: str
    party: str
    status: str
    positive: bool
    """The supervisee was seen."""
    scheduled: bool
    outcome: str = ""


def counts(standard: Standard, contact: Contact) -> bool:
    """Say whether a standard accepts a contact. An attempted contact never counts."""
    return (
        contact.status == COMPLETED
        and (not standard.locations or contact.location in standard.locations)
        and (not standard.methods or contact.method in standard.methods)
        and (not standard.parties or contact.party in standard.parties or contact.party == BOTH)
        and (not standard.outcomes or contact.outcome in standard.outcomes)
        and (contact.positive or not standard.positive_only)
    )


def counting(standard: Standard, contacts: Iterable[Contact], since: date, until: date) -> list[Contact]:
    """Return the contacts that a standard accepts from `since` to `until`, both included, oldest first."""
    found = [one for one in contacts if since <= one.date <= until and counts(standard, one)]
    found.sort(key=_date)
    return found


def dates_of(standard: Standard, contacts: Iterable[Contact], asks: Asks) -> list[date]:
    """Return the dates of those accepted contacts that also are positive, or unscheduled, where that is asked."""
    if asks == "positive":
        return [one.date for one in contacts if one.positive]
    if asks == "unscheduled":
        return [one.date for one in contacts if _is_unscheduled(standard, one)]
    return [one.date for one in contacts]


def _is_unscheduled(standard: Standard, contact: Contact) -> bool:
    return not contact.scheduled or (standard.weekend_is_unscheduled and contact.date.weekday() >= 5)


def _date(contact: Contact) -> date:
    return contact.date
