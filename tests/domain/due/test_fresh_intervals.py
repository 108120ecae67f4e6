"""Rules 6 and 8: a change of level or case type and resuming after a suspension start a fresh interval."""

import pytest

from fieldapp.domain.due.requirement import requirement
from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import event
from tests.domain.due.build import every
from tests.domain.due.build import home
from tests.domain.due.build import levels
from tests.domain.due.build import on_event

HIGH = every(30, level_key="high", first=(10, "day"))
ANY_LEVEL = every(30)
RAISED = case(d(1, 1), levels=levels((d(3, 1), "high"), (d(1, 1), "low")))
CUSTODY = levels((d(1, 1), "active"), (d(3, 10), "in_custody"), (d(3, 20), "active"))


def test_a_standard_asks_nothing_before_the_level_is_reached():
    assert requirement(HIGH, RAISED, [], today=d(2, 28)) is None


def test_a_change_of_level_starts_a_full_period():
    # Seen under the old level on 20 Feb; high since 1 Mar, + 30 days = 31 Mar.
    asked = ask(HIGH, RAISED, home(d(2, 20)), today=d(3, 2))
    assert (asked.due, asked.cause.kind, asked.cause.date, asked.last) == (d(3, 31), "level", d(3, 1), d(2, 20))


def test_never_seen_before_the_change_the_first_deadline_runs_from_the_change():
    assert due(HIGH, RAISED, today=d(3, 2)) == d(3, 11)


def test_leaving_a_level_ends_its_standard():
    lowered = case(d(1, 1), levels=levels((d(1, 1), "high"), (d(3, 1), "low")))
    assert requirement(HIGH, lowered, [], today=d(3, 1)) is None


def test_the_same_level_assigned_again_is_no_change():
    again = case(d(1, 1), levels=levels((d(1, 1), "high"), (d(3, 1), "high")))
    assert due(HIGH, again, home(d(2, 20)), today=d(3, 2)) == d(3, 22)


def test_a_first_level_assigned_late_holds_from_the_start():
    late = case(d(1, 1), levels=levels((d(1, 8), "high")))
    assert due(HIGH, late, today=d(1, 8)) == d(1, 11)


def test_a_standard_for_all_levels_is_not_touched_by_a_change_of_level():
    assert due(ANY_LEVEL, RAISED, home(d(2, 20)), today=d(3, 2)) == d(3, 22)


def test_of_two_assignments_on_one_day_the_later_listed_holds():
    corrected = case(d(1, 1), levels=levels((d(1, 1), "low"), (d(1, 1), "high")))
    assert due(HIGH, corrected, today=d(1, 2)) == d(1, 11)


def test_a_change_of_case_type_starts_a_full_period():
    sex_offence = every(30, case_types=frozenset({"sex_offence"}))
    person = case(d(1, 1), case_types=levels((d(1, 1), "general"), (d(3, 1), "sex_offence")))
    asked = ask(sex_offence, person, home(d(2, 20)), today=d(3, 2))
    assert (asked.due, asked.cause.kind) == (d(3, 31), "case_type")


@pytest.mark.parametrize("status", ["administrative", "in_custody", "warrant", "absconder"])
def test_nothing_is_asked_while_suspended(status):
    person = case(d(1, 1), statuses=levels((d(3, 10), status)))
    assert requirement(ANY_LEVEL, person, [], today=d(3, 9)) is not None
    assert requirement(ANY_LEVEL, person, [], today=d(3, 10)) is None
    assert requirement(ANY_LEVEL, person, [], today=d(12, 1)) is None


def test_resuming_starts_a_full_period():
    # Seen 1 Mar, in custody from 10 Mar, active again 20 Mar: + 30 days = 19 Apr.
    asked = ask(ANY_LEVEL, case(d(1, 1), statuses=CUSTODY), home(d(3, 1)), today=d(3, 21))
    assert (asked.due, asked.cause.kind, asked.cause.date) == (d(4, 19), "resumed", d(3, 20))


def test_one_suspension_after_another_is_one_suspension():
    statuses = levels((d(3, 1), "warrant"), (d(3, 5), "in_custody"), (d(3, 20), "active"))
    asked = ask(ANY_LEVEL, case(d(1, 1), statuses=statuses), today=d(3, 21))
    assert (asked.due, asked.cause.date) == (d(4, 19), d(3, 20))


def test_a_move_during_custody_waits_for_the_release():
    # Moved 12 Mar, active again 20 Mar: 30 days from the release = 19 Apr.
    person = case(d(1, 1), statuses=CUSTODY, events=(event("address_change", d(3, 12)),))
    asked = ask(on_event("address_change", 30), person, home(d(2, 1)), today=d(3, 21))
    assert (asked.due, asked.cause.kind, asked.cause.date) == (d(4, 19), "address_change", d(3, 12))


def test_a_level_changed_during_custody_begins_with_the_release():
    person = case(d(1, 1), statuses=CUSTODY, levels=levels((d(1, 1), "low"), (d(3, 15), "high")))
    asked = ask(HIGH, person, home(d(2, 1)), today=d(3, 21))
    assert (asked.due, asked.cause.kind) == (d(4, 19), "resumed")


def test_nothing_is_asked_before_the_start_and_after_the_end():
    person = case(d(1, 10), ended=d(6, 1), levels=levels((d(7, 1), "high")))
    assert requirement(ANY_LEVEL, person, [], today=d(1, 9)) is None
    assert requirement(ANY_LEVEL, person, [], today=d(5, 31)) is not None
    assert requirement(ANY_LEVEL, person, [], today=d(6, 1)) is None


def test_a_standard_is_asked_only_while_it_is_in_effect():
    spring = every(30, effective_from=d(3, 1), effective_to=d(5, 31))
    assert requirement(spring, case(d(1, 1)), [], today=d(2, 28)) is None
    assert requirement(spring, case(d(1, 1)), [], today=d(5, 31)) is not None
    assert requirement(spring, case(d(1, 1)), [], today=d(6, 1)) is None


def test_nobody_is_overdue_on_the_day_a_standard_is_new():
    asked = ask(every(30, effective_from=d(3, 1)), case(d(1, 1)), home(d(1, 5)), today=d(3, 1))
    assert (asked.due, asked.cause.kind, asked.cause.date) == (d(3, 31), "standard", d(3, 1))


def test_a_new_version_of_an_old_standard_forgives_nothing():
    version = every(30, effective_from=d(3, 1), in_force_since=d(1, 1, 2020))
    assert due(version, case(d(1, 1)), home(d(1, 5)), today=d(3, 1)) == d(2, 4)


def test_a_new_standard_passes_over_a_suspension_before_it():
    person = case(d(1, 1), statuses=levels((d(1, 10), "warrant"), (d(2, 10), "active")))
    assert due(every(30, effective_from=d(3, 1)), person, today=d(3, 1)) == d(3, 31)
