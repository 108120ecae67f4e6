"""Answers from a phone are taken only in the shape that the template gives them."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from fieldapp.domain.checklist.answers import parse_answers
from fieldapp.domain.checklist.answers import parse_rows
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.errors import Invalid

HOME = shipped_library().exact("home", 1)
WORK = shipped_library().exact("work", 1)
AT = "2026-11-19T18:52:31.412Z"
ROW = str(uuid.UUID(int=7))


def entry(item: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"item": item, "value": value, "answered_by": "tap", "at": AT} | more


def test_answers_of_every_type_are_read() -> None:
    home = parse_answers(
        HOME,
        [
            entry("compliance.alcohol", "yes", note="Two cans", discovery="plain_view", no_photo_reason=None),
            entry("safety.biohazard", "no", answered_by="rest"),
            entry("residence.evidence", ["mail", "lease"]),
            entry("discussion.goals", "Finish the course"),
            entry("actions.next_report", "2026-12-01"),
        ],
    )
    work = parse_answers(WORK, [entry("verification.hours", 37.5)])

    assert home["compliance.alcohol"].note == "Two cans"
    assert home["compliance.alcohol"].discovery == "plain_view"
    assert home["compliance.alcohol"].at == dt.datetime(2026, 11, 19, 18, 52, 31, 412_000, tzinfo=dt.UTC)
    assert home["safety.biohazard"].answered_by == "rest"
    assert home["residence.evidence"].value == ("mail", "lease")
    assert home["discussion.goals"].value == "Finish the course"
    assert home["actions.next_report"].value == "2026-12-01"
    assert work["verification.hours"].value == 37.5
    assert list(home)[:2] == ["compliance.alcohol", "safety.biohazard"]


WRONG_ANSWERS: list[tuple[str, Any]] = [
    ("answers", {"arrival.address_confirmed": "yes"}),
    ("answers", [entry("arrival.address_confirmed", "yes")] * 60),
    ("answers[0]", ["yes"]),
    ("answers[0]", [entry("arrival.address_confirmed", "yes", colour="red")]),
    ("answers[0].item", [entry("arrival.mood", "yes")]),
    ("answers[0].item", [entry(None, "yes")]),  # type: ignore[arg-type]
    ("answers[0].item", [entry("people.persons", "yes")]),
    ("answers[1].item", [entry("arrival.address_confirmed", "yes")] * 2),
    ("answers[0].value", [entry("arrival.address_confirmed", "perhaps")]),
    ("answers[0].value", [entry("arrival.address_confirmed", ["yes"])]),
    ("answers[0].value", [entry("residence.evidence", "mail")]),
    ("answers[0].value", [entry("residence.evidence", ["mail", "mail"])]),
    ("answers[0].value", [entry("residence.evidence", ["crystal_ball"])]),
    ("answers[0].value", [entry("discussion.goals", 7)]),
    ("answers[0].value", [entry("discussion.goals", "x" * 10_001)]),
    ("answers[0].value", [entry("actions.notified", "x" * 501)]),
    ("answers[0].value", [entry("actions.notified", "a\0b")]),
    ("answers[0].value", [entry("actions.notified", "\ud800")]),
    ("answers[0].value", [entry("actions.next_report", "tomorrow")]),
    ("answers[0].value", [entry("actions.next_report", 20261201)]),
    ("answers[0].answered_by", [entry("arrival.address_confirmed", "yes", answered_by="rest")]),
    ("answers[0].answered_by", [entry("safety.biohazard", "yes", answered_by="rest")]),
    ("answers[0].answered_by", [entry("safety.biohazard", "no", answered_by="guess")]),
    ("answers[0].note", [entry("safety.biohazard", "yes", note=["needles"])]),
    ("answers[0].discovery", [entry("compliance.alcohol", "yes", discovery="rumor")]),
    ("answers[0].no_photo_reason", [entry("compliance.alcohol", "yes", no_photo_reason=1)]),
    ("answers[0].at", [entry("safety.biohazard", "yes", at="2026-11-19T18:52:31")]),
    ("answers[0].at", [entry("safety.biohazard", "yes", at="noon")]),
    ("answers[0].at", [entry("safety.biohazard", "yes", at=None)]),
    ("answers[0].at", [entry("safety.biohazard", "yes", at="0001-01-01T00:00:00+14:00")]),
]


@pytest.mark.parametrize(
    ("path", "raw"), WRONG_ANSWERS, ids=[f"{i}-{path}" for i, (path, _) in enumerate(WRONG_ANSWERS)]
)
def test_answer_in_a_wrong_shape_is_named_by_its_path(path: str, raw: Any) -> None:
    with pytest.raises(Invalid) as caught:
        parse_answers(HOME, raw)

    assert list(caught.value.errors) == [path]
    assert path in str(caught.value)


@pytest.mark.parametrize(
    "hours", [True, "40", float("nan"), float("inf"), 10**400, None], ids=["bool", "text", "nan", "inf", "huge", "none"]
)
def test_number_must_be_a_number(hours: Any) -> None:
    with pytest.raises(Invalid, match=r"answers\[0\].value must be a number"):
        parse_answers(WORK, [entry("verification.hours", hours)])


def test_rows_keep_their_id_and_drop_blank_fields() -> None:
    rows = parse_rows(HOME, {"people.persons": [{"id": ROW, "name": "Lorraine Bell", "relation": "", "age": "adult"}]})

    assert rows == {"people.persons": ({"id": ROW, "name": "Lorraine Bell", "age": "adult"},)}


WRONG_ROWS: list[tuple[str, Any]] = [
    ("rows", []),
    ("rows", {"people.pets": []}),
    ("rows.safety.biohazard", {"safety.biohazard": []}),
    ("rows.people.persons", {"people.persons": {"name": "x"}}),
    ("rows.people.persons", {"people.persons": [{"id": ROW}] * 101}),
    ("rows.people.persons[0]", {"people.persons": ["Lorraine"]}),
    ("rows.people.persons[0]", {"people.persons": [{"id": ROW, "shoe_size": "9"}]}),
    ("rows.people.persons[0].id", {"people.persons": [{"name": "x"}]}),
    ("rows.people.persons[0].id", {"people.persons": [{"id": "7"}]}),
    ("rows.people.persons[0].age", {"people.persons": [{"id": ROW, "age": "old"}]}),
    ("rows.people.persons[0].name", {"people.persons": [{"id": ROW, "name": 7}]}),
]


@pytest.mark.parametrize(("path", "raw"), WRONG_ROWS, ids=[f"{i}-{path}" for i, (path, _) in enumerate(WRONG_ROWS)])
def test_row_in_a_wrong_shape_is_named_by_its_path(path: str, raw: Any) -> None:
    with pytest.raises(Invalid) as caught:
        parse_rows(HOME, raw)

    assert list(caught.value.errors) == [path]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def refused_or_read(parse: Callable[[Any, Any], object], raw: Any) -> bool:
    try:
        parse(HOME, raw)
    except Invalid as refused:
        return bool(str(refused))
    return True


@settings(max_examples=60, deadline=None)
@given(item=st.sampled_from([item.id for item in HOME.items()]), value=ANYTHING, note=ANYTHING, at=ANYTHING)
def test_whatever_is_sent_is_read_or_refused_with_a_sentence(item: str, value: Any, note: Any, at: Any) -> None:
    for raw in (value, [entry(item, value, note=note, at=at)]):
        assert refused_or_read(parse_answers, raw)
    for raw in (value, {item: value}, {item: [{"id": value, "name": note}]}):
        assert refused_or_read(parse_rows, raw)
