"""Whether a person is visited by two officers only: from the cautions on file, or because an officer said so."""

import datetime as dt

from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee

SUBJECT = "partner"


def needs_partner(person: Supervisee, on: dt.date) -> bool:
    """Say whether a caution that holds on that day asks for a second officer; a review that is due ends none."""
    return any(row.subject == SUBJECT and (row.ended_on is None or row.ended_on > on) for row in person.cautions)


def stop_needs_partner(stop: Stop, on: dt.date) -> bool:
    """Say whether two officers go to this stop: a caution may have come after the day was planned."""
    return stop.two_officers or needs_partner(stop.supervisee, on)
