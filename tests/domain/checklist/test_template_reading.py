"""A checklist file with a mistake is refused with the path of the mistake and what to put there."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from fieldapp.domain.checklist.node import InvalidTemplate
from fieldapp.domain.checklist.parse import parse_template
from fieldapp.domain.checklist.parse import read_template
from fieldapp.domain.errors import Invalid

MINIMAL: dict[str, Any] = {
    "key": "home",
    "version": 1,
    "effective_from": "2026-01-01",
    "title": "Home visit",
    "place": "home",
    "discreet_if": {"item": "a.first", "in": ["no"]},
    "outcomes": [
        {"code": "seen", "label": "Seen", "class": "completed", "group": "Seen", "marks": [], "party": "direct"},
        {
            "code": "gone",
            "label": "Gone",
            "class": "attempted",
            "group": "Stopped",
            "marks": ["note"],
            "party": "direct",
        },
    ],
    "sections": [
        {
            "key": "a",
            "title": "A",
            "outcomes": ["seen", "gone"],
            "rest": "None of these",
            "items": [
                {"key": "first", "label": "First", "type": "four_way", "required": True, "clear": "no"},
                {
                    "key": "second",
                    "label": "Second",
                    "type": "choice",
                    "options": [{"value": "x", "label": "X"}],
                    "marks": {"x": ["note", "safety", "alert"]},
                    "show_if": {"item": "a.first", "in": ["yes"]},
                },
                {
                    "key": "people",
                    "label": "Person",
                    "type": "rows",
                    "add": "Add",
                    "fields": [
                        {"key": "age", "label": "Age", "type": "choice", "options": [{"value": "old", "label": "Old"}]},
                        {"key": "name", "label": "Name", "type": "text", "show_if": {"item": "age", "in": ["old"]}},
                    ],
                },
            ],
        },
        {
            "key": "b",
            "title": "B",
            "outcomes": None,
            "rest": None,
            "items": [{"key": "x", "label": "X", "type": "text"}],
        },
    ],
    "certificate": "True.",
}


def put(value: Any, *path: str | int) -> Callable[[dict[str, Any]], None]:
    """A change that puts a value at a path of the document."""

    def change(document: dict[str, Any]) -> None:
        target: Any = document
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value

    return change


FIRST, SECOND, ROWS = [("sections", 0, "items", i) for i in range(3)]
WRONG = [
    ("key", put("Home visit", "key")),
    ("key", put(7, "key")),
    ("version", put(0, "version")),
    ("version", put(True, "version")),
    ("version", put("1", "version")),
    ("effective_from", put("1 January", "effective_from")),
    ("effective_from", put(None, "effective_from")),
    ("title", put("  ", "title")),
    ("place", put("school", "place")),
    ("place", put(["home"], "place")),
    ("colour", put("red", "colour")),
    ("outcomes", put([], "outcomes")),
    ("sections", put({}, "sections")),
    ("outcomes[0]", put("seen", "outcomes", 0)),
    ("outcomes[0].class", put("done", "outcomes", 0, "class")),
    ("outcomes[0].group", put("Elsewhere", "outcomes", 0, "group")),
    ("outcomes[0].marks", put(["photo"], "outcomes", 0, "marks")),
    ("outcomes[0].marks", put(["note", "alert"], "outcomes", 0, "marks")),
    ("outcomes[0].party", put("cat", "outcomes", 0, "party")),
    ("outcomes[0].counted", put("no", "outcomes", 0, "counted")),
    ("outcomes[0].follow_up", put("call", "outcomes", 0, "follow_up")),
    ("outcomes[0].condition_kinds", put(["no_fun"], "outcomes", 0, "condition_kinds")),
    ("outcomes[2].code", put([*MINIMAL["outcomes"], MINIMAL["outcomes"][0]], "outcomes")),
    ("sections[0].outcomes", put(["elsewhere"], "sections", 0, "outcomes")),
    ("sections[0].rest", put("", "sections", 0, "rest")),
    ("sections[1].key", put("a", "sections", 1, "key")),
    ("sections[0].items", put([], "sections", 0, "items")),
    ("sections[0].items[0].type", put("tick", *FIRST, "type")),
    ("sections[0].items[0].required", put(1, *FIRST, "required")),
    ("sections[0].items[0].clear", put("perhaps", *FIRST, "clear")),
    ("sections[0].items[0].clear", put(None, "sections", 0, "rest")),
    ("sections[0].items[0].clear", put({"no": ["note"]}, *FIRST, "marks")),
    ("sections[0].items[0].options", put([{"value": "x", "label": "X"}], *FIRST, "options")),
    ("sections[0].items[0].marks", put(["note"], *FIRST, "marks")),
    ("sections[0].items[0].marks.yes", put({"yes": ["loud"]}, *FIRST, "marks")),
    ("sections[0].items[0].marks.yes", put({"yes": "note"}, *FIRST, "marks")),
    ("sections[0].items[0].marks.maybe", put({"maybe": ["note"]}, *FIRST, "marks")),
    ("sections[0].items[0].marks.yes", put({"yes": ["note", "alert"]}, *FIRST, "marks")),
    ("sections[0].items[0].condition_kinds", put(["other", "other"], *FIRST, "condition_kinds")),
    ("sections[0].items[0].only_with_condition", put([1], *FIRST, "only_with_condition")),
    ("sections[0].items[0].optional_for", put(["never"], *FIRST, "optional_for")),
    ("sections[0].items[0].show_if.item", put({"item": "a.second", "in": ["x"]}, *FIRST, "show_if")),
    ("sections[0].items[1].key", put("first", *SECOND, "key")),
    ("sections[0].items[1].options", put([], *SECOND, "options")),
    ("sections[0].items[1].options[0].value", put("Big X", *SECOND, "options", 0, "value")),
    ("sections[0].items[1].options[1].value", put([{"value": "x", "label": "X"}] * 2, *SECOND, "options")),
    ("sections[0].items[1].show_if.in", put({"item": "a.first", "in": ["maybe"]}, *SECOND, "show_if")),
    ("sections[0].items[1].show_if.on", put({"item": "a.first", "on": ["yes"]}, *SECOND, "show_if")),
    ("sections[0].items[2].add", put(None, *ROWS, "add")),
    ("sections[0].items[2].fields", put(None, *ROWS, "fields")),
    ("sections[0].items[2].fields[0].type", put("rows", *ROWS, "fields", 0, "type")),
    ("sections[0].items[2].fields[0].marks", put({"old": ["note"]}, *ROWS, "fields", 0, "marks")),
    ("sections[0].items[2].fields[1].key", put("age", *ROWS, "fields", 1, "key")),
    ("sections[0].items[2].fields[1].show_if.item", put("name", *ROWS, "fields", 1, "show_if", "item")),
    (
        "sections[0].items[2].fields[0].options[1].value",
        put([{"value": "x", "label": "X"}] * 2, *ROWS, "fields", 0, "options"),
    ),
    ("discreet_if.item", put("a.tenth", "discreet_if", "item")),
    ("discreet_if.in", put(["perhaps"], "discreet_if", "in")),
]


def test_minimal_checklist_is_read_whole() -> None:
    template = parse_template(MINIMAL)

    assert [item.id for item in template.items()] == ["a.first", "a.second", "a.people", "b.x"]
    first = template.item("a.first")
    assert first is not None
    assert first.values == ("yes", "no", "not_observed", "not_applicable")
    assert template.item("a.tenth") is None
    assert [outcome.counted for outcome in template.outcomes] == [True, True]


@pytest.mark.parametrize(("path", "change"), WRONG, ids=[f"{i}-{path}" for i, (path, _) in enumerate(WRONG)])
def test_mistake_is_named_by_its_path(path: str, change: Callable[[dict[str, Any]], None]) -> None:
    document = copy.deepcopy(MINIMAL)
    change(document)

    with pytest.raises(InvalidTemplate) as caught:
        parse_template(document)

    assert list(caught.value.errors) == [path]
    assert str(caught.value).startswith(f"{path}: ")


def test_value_of_a_free_answer_cannot_be_marked() -> None:
    document = copy.deepcopy(MINIMAL)
    document["sections"][1]["items"][0]["marks"] = {"hello": ["note"]}

    with pytest.raises(InvalidTemplate, match="the answer is free"):
        parse_template(document)


@pytest.mark.parametrize(
    "text",
    ["", "{", b"\xff", "[" * 100_000, "[]", "null"],
    ids=["empty", "cut", "binary", "deep", "list", "null"],
)
def test_file_that_is_no_template_is_refused_with_a_sentence(text: str | bytes) -> None:
    with pytest.raises(InvalidTemplate) as caught:
        read_template(text)

    assert list(caught.value.errors) == ["file"]


def test_repeating_group_with_a_row_can_be_marked_and_asked_about() -> None:
    document = copy.deepcopy(MINIMAL)
    document["sections"][0]["items"][2]["marks"] = {"any": ["safety"]}
    document["sections"][1]["items"][0]["show_if"] = {"item": "a.people", "in": ["any"]}

    template = read_template(json.dumps(document))

    people = template.item("a.people")
    assert people is not None
    assert people.marks == {"any": ("safety",)}


def test_outcome_of_another_place_is_refused_by_name() -> None:
    with pytest.raises(Invalid, match="“off_shift” is not an outcome of Home visit 1") as caught:
        parse_template(MINIMAL).outcome("off_shift")

    assert list(caught.value.errors) == ["outcome"]
