"""What the page of a team's day needs, wherever it is answered from."""

import uuid
from collections.abc import Collection
from typing import Any

from fieldapp.domain.itineraries.share import ShareAsked
from fieldapp.domain.itineraries.team_day import team_day
from fieldapp.domain.itineraries.team_day import teams
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.itinerary_lines import day_choices
from fieldapp.web.itinerary_lines import day_line


def team_page(asked: ShareAsked, away: Collection[uuid.UUID] | None, error: str = "") -> dict[str, Any]:
    """Return the template's context; `away` None: nobody has ticked anything yet."""
    days = team_day(session(), actor(), asked.on, asked.team)
    lines = [day_line(day, agency(), away) for day in days]
    before, after = day_choices(today(), asked.on)
    return {
        "asked": asked,
        "lines": lines,
        "teams": teams(session(), actor()),
        "before": before,
        "after": after,
        "over": asked.on < today(),
        "waiting": sum(1 for day in days if day.approval and day.approval.state == "waiting"),
        "left": sum(len(day.left) for day in days),
        "error": error,
    }
