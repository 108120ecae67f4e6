"""Cautions with source and age, and when a review is due."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.models.agency import Agency
from fieldapp.models.case import CautionFlag
from fieldapp.web.filters import ago
from fieldapp.web.filters import sentence
from fieldapp.web.filters import short_date


@dataclass(frozen=True)
class CautionLine:
    """One caution. `review` says since when a review is due, "" when it is not."""

    text: str
    source: str
    review: str


def caution_lines(cautions: Iterable[CautionFlag], agency: Agency, today: dt.date) -> list[CautionLine]:
    """Return the cautions, the newest first; one past its review date is still shown."""
    return [
        CautionLine(
            text=sentence(row.text),
            source=", ".join(filter(None, (sentence(row.source), ago(row.noted_on, today, agency)))),
            review=f"Review due since {short_date(row.review_on, today, agency)}"
            if row.review_on and row.review_on <= today
            else "",
        )
        for row in cautions
    ]
