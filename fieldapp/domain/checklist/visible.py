"""Which items a visit asks, by its outcome, its answers so far and the person's conditions; the phone does the same."""

import uuid
from collections.abc import Iterator
from collections.abc import Mapping

from fieldapp.domain.checklist.answers import Answer
from fieldapp.domain.checklist.answers import Rows
from fieldapp.domain.checklist.template import ANY_ROW
from fieldapp.domain.checklist.template import Item
from fieldapp.domain.checklist.template import Outcome
from fieldapp.domain.checklist.template import Template

Answers = Mapping[str, Answer]
# The conditions in force for the person at the visit: id → kind.
Conditions = Mapping[uuid.UUID, str]


def values_of(item: Item, answers: Answers, rows: Rows) -> tuple[str, ...]:
    """The values answered: none, one, or for `several` all that were chosen. A blank text is no answer."""
    if item.type == "rows":
        return (ANY_ROW,) if rows.get(item.id) else ()
    answer = answers.get(item.id)
    return () if answer is None else as_words(answer.value)


def visible_items(
    template: Template, outcome: str, answers: Answers, rows: Rows, conditions: Conditions
) -> tuple[Item, ...]:
    """The items to show, in order. An item that hangs on a hidden one is hidden, whatever was answered before.

    Raises `Invalid` where the checklist has no such outcome.
    """
    chosen = template.outcome(outcome)
    kinds = set(conditions.values())
    given: dict[str, tuple[str, ...]] = {}
    shown: list[Item] = []
    for item in _asked(template, chosen):
        if item.only_with_condition and not kinds & set(item.only_with_condition):
            continue
        if item.show_if is None or set(given.get(item.show_if.item, ())) & set(item.show_if.values):
            given[item.id] = values_of(item, answers, rows)
            shown.append(item)
    return tuple(shown)


def visible_fields(item: Item, row: Mapping[str, object]) -> tuple[Item, ...]:
    """The fields of one row of a repeating group, in order; `show_if` looks at fields of the same row."""
    given: dict[str, tuple[str, ...]] = {}
    shown: list[Item] = []
    for field in item.fields:
        if field.show_if is None or set(given.get(field.show_if.item, ())) & set(field.show_if.values):
            given[field.key] = as_words(row.get(field.key))
            shown.append(field)
    return tuple(shown)


def rest_values(
    template: Template, section: str, outcome: str, answers: Answers, rows: Rows, conditions: Conditions
) -> dict[str, str]:
    """What the section's one-tap button answers now: item id → value, for items not yet answered.

    It leaves alone what this outcome made optional: from the door, nobody has seen that the kitchen is in order.
    """
    return {
        item.id: item.clear
        for item in visible_items(template, outcome, answers, rows, conditions)
        if item.id.startswith(f"{section}.")
        and item.clear is not None
        and outcome not in item.optional_for
        and not values_of(item, answers, rows)
    }


def is_discreet(template: Template, answers: Answers) -> bool:
    """True while nothing on the phone's screen may speak of supervision. Not yet asked counts as not known."""
    rule = template.discreet_if
    if rule is None:
        return False
    answer = answers.get(rule.item)
    return answer is None or bool(set(as_words(answer.value)) & set(rule.values))


def _asked(template: Template, outcome: Outcome) -> Iterator[Item]:
    completed = outcome.outcome_class == "completed"
    for section in template.sections:
        if completed if section.outcomes is None else outcome.code in section.outcomes:
            for item in section.items:
                if item.outcomes is None or outcome.code in item.outcomes:
                    yield item


def as_words(value: object) -> tuple[str, ...]:
    """A value as the words it is made of: none for what is absent or blank."""
    if isinstance(value, list | tuple):
        return tuple(str(word) for word in value)
    text = "" if value is None else str(value).strip()
    return (text,) if text else ()
