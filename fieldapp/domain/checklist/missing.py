"""What a visit still lacks before it can be certified, in the words the review page shows."""

from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.domain.checklist.answers import Answer
from fieldapp.domain.checklist.answers import Rows
from fieldapp.domain.checklist.flags import OUTCOME
from fieldapp.domain.checklist.flags import raised_flags
from fieldapp.domain.checklist.template import Item
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.checklist.visible import Answers
from fieldapp.domain.checklist.visible import Conditions
from fieldapp.domain.checklist.visible import as_words
from fieldapp.domain.checklist.visible import values_of
from fieldapp.domain.checklist.visible import visible_fields
from fieldapp.domain.checklist.visible import visible_items

NARRATIVE = "narrative"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to do, with words for the officer.

    `item` is an item's id, "outcome" or "narrative"; `what` is answer, note, photo_or_reason, discovery, narrative or
    outcome_note.
    """

    item: str
    what: str
    words: str


def missing(
    template: Template,
    outcome: str,
    answers: Answers,
    rows: Rows,
    photos: Collection[str],
    narrative: str,
    conditions: Conditions,
    *,
    outcome_note: str = "",
) -> tuple[Missing, ...]:
    """Everything that is missing, in the order of the screens; empty when the visit can be certified.

    `photos` are the ids of the items that have at least one photo. The narrative is demanded where an answer raised
    a flag; a flag of the outcome alone is told by the outcome's own note. Raises `Invalid` where the checklist has no
    such outcome.
    """
    chosen = template.outcome(outcome)
    found: list[Missing] = []
    if "note" in chosen.marks and not outcome_note.strip():
        found.append(Missing(OUTCOME, "outcome_note", f"{chosen.label}: {chosen.note_hint or 'note needed'}"))
    for item in visible_items(template, outcome, answers, rows, conditions):
        values = values_of(item, answers, rows)
        if item.type == "rows":
            found += _in_rows(item, rows)
        elif values:
            found += _beside(item, values, answers[item.id], photos)
        if not values and item.required_for(outcome):
            found.append(Missing(item.id, "answer", f"{item.label}: not answered"))
    flags = raised_flags(template, outcome, answers, rows, conditions)
    if any(flag.item != OUTCOME for flag in flags) and not narrative.strip():
        found.append(Missing(NARRATIVE, "narrative", "Narrative: needed because something is flagged"))
    return tuple(found)


def _beside(item: Item, values: Collection[str], answer: Answer, photos: Collection[str]) -> Iterator[Missing]:
    marks = {mark for value in values for mark in item.marks.get(value, ())}
    if "note" in marks and not answer.note.strip():
        yield Missing(item.id, "note", f"{item.label}: note needed")
    if "discovery" in marks and not answer.discovery:
        yield Missing(item.id, "discovery", f"{item.label}: how it was found")
    if "photo" in marks and item.id not in photos and not answer.no_photo_reason.strip():
        yield Missing(item.id, "photo_or_reason", f"{item.label}: photo, or the reason why there is none")


def _in_rows(item: Item, rows: Rows) -> Iterator[Missing]:
    for number, row in enumerate(rows.get(item.id, ()), start=1):
        for field in visible_fields(item, row):
            if field.required and not as_words(row.get(field.key)):
                yield Missing(item.id, "answer", f"{item.label} {number}: {field.label}")
