"""What stands under a question."""

import datetime as dt

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.field.hints import condition_words
from fieldapp.domain.field.hints import hints
from fieldapp.models.case import Condition
from fieldapp.models.visit import Answer
from fieldapp.models.visit import Visit

HOME = shipped_library().exact("home", 1)
WORK = shipped_library().exact("work", 1)
OCTOBER = dt.datetime(2026, 10, 16, 15, tzinfo=dt.UTC)


def condition(number: int, kind: str, detail: str = "") -> Condition:
    return Condition(number=number, kind=kind, text="", detail=detail)


def visit(at: dt.datetime = OCTOBER, key: str = "home", **answers: object) -> Visit:
    given = [Answer(item=item.replace("__", "."), value=value) for item, value in answers.items()]
    return Visit(arrived_at=at, checklist_key=key, answers=given)


def test_conditions_are_named_by_number_and_person() -> None:
    assert condition_words([]) == ""
    assert condition_words([condition(7, "no_drugs")]) == "Condition 7"
    three = [condition(4, "no_alcohol"), condition(7, "no_drugs"), condition(9, "no_contact", "Dwayne Harris")]
    assert condition_words(three) == "Conditions 4, 7 and 9: Dwayne Harris"


def test_items_without_condition_or_history_have_no_hint() -> None:
    assert hints(HOME, [], [], {}) == {}


def test_condition_stands_only_under_items_of_its_kind() -> None:
    found = hints(HOME, [condition(7, "no_drugs")], [], {})
    assert found["compliance.paraphernalia"].conditions == "Condition 7"
    assert "compliance.alcohol" not in found


def test_latest_answer_to_each_item_is_shown_whichever_visit_it_came_from() -> None:
    newer = visit(OCTOBER, safety__biohazard="yes")
    older = visit(OCTOBER - dt.timedelta(days=30), safety__biohazard="no", residence__evidence=["mail", "lease"])
    found = hints(HOME, [], [newer, older], {})
    assert (found["safety.biohazard"].last, found["safety.biohazard"].last_at) == ("yes", OCTOBER)
    assert found["residence.evidence"].last == "mail, lease"


def test_free_text_and_other_checklists_are_not_hinted_at() -> None:
    before = [
        visit(actions__instructions="Call me."),
        visit(key="work", safety__biohazard="yes"),
        visit(gone__item="x"),
    ]
    assert hints(HOME, [], before, {}) == {}


def test_file_says_whether_the_employer_knows() -> None:
    found = hints(WORK, [], [], {"disclosure.employer_aware": "unknown"})
    assert found["disclosure.employer_aware"].on_file == "unknown"
