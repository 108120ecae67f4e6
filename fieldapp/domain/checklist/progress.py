"""How far each section of a checklist is, for the rail of sections and the line "37 of 38 answered"."""

from collections.abc import Collection
from dataclasses import dataclass

from fieldapp.domain.checklist.answers import Rows
from fieldapp.domain.checklist.missing import Missing
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.checklist.visible import Answers
from fieldapp.domain.checklist.visible import Conditions
from fieldapp.domain.checklist.visible import values_of
from fieldapp.domain.checklist.visible import visible_items


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """`answered` of the section's `shown` items, and how many things it lacks before the visit can be certified."""

    key: str
    title: str
    answered: int
    shown: int
    missing: int


def section_progress(
    template: Template,
    outcome: str,
    answers: Answers,
    rows: Rows,
    conditions: Conditions,
    lacking: Collection[Missing],
) -> tuple[SectionProgress, ...]:
    """One entry for each section that shows anything, in order. `lacking` is what `missing()` gave for the same visit.

    Raises `Invalid` where the checklist has no such outcome.
    """
    visible = visible_items(template, outcome, answers, rows, conditions)
    found = []
    for section in template.sections:
        shown = [item for item in visible if item in section.items]
        if shown:
            answered = sum(bool(values_of(item, answers, rows)) for item in shown)
            open_here = sum(entry.item.startswith(f"{section.key}.") for entry in lacking)
            found.append(SectionProgress(section.key, section.title, answered, len(shown), open_here))
    return tuple(found)
