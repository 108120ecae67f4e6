"""Who is not in a plan and why, as the plan keeps it: those who were picked or are overdue come first."""

import datetime as dt
import uuid
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from fieldapp.domain.plans.wish import Key
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.route import Reason
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop

EXCLUDED = "You took this visit out of the day."
# with these nobody is driven to, whatever the officer says
FINAL = ("no_position", "needs_partner")


def entry(stop: Stop, reason: Reason, words: str, *, overdue: bool) -> dict[str, Any]:
    """Return what the plan keeps of a stop that is not in it; as JSON, times as text."""
    return {
        "supervisee": str(stop.supervisee_id),
        "place": stop.place,
        "address": str(stop.address_id),
        "purpose": stop.purpose,
        "reason": reason,
        "words": words,
        "first": overdue or stop.wanted != "list",
        "wanted": stop.wanted,
        "minutes": stop.minutes,
        "latest": f"{stop.latest:%H:%M}" if stop.latest else "",
        "two_officers": stop.two_officers,
    }


def entry_of_planned(stop: Stop, on: dt.date, reason: Reason, words: str) -> dict[str, Any]:
    """Return what the plan of that day keeps of a stop that was in it until now."""
    return entry(stop, reason, words, overdue=stop.due_on is not None and stop.due_on < on)


def homeless_entry(pick: Pick, purpose: str, words: str) -> dict[str, Any]:
    """Return what the plan keeps of a pick for whom no such address is on file."""
    who = {"supervisee": str(pick.supervisee_id), "place": pick.place, "purpose": purpose}
    return who | {"reason": "no_position", "words": words, "first": pick.overdue or pick.sure, "wanted": pick.wanted}


def told_first(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries with those first who were picked or are overdue, else in their order."""
    return sorted(entries, key=lambda out: not out.get("first", True))


def key_of(out: Mapping[str, Any]) -> Key:
    """Return whom and where an entry is about."""
    return uuid.UUID(out["supervisee"]), out["place"]


def without(entries: Iterable[dict[str, Any]], key: Key) -> list[dict[str, Any]]:
    """Return the entries but those of this visit."""
    return [out for out in entries if key_of(out) != key]


def find(plan: DayPlan, key: Key) -> Mapping[str, Any]:
    """Return the entry of this visit, {} where there is none."""
    return next((out for out in plan.left_out if key_of(out) == key), {})


def latest_of(out: Mapping[str, Any]) -> dt.time | None:
    """Return the latest time that was set before the visit was left out."""
    return dt.time.fromisoformat(out["latest"]) if out.get("latest") else None
