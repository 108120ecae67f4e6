"""Reading a checklist template from JSON: every key is checked, and every error names its path."""

import json
from collections.abc import Collection
from typing import Any

from fieldapp.domain.checklist.check import check_template
from fieldapp.domain.checklist.node import InvalidTemplate
from fieldapp.domain.checklist.node import Node
from fieldapp.domain.checklist.template import FOLLOW_UPS
from fieldapp.domain.checklist.template import FOUR_WAY
from fieldapp.domain.checklist.template import ITEM_TYPES
from fieldapp.domain.checklist.template import MARKS
from fieldapp.domain.checklist.template import OUTCOME_CLASSES
from fieldapp.domain.checklist.template import OUTCOME_GROUPS
from fieldapp.domain.checklist.template import OUTCOME_MARKS
from fieldapp.domain.checklist.template import PARTIES
from fieldapp.domain.checklist.template import PLACES
from fieldapp.domain.checklist.template import Item
from fieldapp.domain.checklist.template import Option
from fieldapp.domain.checklist.template import Outcome
from fieldapp.domain.checklist.template import Section
from fieldapp.domain.checklist.template import ShowIf
from fieldapp.domain.checklist.template import Template
from fieldapp.models.case import CONDITION_KINDS

_TEMPLATE_KEYS = [
    "key",
    "version",
    "effective_from",
    "title",
    "place",
    "discreet_if",
    "outcomes",
    "sections",
    "certificate",
]
_OUTCOME_KEYS = [
    "code",
    "label",
    "hint",
    "class",
    "group",
    "marks",
    "party",
    "condition_kinds",
    "note_hint",
    "follow_up",
    "counted",
]
_SECTION_KEYS = ["key", "title", "outcomes", "rest", "items"]
_FIELD_KEYS = ["key", "label", "hint", "type", "options", "required", "show_if"]
_ITEM_KEYS = [
    *_FIELD_KEYS,
    "clear",
    "marks",
    "condition_kinds",
    "only_with_condition",
    "outcomes",
    "optional_for",
    "add",
    "fields",
]
_CHOSEN = ("choice", "several")


def read_template(text: str | bytes) -> Template:
    """The template in a JSON text. Raises `InvalidTemplate`, which names the path and says what must stand there."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidTemplate("file", f"Is not JSON ({error}). Correct it and try again.") from None
    return parse_template(raw)


def parse_template(raw: Any) -> Template:
    """The template in a value that `json.loads` gave. Raises `InvalidTemplate` as `read_template` does."""
    node = Node(raw, "")
    node.object(_TEMPLATE_KEYS)
    outcomes = tuple(_outcome(entry) for entry in node.list("outcomes"))
    codes = [outcome.code for outcome in outcomes]
    template = Template(
        key=node.name("key"),
        version=node.whole("version"),
        effective_from=node.date("effective_from"),
        title=node.text("title"),
        place=node.word("place", PLACES),
        outcomes=outcomes,
        sections=tuple(_section(entry, codes) for entry in node.list("sections")),
        certificate=node.text("certificate"),
        discreet_if=_show_if(node.child("discreet_if")),
    )
    check_template(template)
    return template


def _outcome(node: Node) -> Outcome:
    node.object(_OUTCOME_KEYS)
    return Outcome(
        code=node.name("code"),
        label=node.text("label"),
        hint=node.text("hint", ""),
        outcome_class=node.word("class", OUTCOME_CLASSES),
        group=node.word("group", OUTCOME_GROUPS),
        marks=node.words("marks", OUTCOME_MARKS),
        party=node.word("party", PARTIES),
        condition_kinds=node.words("condition_kinds", CONDITION_KINDS),
        note_hint=node.text("note_hint", ""),
        follow_up=None if node.child("follow_up") is None else node.word("follow_up", FOLLOW_UPS),
        counted=node.truth("counted", True),
    )


def _section(node: Node, codes: Collection[str]) -> Section:
    node.object(_SECTION_KEYS)
    key = node.name("key")
    return Section(
        key=key,
        title=node.text("title"),
        outcomes=_codes(node, codes),
        rest=node.optional_text("rest"),
        items=tuple(_item(entry, key, codes) for entry in node.list("items")),
    )


def _item(node: Node, section: str, codes: Collection[str]) -> Item:
    node.object(_ITEM_KEYS)
    kind = node.word("type", ITEM_TYPES)
    key = node.name("key")
    rows = kind == "rows"
    return Item(
        id=f"{section}.{key}",
        key=key,
        label=node.text("label"),
        type=kind,
        required=node.truth("required", False),
        hint=node.text("hint", ""),
        options=_options(node, kind),
        clear=node.optional_text("clear"),
        marks=_marks(node.child("marks")),
        condition_kinds=node.words("condition_kinds", CONDITION_KINDS),
        show_if=_show_if(node.child("show_if")),
        only_with_condition=node.words("only_with_condition", CONDITION_KINDS),
        outcomes=_codes(node, codes),
        optional_for=node.words("optional_for", codes),
        add=node.text("add") if rows else node.text("add", ""),
        fields=tuple(_field(entry) for entry in node.list("fields")) if rows else (),
    )


def _field(node: Node) -> Item:
    node.object(_FIELD_KEYS)
    kind = node.word("type", [word for word in ITEM_TYPES if word != "rows"])
    key = node.name("key")
    return Item(
        id=key,
        key=key,
        label=node.text("label"),
        type=kind,
        required=node.truth("required", False),
        hint=node.text("hint", ""),
        options=_options(node, kind),
        show_if=_show_if(node.child("show_if")),
    )


def _options(node: Node, kind: str) -> tuple[Option, ...]:
    if kind in _CHOSEN:
        return tuple(_option(entry) for entry in node.list("options"))
    if node.child("options") is not None:
        raise InvalidTemplate(node.at("options"), "Only choice and several have options. Remove them.")
    return FOUR_WAY if kind == "four_way" else ()


def _option(node: Node) -> Option:
    node.object(("value", "label"))
    return Option(node.name("value"), node.text("label"))


def _codes(node: Node, codes: Collection[str]) -> tuple[str, ...] | None:
    return None if node.child("outcomes") is None else node.words("outcomes", codes)


def _marks(node: Node | None) -> dict[str, tuple[str, ...]]:
    if node is None:
        return {}
    return {value: node.words(value, MARKS) for value in node.object()}


def _show_if(node: Node | None) -> ShowIf | None:
    if node is None:
        return None
    node.object(("item", "in"))
    return ShowIf(node.text("item"), node.words("in"))
