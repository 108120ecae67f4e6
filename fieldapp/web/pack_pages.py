"""The addresses of every page that a day without signal needs."""

from fieldapp.domain.plans.day import Day
from fieldapp.domain.plans.day_travel import travel_version


def pack_pages(day: Day | None, area: str = "") -> list[str]:
    """Return the paths: the tabs' pages, the plan in use with travel times and map, of each stop all that it needs.

    `area` is the address of the basemap's part that the day needs, if there is one; it comes last, as the largest.
    """
    pages = ["/today", "/outbox", "/plan", "/people", "/unplanned"]
    if day is None:
        return pages
    plan = f"/plan/{day.plan.id}"
    pages += [plan, f"{plan}/travel/{travel_version(day.plan)}", f"{plan}/map"]
    for one in day.stops:
        pages += [f"/stops/{one.stop.id}/briefing", f"/stops/{one.stop.id}/visit"]
    people = dict.fromkeys(one.stop.supervisee_id for one in day.stops)
    pages += [f"/people/{person}" for person in people]
    return [*pages, area] if area else pages
