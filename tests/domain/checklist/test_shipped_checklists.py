"""What the shipped checklists promise: every outcome and item of the domain, and few taps."""

import uuid

import pytest

from fieldapp.domain.checklist.answers import Answer
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.checklist.missing import missing
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.checklist.visible import rest_values
from fieldapp.domain.checklist.visible import visible_items

HOME = shipped_library().exact("home", 1)
WORK = shipped_library().exact("work", 1)
COMPLETED = {"contact_inside", "contact_at_door", "collateral_only"}
NOT_ATTEMPTED = {"cancelled", "rescheduled", "in_custody", "hospital"}
ANYWHERE = {"refused_contact", "moved", "wrong_address", "not_found", "access_blocked", "unsafe_aborted"}
ATTEMPTED = {
    "home": ANYWHERE | {"no_one_home", "occupied_no_answer", "refused_entry"},
    "work": ANYWHERE | {"absent_from_work", "off_shift", "no_longer_employed", "employer_refused"},
}
CLEAN = {"residence.evidence": ("mail",), "verification.evidence": ("stub",), "presence.spoken_to": ("supervisee",)}


@pytest.mark.parametrize("template", [HOME, WORK], ids=["home", "work"])
def test_every_outcome_of_the_place_is_there_in_its_class(template: Template) -> None:
    codes: dict[str, set[str]] = {}
    for outcome in template.outcomes:
        codes.setdefault(outcome.outcome_class, set()).add(outcome.code)

    assert codes == {
        "completed": COMPLETED,
        "attempted": ATTEMPTED[template.place],
        "not_attempted": NOT_ATTEMPTED,
    }


@pytest.mark.parametrize("template", [HOME, WORK], ids=["home", "work"])
def test_every_visit_that_failed_needs_a_note_and_no_checklist(template: Template) -> None:
    for outcome in template.outcomes:
        if outcome.outcome_class != "completed":
            assert "note" in outcome.marks
            assert visible_items(template, outcome.code, {}, {}, {}) == ()


@pytest.mark.parametrize("template", [HOME, WORK], ids=["home", "work"])
def test_groups_and_follow_ups_are_those_of_the_outcome(template: Template) -> None:
    by_code = {outcome.code: outcome for outcome in template.outcomes}

    assert {code for code, outcome in by_code.items() if outcome.group == "Seen"} == COMPLETED
    assert {code for code, outcome in by_code.items() if outcome.group == "Stopped"} == NOT_ATTEMPTED | {
        "unsafe_aborted"
    }
    assert {code for code, outcome in by_code.items() if not outcome.counted} == {"unsafe_aborted"}
    assert by_code["unsafe_aborted"].follow_up == "propose_caution"
    assert by_code["in_custody"].follow_up == "status_unverified"
    for code in ("moved", "wrong_address", "not_found"):
        assert by_code[code].follow_up == "address_unverified"
    assert {code for code, outcome in by_code.items() if "alert" in outcome.marks} == {
        code for code in by_code if "refused" in code
    }


def test_hint_of_a_contact_through_somebody_else_says_what_the_agencys_setting_does() -> None:
    # domain/caseload/standards.py: the setting touches home standards alone; a work standard lists parties itself
    assert HOME.outcome("collateral_only").hint == "Does not count as home contact unless your agency says so"
    assert WORK.outcome("collateral_only").hint == "Counts only where the standard accepts it"


NOTE_AND_PHOTO = ("violation", "note", "photo", "discovery")
MARKS = {
    "arrival.address_confirmed": {"no": ("note",)},
    "safety.animals_loose": {"yes": ("safety", "note")},
    "safety.weapon_visible": {"yes": ("safety", *NOTE_AND_PHOTO)},
    "safety.hostile_person": {"yes": ("safety", "note")},
    "safety.structure": {"yes": ("safety", "note")},
    "safety.biohazard": {"yes": ("safety", "note")},
    "safety.chemical_odor": {"yes": ("safety", "note")},
    "residence.lives_here": {"doubtful": ("note",), "not_verified": ("note", "violation")},
    "residence.changes": {"yes": ("note",)},
    "people.prohibited_person": {"yes": ("violation", "note")},
    "people.protected_victim": {"yes": ("violation", "safety", "note", "alert")},
    "people.minors_restricted": {"yes": ("violation", "note")},
    "home.habitability": {"concern": ("note",), "unsafe": ("welfare", "note")},
    "home.vulnerable_concern": {"yes": ("welfare", "note", "alert")},
    "compliance.alcohol": {"yes": NOTE_AND_PHOTO},
    "compliance.paraphernalia": {"yes": NOTE_AND_PHOTO},
    "compliance.suspected_drugs": {"yes": NOTE_AND_PHOTO},
    "compliance.weapons": {"yes": NOTE_AND_PHOTO},
    "compliance.intoxication": {"alcohol": ("note",), "drugs": ("note",), "unclear": ("note",)},
    "asked.police_contact": {"yes": ("note",)},
    "asked.new_arrest": {"yes": ("violation", "note")},
    "discussion.health": {"concern": ("welfare", "note")},
    "test.result": {"refused": ("violation", "note")},
}


def test_marks_of_the_home_checklist_are_those_of_the_domain() -> None:
    found = {item.id: dict(item.marks) for item in HOME.items()}

    assert {item: found[item] for item in MARKS} == MARKS


def test_rest_buttons_say_only_what_was_seen_or_reported() -> None:
    words = {section.rest for template in (HOME, WORK) for section in template.sections}
    given = {item.clear for template in (HOME, WORK) for item in template.items()}

    assert words == {None, "None of these seen", "None of these present", "No concerns seen", "None reported"}
    assert given == {None, "no", "none"}


@pytest.mark.parametrize(("template", "limit"), [(HOME, 12), (WORK, 8)], ids=["home", "work"])
def test_completed_visit_without_findings_takes_few_taps(template: Template, limit: int) -> None:
    conditions = {uuid.uuid4(): kind for kind in ("no_alcohol", "no_drugs", "no_contact", "no_weapons")}
    answers: dict[str, Answer] = {}
    taps = 0
    for section in template.sections:
        values = rest_values(template, section.key, "contact_inside", answers, {}, conditions)
        taps += bool(values)
        answers |= {item: Answer(value, answered_by="rest") for item, value in values.items()}
    while lacking := [
        entry
        for entry in missing(template, "contact_inside", answers, {}, [], "", conditions)
        if entry.what == "answer"
    ]:
        item = template.item(lacking[0].item)
        assert item is not None
        answers[item.id] = Answer(
            CLEAN.get(item.id) or next(value for value in item.values if not item.marks.get(value))
        )
        taps += 1

    assert missing(template, "contact_inside", answers, {}, [], "", conditions) == ()
    assert taps <= limit
