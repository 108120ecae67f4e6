"""Contact standards from a JSON file: taken over whole, or refused with the entry, the field and the remedy."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.caseload.standards import agency_standards
from fieldapp.domain.due.reason import rule_words
from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.standards import apply_standards
from fieldapp.domain.imports.standards import read_standards
from fieldapp.domain.setup import add_levels
from fieldapp.models.standard import ContactStandard
from tests import people

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "contact-standards.md"
HOME: dict[str, Any] = {
    "key": "home-high",
    "label": "Home contact",
    "level_key": "high",
    "place": "home",
    "cadence": "rolling",
    "period_number": 30,
    "period_unit": "day",
    "parties": ["direct"],
    "effective_from": "2026-01-01",
}


def read(*entries: Any) -> list[dict[str, Any]]:
    return read_standards(json.dumps(entries).encode())


def test_the_example_of_the_guide_is_taken_over_and_the_second_time_changes_nothing(session: Session) -> None:
    agency = people.agency(session)
    add_levels(session)
    found = re.search(r"```json\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found
    entries = read_standards(found[1].encode())
    assert apply_standards(session, entries, now=people.NOW) == {"new": 2, "changed": 0, "same": 0}
    assert apply_standards(session, entries, now=people.NOW) == {"new": 0, "changed": 0, "same": 2}
    assert {rule_words(standard) for standard in agency_standards(session, agency)} == {"1 per 30 days", ""}


def test_a_changed_entry_changes_its_version_and_a_new_date_makes_another(session: Session) -> None:
    add_levels(session)
    apply_standards(session, read(HOME), now=people.NOW)
    assert apply_standards(session, read({**HOME, "period_number": 45}), now=people.NOW)["changed"] == 1
    assert apply_standards(session, read({**HOME, "effective_from": "2027-01-01"}), now=people.NOW)["new"] == 1
    rows = session.scalars(select(ContactStandard.period_number).order_by(ContactStandard.effective_from))
    assert rows.all() == [45, 30]


def test_event_that_nothing_tells_the_office_of_is_refused() -> None:
    event = {**HOME, "cadence": "once", "event": "new_concern", "event_number": 5, "event_unit": "business_day"}

    with pytest.raises(Invalid) as refused:
        read(event)

    assert refused.value.errors == {
        "1.event": "Entry 1: event new_concern cannot be used: nothing tells the office of a new concern yet."
        " Use address_change, release, resumed or new_job."
    }


def test_a_field_that_is_left_out_of_a_later_file_goes_back_to_its_default(session: Session) -> None:
    add_levels(session)
    apply_standards(session, read({**HOME, "soon_days": 3}), now=people.NOW)
    apply_standards(session, read(HOME), now=people.NOW)
    assert session.scalars(select(ContactStandard.soon_days)).one() == 7


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"label": ""}, "lacks label"),
        ({"colour": "red"}, "colour is no field"),
        ({"cadence": "daily"}, "cadence must be one of"),
        ({"period_unit": "fortnight"}, "period_unit must be one of"),
        ({"count": "3"}, "count must be a whole number"),
        ({"count": True}, "count must be a whole number"),
        ({"count": None}, "count must be a value"),
        ({"each_month": "yes"}, "each_month must be true or false"),
        ({"parties": "direct"}, "parties must be a list of words"),
        ({"effective_from": "January"}, "must be a date such as"),
        ({"citation": "x" * 201}, "at most 200 letters"),
    ],
)
def test_a_wrong_field_is_named_with_its_remedy(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid, match="Entry 1") as refused:
        read({**HOME, **change})
    assert words in str(refused.value)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{}", b"[]", b"[1]", b"nonsense"])
def test_what_is_no_list_of_standards_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(Invalid):
        read_standards(data)


def test_one_version_twice_in_a_file_is_refused() -> None:
    with pytest.raises(Invalid, match="same key and effective_from"):
        read(HOME, HOME)


@pytest.mark.parametrize("change", [{"level_key": "extreme"}, {"period_number": None}, {"parties": ["friend"]}])
def test_a_standard_that_asks_for_nothing_usable_is_refused_whole(session: Session, change: dict[str, Any]) -> None:
    add_levels(session)
    with pytest.raises(Invalid, match="Entry 2"):
        apply_standards(session, read(HOME, {**HOME, "key": "other", **change}), now=people.NOW)
    session.rollback()
    assert session.scalars(select(ContactStandard)).all() == []
