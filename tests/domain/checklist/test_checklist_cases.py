"""The cases that phone and office must answer alike; `tests/js/checklist.test.js` runs the same file."""

import datetime as dt
import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from fieldapp.domain.checklist.answers import Answer
from fieldapp.domain.checklist.answers import parse_answers
from fieldapp.domain.checklist.answers import parse_rows
from fieldapp.domain.checklist.flags import raised_flags
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.checklist.missing import missing
from fieldapp.domain.checklist.progress import section_progress
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.checklist.visible import is_discreet
from fieldapp.domain.checklist.visible import rest_values
from fieldapp.domain.checklist.visible import visible_items

CASES = json.loads((Path(__file__).parents[2] / "js" / "cases" / "checklist-cases.json").read_text())
AT = "2026-11-19T18:52:31.412Z"


class Filled:
    """One case, filled in as the phone would: the answers first, then the rest buttons in their order."""

    def __init__(self, case: dict[str, Any]):
        self.case = case
        self.template: Template = shipped_library().in_force(case["template"], dt.date(2026, 11, 19))
        self.conditions = {uuid.UUID(entry["id"]): entry["kind"] for entry in case["conditions"]}
        raw = [{"answered_by": "tap", "at": AT, **entry} for entry in case["answers"]]
        self.answers = parse_answers(self.template, raw)
        self.rows = parse_rows(self.template, case["rows"])
        self.rest: dict[str, dict[str, str]] = {}
        for section in case["rest"]:
            self.rest[section] = rest_values(self.template, section, *self.given)
            for item, value in self.rest[section].items():
                self.answers[item] = Answer(value, answered_by="rest")

    @property
    def given(self) -> tuple[Any, ...]:
        return self.case["outcome"], self.answers, self.rows, self.conditions

    def missing(self) -> tuple[Any, ...]:
        outcome, answers, rows, conditions = self.given
        photos, narrative = self.case["photos"], self.case["narrative"]
        note = self.case["outcome_note"]
        return missing(self.template, outcome, answers, rows, photos, narrative, conditions, outcome_note=note)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_office_answers_each_shared_case_as_written(case: dict[str, Any]) -> None:
    filled = Filled(case)
    shown = [item.id for item in visible_items(filled.template, *filled.given)]

    assert [vars_of(entry) for entry in filled.missing()] == case["missing"]
    assert [vars_of(flag) for flag in raised_flags(filled.template, *filled.given)] == case["flags"]
    assert shown == case.get("visible", shown)
    assert set(case.get("shows", [])) <= set(shown)
    assert not set(case.get("hides", [])) & set(shown)
    for section, values in case.get("rest_gives", {}).items():
        assert filled.rest[section] == values
    assert is_discreet(filled.template, filled.answers) is case.get("discreet", False)
    progress = {entry.key: entry for entry in section_progress(filled.template, *filled.given, filled.missing())}
    for section, counts in case.get("progress", {}).items():
        assert {key: getattr(progress[section], key) for key in counts} == counts


def vars_of(entry: Any) -> dict[str, Any]:
    """The entry as the cases write it: identifiers as text, tuples as lists."""
    values = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    if "condition_ids" in values:
        values["condition_ids"] = [str(condition) for condition in values["condition_ids"]]
    return values
