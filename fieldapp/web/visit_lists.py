"""What the board and the archive of visits share: the filter of an address, its way back into one, and its choices."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask import url_for

from fieldapp.domain.errors import Invalid
from fieldapp.domain.office.arrivals import VisitList
from fieldapp.domain.office.arrivals import officers_to_choose
from fieldapp.domain.office.wanted import DAYS
from fieldapp.domain.office.wanted import Wanted
from fieldapp.domain.office.wanted import read_wanted
from fieldapp.web.actor import actor
from fieldapp.web.actor import is_poll
from fieldapp.web.database import session

NOTHING = VisitList((), 0)
OUTCOMES = (("completed", "Seen"), ("attempted", "Attempted"), ("not_attempted", "Not attempted"))
DAY_WORDS = tuple((days, f"{days} days" if days > 1 else "Today") for days in DAYS)


@dataclass(frozen=True)
class Asked:
    """The filter of this request, or with `errors` (field to sentence) the one that holds without it."""

    wanted: Wanted
    errors: dict[str, str]

    @property
    def status(self) -> int:
        """The status that the answer has."""
        return 422 if self.errors else 200


def asked(days: int = 0) -> Asked:
    """Return what this request's address asks for; `days` where it says nothing of them."""
    try:
        return Asked(read_wanted(request.args.to_dict(flat=False), days=days), {})
    except Invalid as error:
        return Asked(Wanted(days=days), error.errors)


def address(endpoint: str, wanted: Wanted, **changes: Any) -> str:
    """Return the address that asks an endpoint for this; it holds ids and codes only."""
    given = {
        "officer": wanted.officer,
        "person": list(wanted.people) or None,
        "flagged": "1" if wanted.flagged else None,
        "outcome": wanted.outcome or None,
        "days": wanted.days or None,
        "from": wanted.from_on,
        "to": wanted.to_on,
    }
    return url_for(endpoint, **{**given, **changes})


def choices() -> dict[str, Any]:
    """Return what a filter's form offers."""
    return {"officers": officers_to_choose(session(), actor()), "outcomes": OUTCOMES, "day_words": DAY_WORDS}


def keeping(page: str) -> dict[str, str]:
    """Return the header that puts the page's own address into the browser, so that a reload keeps the filter."""
    return {} if is_poll() else {"HX-Replace-Url": page}
