"""The briefing in words: cautions, facts that matter at this door, persons seen there, the last visits."""

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.people.briefing import Briefing
from fieldapp.domain.plans.hours import window_words
from fieldapp.models.address import Employment
from fieldapp.models.agency import Agency
from fieldapp.web.caution_lines import CautionLine
from fieldapp.web.caution_lines import caution_lines
from fieldapp.web.due_lines import hours_words
from fieldapp.web.filters import clock
from fieldapp.web.filters import sentence
from fieldapp.web.past_lines import PastLine
from fieldapp.web.past_lines import note_line
from fieldapp.web.past_lines import past_line

# the ten languages most spoken at home in the United States after English (Census Bureau, ACS 2019), by ISO 639 code
LANGUAGES = {
    "es": "Spanish",
    "zh": "Chinese",
    "tl": "Tagalog",
    "vi": "Vietnamese",
    "ar": "Arabic",
    "fr": "French",
    "ko": "Korean",
    "ru": "Russian",
    "ht": "Haitian Creole",
    "de": "German",
}
STAYS = {"cohabitant": "Lives here", "visitor": "Visitor"}


@dataclass(frozen=True)
class BriefingPage:
    """`discreet` says what not to say at a workplace, "" elsewhere; `seen` are pairs of name and what is known."""

    what: str
    cautions: Sequence[CautionLine]
    discreet: str
    facts: Sequence[tuple[str, str]]
    seen: Sequence[tuple[str, str]]
    last: Sequence[PastLine]
    notes: Sequence[PastLine]
    back: str


def briefing_page(briefing: Briefing, agency: Agency, today: dt.date, *, office: bool = False) -> BriefingPage:
    """Return the page of one door; the `office` goes back to the itinerary, an officer to Today."""
    here = "employment" if briefing.place == "work" else "residence"
    return BriefingPage(
        what="Work visit" if briefing.place == "work" else "Home visit",
        cautions=caution_lines(briefing.file.cautions, agency, today),
        discreet=discreet_words(briefing.file.job) if briefing.place == "work" else "",
        facts=_facts(briefing, agency, today),
        seen=[_seen(row) for row in briefing.seen],
        last=[past_line(one, agency, today, short=one.contact.location == here) for one in briefing.last],
        notes=[note_line(one, agency, today) for one in briefing.notes],
        back=_back(briefing, office),
    )


def _back(briefing: Briefing, office: bool) -> str:
    if briefing.stop is None:
        return f"/people/{briefing.file.person.id}"
    return f"/itineraries/{briefing.stop.plan_id}" if office else "/today"


def _facts(briefing: Briefing, agency: Agency, today: dt.date) -> list[tuple[str, str]]:
    """Return what there is to know; nothing is said of what the office has no data on."""
    facts = [("Asked for", briefing.stop.purpose)] if briefing.stop else []
    facts.append(("Hours", _hours(briefing, agency, today)))
    facts += [("Curfew", f"{clock(a, agency)} to {clock(b, agency)}") for a, b in _curfews(briefing)]
    if briefing.file.job:
        facts.append(("Job", _job(briefing.file.job, agency)))
    spoken = briefing.file.person.language
    if spoken != "en":
        facts.append(("Language", LANGUAGES.get(spoken, spoken)))
    if briefing.address.notes:
        facts.append(("Address", briefing.address.notes))
    if briefing.address.lat is None:
        facts.append(("Position", "None on file for this address"))
    elif briefing.address.position_quality == "approximate":
        facts.append(("Position", "Approximate, not confirmed: find the house by its address"))
    return facts


def _hours(briefing: Briefing, agency: Agency, today: dt.date) -> str:
    if briefing.stop:
        return window_words(briefing.stop.windows, briefing.place, lambda at: clock(at // 60 % 1440, agency))
    return hours_words(briefing.file.person, briefing.place, agency, today)


def _curfews(briefing: Briefing) -> list[tuple[dt.time, dt.time]]:
    rows = [row for row in briefing.conditions if row.kind == "curfew"]
    return [(row.curfew_start, row.curfew_end) for row in rows if row.curfew_start and row.curfew_end]


def _job(job: Employment, agency: Agency) -> str:
    shift = f", {clock(job.start, agency)} to {clock(job.end, agency)}" if job.start and job.end else ""
    return f"{job.employer}{shift}"


def discreet_words(job: Employment | None) -> str:
    """Return what not to say at a workplace, "" where the employer knows."""
    if job and job.employer_aware == "yes":
        return ""
    known = "does not know" if job and job.employer_aware == "no" else "may not know"
    return f"The employer {known} of the supervision. No badge, no word of it; any disclosure needs a reason."


def _seen(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return a person's name and what is known; a child's name is not shown on a phone."""
    minor = row.get("age") == "minor"
    name = "A child" if minor else str(row["name"])
    known = [sentence(str(row.get("relation", ""))), STAYS.get(str(row.get("stay")), "")]
    return name, ". ".join([*filter(None, known), *(["No name shown. No photos"] if minor else [])])
