"""The demo's answers are what the checklists ask: readable by the office, and complete."""

import datetime as dt
import random
import uuid

import pytest

from fieldapp.domain.checklist.answers import parse_answers
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.checklist.missing import missing
from fieldapp.domain.demo.answers import answers_for
from fieldapp.domain.demo.findings import INSIDE
from fieldapp.domain.demo.findings import OUTSIDE
from fieldapp.domain.demo.findings import Finding
from fieldapp.domain.demo.findings import noted
from fieldapp.domain.demo.words import MISSED
from fieldapp.models.case import CONDITION_KINDS

AT = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)
FACTS = {"disclosure.employer_aware": "no"}
COMPLETED = [
    (template, outcome.code)
    for template in shipped_library().templates
    for outcome in template.outcomes
    if outcome.outcome_class == "completed"
]
FINDINGS = [finding for finding, _ in INSIDE + OUTSIDE]


@pytest.mark.parametrize("kinds", [(), CONDITION_KINDS], ids=["no condition", "every condition"])
@pytest.mark.parametrize(("template", "outcome"), COMPLETED, ids=lambda each: getattr(each, "key", each))
def test_answers_to_every_checklist_lack_nothing(template: object, outcome: str, kinds: tuple[str, ...]) -> None:
    lacks(template, outcome, kinds, ())


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.item)
def test_what_is_found_is_told_with_all_that_is_asked_of_it(finding: Finding) -> None:
    home = shipped_library().in_force("home", AT.date())
    found = noted(finding, random.Random(3))

    answers = lacks(home, "contact_inside", CONDITION_KINDS, (found,))

    assert next(each for each in answers if each["item"] == finding.item)["value"] == finding.value


def test_every_outcome_in_vain_that_the_demo_has_is_one_of_a_checklist() -> None:
    known = {outcome.code for template in shipped_library().templates for outcome in template.outcomes}

    assert set(MISSED) <= known


def lacks(template, outcome, kinds, findings):  # type: ignore[no-untyped-def]
    """Asserts that nothing is missing, whatever chance does; returns the answers of the last try."""
    for seed in range(20):
        answers = answers_for(template, outcome, kinds, findings, FACTS, AT, random.Random(seed))
        read = parse_answers(template, answers)
        conditions = {uuid.uuid4(): kind for kind in kinds}
        assert missing(template, outcome, read, {}, set(), "Narrative.", conditions) == ()
    return answers
