"""A visit's answers and repeating rows in the words of the checklist version they were given to."""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.checklist.template import FOUR_WAY
from fieldapp.domain.checklist.template import Item
from fieldapp.domain.checklist.template import Section
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.checklist.visible import as_words
from fieldapp.models.visit import Answer
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitRow

DISCOVERY = {"plain_view": "Plain view", "volunteered": "Volunteered", "search": "Search"}


@dataclass(frozen=True)
class Answered:
    """One question with its answer. `by_rest`: the words of the button that answered it; "" for a tap."""

    label: str
    words: str
    value: Any
    note: str = ""
    discovery: str = ""
    no_photo_reason: str = ""
    by_rest: str = ""


@dataclass(frozen=True)
class Group:
    """One row of a repeating item: its number from 1 and its fields as pairs of label and words."""

    label: str
    number: int
    fields: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class SectionAnswers:
    """What was answered in one section; sections without an answer are left out."""

    title: str
    answers: Sequence[Answered]
    groups: Sequence[Group]


def sections_of(template: Template, visit: Visit) -> list[SectionAnswers]:
    """Return all answers and rows by section in the order of the checklist."""
    answers = {answer.item: answer for answer in visit.answers}
    found = [
        SectionAnswers(
            section.title,
            [_answered(section, item, answers[item.id]) for item in section.items if item.id in answers],
            [group for item in section.items for group in _groups(item, visit.rows)],
        )
        for section in template.sections
    ]
    return [section for section in found if section.answers or section.groups]


def answered_with(sections: Iterable[SectionAnswers], value: str) -> list[Answered]:
    """Return the four-way answers that have this value, such as `yes`."""
    return [answer for section in sections for answer in section.answers if answer.value == value]


def item_label(template: Template, item_id: str) -> str:
    """Return a question's words; `visit` is the visit as a whole, an id that is no question stays as it is."""
    item = template.item(item_id)
    return item.label if item else "The visit as a whole" if item_id == "visit" else item_id


def _answered(section: Section, item: Item, answer: Answer) -> Answered:
    return Answered(
        label=item.label,
        words=_words(item, answer.value),
        value=answer.value if item.type == "four_way" else None,
        note=answer.note,
        discovery=DISCOVERY.get(answer.discovery, answer.discovery),
        no_photo_reason=answer.no_photo_reason,
        by_rest=(section.rest or "one tap for all") if answer.answered_by == "rest" else "",
    )


def _groups(item: Item, rows: Sequence[VisitRow]) -> list[Group]:
    own = [row for row in rows if row.item == item.id]
    return [Group(item.label, number, _fields(item, row.data)) for number, row in enumerate(own, start=1)]


def _fields(item: Item, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(field.label, _words(field, data[field.key])) for field in item.fields if field.key in data]


def _words(item: Item, value: Any) -> str:
    if item.type == "date":
        return _date(str(value))
    options = {option.value: option.label for option in FOUR_WAY} if item.type == "four_way" else {}
    return ", ".join(options.get(word) or item.words(word) for word in as_words(value))


def _date(text: str) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day:%b} {day.day}, {day.year}"
