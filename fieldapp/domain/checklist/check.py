"""What must hold between the parts of a template: unique keys, known values, questions asked before they matter."""

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence

from fieldapp.domain.checklist.node import InvalidTemplate
from fieldapp.domain.checklist.template import FLAG_MARKS
from fieldapp.domain.checklist.template import Item
from fieldapp.domain.checklist.template import Section
from fieldapp.domain.checklist.template import ShowIf
from fieldapp.domain.checklist.template import Template


def check_template(template: Template) -> None:
    """Raises `InvalidTemplate` with the path of the first thing that does not fit the rest of the template."""
    _different([outcome.code for outcome in template.outcomes], "outcomes", "code")
    for i, outcome in enumerate(template.outcomes):
        _flag_behind_alert(outcome.marks, f"outcomes[{i}].marks")
    _different([section.key for section in template.sections], "sections", "key")
    before: dict[str, Item] = {}
    for i, section in enumerate(template.sections):
        _different([item.key for item in section.items], f"sections[{i}].items", "key")
        for j, item in enumerate(section.items):
            _check_item(item, section, before, f"sections[{i}].items[{j}]")
            before[item.id] = item
    _known_answer(template.discreet_if, before, "discreet_if")


def _check_item(item: Item, section: Section, before: Mapping[str, Item], path: str) -> None:
    _different(item.values, f"{path}.options", "value")
    _known_answer(item.show_if, before, f"{path}.show_if")
    if item.clear is not None:
        _one_of(item.clear, item.values, f"{path}.clear")
        if section.rest is None:
            raise InvalidTemplate(
                f"{path}.clear", "Its section has no “rest” button to give it. Add one or remove this."
            )
        if item.marks.get(item.clear):
            raise InvalidTemplate(f"{path}.clear", "A value with marks cannot be given to many items at once.")
    for value, marks in item.marks.items():
        _one_of(value, item.values, f"{path}.marks.{value}")
        _flag_behind_alert(marks, f"{path}.marks.{value}")
    _different([field.key for field in item.fields], f"{path}.fields", "key")
    earlier: dict[str, Item] = {}
    for k, field in enumerate(item.fields):
        _different(field.values, f"{path}.fields[{k}].options", "value")
        _known_answer(field.show_if, earlier, f"{path}.fields[{k}].show_if")
        earlier[field.id] = field


def _known_answer(rule: ShowIf | None, before: Mapping[str, Item], path: str) -> None:
    if rule is None:
        return
    if rule.item not in before:
        raise InvalidTemplate(
            f"{path}.item", f"“{rule.item}” is not an item above this one. Name one that is, or move it up."
        )
    for value in rule.values:
        _one_of(value, before[rule.item].values, f"{path}.in")


def _one_of(value: str, allowed: Collection[str], path: str) -> None:
    if value not in allowed:
        choices = ", ".join(allowed) or "none, the answer is free"
        raise InvalidTemplate(path, f"“{value}” is not a value of the item. Its values: {choices}.")


def _different(names: Sequence[str], path: str, key: str) -> None:
    for i, name in enumerate(names):
        if name in names[:i]:
            raise InvalidTemplate(f"{path}[{i}].{key}", f"“{name}” is there already. Choose another one.")


def _flag_behind_alert(marks: Collection[str], path: str) -> None:
    # An alert is carried by a flag: without one, nobody would ever be told.
    if "alert" in marks and not set(marks) & set(FLAG_MARKS):
        raise InvalidTemplate(path, f"“alert” needs one of {', '.join(FLAG_MARKS)} beside it.")
