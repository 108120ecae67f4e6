"""What a visit raises for a supervisor. The officer alleges a potential violation; only a court or board finds one."""

import uuid
from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.domain.checklist.answers import Rows
from fieldapp.domain.checklist.template import FLAG_MARKS
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.checklist.visible import Answers
from fieldapp.domain.checklist.visible import Conditions
from fieldapp.domain.checklist.visible import values_of
from fieldapp.domain.checklist.visible import visible_items

OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing a supervisor must see.

    `kind` is potential_violation, observation, safety or welfare; `item` an item's id, or "outcome"; `condition_ids`
    the matching conditions, for a potential violation alone; `alert`: tell the supervisor at once; `label`: in words.
    """

    kind: str
    item: str
    value: str
    condition_ids: tuple[uuid.UUID, ...]
    alert: bool
    label: str


def raised_flags(
    template: Template, outcome: str, answers: Answers, rows: Rows, conditions: Conditions
) -> tuple[Flag, ...]:
    """The flags of a visit: first those of its outcome, then by item in the template's order.

    A `violation` mark is one flag that lists every condition of a matching kind, in the order of `conditions`;
    where none matches it is an observation. Raises `Invalid` where the checklist has no such outcome.
    """
    chosen = template.outcome(outcome)
    flags = list(_flags(OUTCOME, outcome, chosen.label, chosen.marks, _matching(chosen.condition_kinds, conditions)))
    for item in visible_items(template, outcome, answers, rows, conditions):
        matching = _matching(item.condition_kinds, conditions)
        for value in values_of(item, answers, rows):
            # "Weapon visible" is said by its label alone; "Lives at this address" needs the value to mean anything.
            plain = value == "yes" or item.type == "rows"
            label = item.label if plain else f"{item.label}: {item.words(value)}"
            flags += _flags(item.id, value, label, item.marks.get(value, ()), matching)
    return tuple(flags)


def _matching(kinds: Collection[str], conditions: Conditions) -> tuple[uuid.UUID, ...]:
    return tuple(condition for condition, kind in conditions.items() if kind in kinds)


def _flags(
    item: str, value: str, label: str, marks: Collection[str], matching: tuple[uuid.UUID, ...]
) -> Iterator[Flag]:
    for mark in FLAG_MARKS:
        if mark in marks:
            violation = mark == "violation"
            kind = ("potential_violation" if matching else "observation") if violation else mark
            yield Flag(kind, item, value, matching if violation else (), "alert" in marks, label)
