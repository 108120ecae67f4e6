"""What stands under a question: the conditions it touches, and last time's answer, which is never copied in."""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.checklist.template import Item
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.checklist.visible import as_words
from fieldapp.models.case import Condition
from fieldapp.models.visit import Visit


@dataclass(frozen=True)
class Hint:
    """`conditions` that match, in words; `last_at` (UTC) and `last` answer; `on_file`: what the file says."""

    conditions: str = ""
    last_at: dt.datetime | None = None
    last: str = ""
    on_file: str = ""


def hints(
    template: Template, conditions: Sequence[Condition], visits: Iterable[Visit], on_file: Mapping[str, str]
) -> dict[str, Hint]:
    """Return the hints of all items that have any, by item id. `visits` come newest first, with their answers.

    `on_file` holds values that the office knows, by item id.
    """
    last = _last_answers(template, visits)
    found = {}
    for item in template.items():
        touched = condition_words([row for row in conditions if row.kind in item.condition_kinds])
        at, words = last.get(item.id, (None, ""))
        known = item.words(on_file[item.id]).lower() if item.id in on_file else ""
        if touched or words or known:
            found[item.id] = Hint(touched, at, words, known)
    return found


def condition_words(conditions: Sequence[Condition]) -> str:
    """Return `Condition 7`, `Conditions 4 and 7`, or with the person it is about `Condition 9: Dwayne Harris`."""
    names = [f"{row.number}: {row.detail}" if row.detail else str(row.number) for row in conditions]
    if not names:
        return ""
    last = f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]
    return f"Condition{'s' if names[1:] else ''} {last}"


def _last_answers(template: Template, visits: Iterable[Visit]) -> dict[str, tuple[dt.datetime, str]]:
    found: dict[str, tuple[dt.datetime, str]] = {}
    for visit in visits:
        if visit.checklist_key != template.key:
            continue
        for answer in visit.answers:
            item = template.item(answer.item)
            # free texts were written for that day's record, and hints are read at a stranger's door
            if item is not None and item.options and answer.item not in found:
                found[answer.item] = (visit.arrived_at, _words(item, answer.value))
    return found


def _words(item: Item, value: object) -> str:
    return ", ".join(item.words(word) for word in as_words(value)).lower().replace("n/a", "N/A")
