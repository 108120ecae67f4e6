"""The caseload that an officer carries along, as small as can be: a line for each person, and the facts of a visit."""

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.actor import Actor
from fieldapp.domain.checklist.library import Library
from fieldapp.domain.people.caseload import Carried
from fieldapp.models.address import Address
from fieldapp.models.agency import Agency
from fieldapp.models.supervisee import Supervisee
from fieldapp.web.briefing_page import discreet_words
from fieldapp.web.caution_lines import caution_lines
from fieldapp.web.visit_data import rules_data


@dataclass(frozen=True)
class CaseloadLine:
    """One person: where they live or work in words, how many cautions, and `facts` for the phone."""

    person: Supervisee
    where: str
    cautions: int
    late: bool
    facts: Mapping[str, Any]


def caseload_lines(caseload: Sequence[Carried], agency: Agency, today: dt.date) -> list[CaseloadLine]:
    """Return the lines in the order given."""
    return [
        CaseloadLine(
            person=one.person,
            where=next((address.text for address in one.addresses.values()), "No address on file"),
            cautions=len(one.cautions),
            late=bool(one.days_late),
            facts=_facts(one, agency, today),
        )
        for one in caseload
    ]


def shared_facts(library: Library, actor: Actor, agency: Agency, today: dt.date) -> dict[str, Any]:
    """Return what every visit of this officer has in common today: the checklists in force and the agency's rules."""
    in_force = {place: library.in_force(place, today) for place in ("home", "work")}
    named = {place: {"key": one.key, "version": one.version} for place, one in in_force.items()}
    return {**rules_data(actor, agency), "checklists": named}


def _facts(one: Carried, agency: Agency, today: dt.date) -> dict[str, Any]:
    # short names and lists: three hundred people go over a slow line
    return {
        "name": one.person.name,
        "cautions": [[line.text, line.source, line.review] for line in caution_lines(one.cautions, agency, today)],
        "conditions": [[row.number, row.kind, _text(row.text, row.detail)] for row in one.conditions],
        "places": [_place(one, place, address) for place, address in one.addresses.items()],
    }


def _place(one: Carried, place: str, address: Address) -> list[Any]:
    """Return place, id, words, notes, position to a meter, days late, and what not to say there."""
    at = [round(value, 5) if value is not None else None for value in address.sure_position]
    discreet = discreet_words(one.job) if place == "work" else ""
    return [place, str(address.id), address.text, address.notes, *at, one.days_late.get(place, 0), discreet]


def _text(text: str, detail: str) -> str:
    return f"{text} {detail}" if detail and detail not in text else text
