"""Whether a person is visited by two officers only, from the cautions on file."""

import datetime as dt

from fieldapp.models.supervisee import Supervisee

SUBJECT = "partner"


def needs_partner(person: Supervisee, on: dt.date) -> bool:
    """Say whether a caution that holds on that day asks for a second officer; a review that is due ends none."""
    return any(row.subject == SUBJECT and (row.ended_on is None or row.ended_on > on) for row in person.cautions)
