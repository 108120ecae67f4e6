"""New York probation, 9 NYCRR 351.6: greatest and high risk."""

from fieldapp.domain.due.requirement import requirements
from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import every
from tests.domain.due.build import home

GREATEST_HOME = every(1, "month", cadence="calendar", positive_only=True)
GREATEST_IN_PERSON = every(1, "week", key="in_person", cadence="calendar", locations=frozenset())
GREATEST_COLLATERAL = every(
    1, "month", key="collateral", cadence="calendar", locations=frozenset(), methods=frozenset(),
    parties=frozenset({"collateral"}), count=6,
)  # fmt: skip
HIGH_HOME = every(
    1, "quarter", cadence="calendar", count=3, positive_count=2, each_month=True,
    first=(1, "month"), initial_positive=True, parties=frozenset({"direct", "collateral"}),
)  # fmt: skip
HIGH_COLLATERAL = every(
    1, "quarter", key="collateral", cadence="calendar", count=6, locations=frozenset(), methods=frozenset(),
    parties=frozenset({"collateral"}),
)  # fmt: skip
JANUARY_START = case(d(1, 1))


def collateral(*days):
    return home(*days, method="phone", party="collateral", positive=False)


def test_greatest_risk_is_due_at_the_end_of_every_month():
    # Started on the first, so January is a full month. Seen 9 Jan: + 1 month = 9 Feb, pushed to 28 Feb.
    assert due(GREATEST_HOME, JANUARY_START, today=d(1, 2)) == d(1, 31)
    assert due(GREATEST_HOME, JANUARY_START, home(d(1, 9)), today=d(1, 10)) == d(2, 28)


def test_greatest_risk_does_not_count_a_home_contact_at_which_the_person_was_not_seen():
    assert due(GREATEST_HOME, JANUARY_START, home(d(1, 9), positive=False), today=d(1, 10)) == d(1, 31)


def test_greatest_risk_in_person_weekly_is_due_on_sunday():
    # 1 Jan 2026 is a Thursday: the first full week ends Sun 11 Jan. Seen Tue 6 Jan: a week later is Tue 13, Sun 18 Jan.
    assert due(GREATEST_IN_PERSON, JANUARY_START, today=d(1, 2)) == d(1, 11)
    assert due(GREATEST_IN_PERSON, JANUARY_START, home(d(1, 6)), today=d(1, 7)) == d(1, 18)


def test_greatest_risk_needs_six_collaterals_a_month():
    four = collateral(d(1, 5), d(1, 6), d(1, 7), d(1, 8))
    asked = ask(GREATEST_COLLATERAL, JANUARY_START, four, today=d(1, 9))
    assert (asked.due, asked.remaining) == (d(1, 31), 2)
    six = four + collateral(d(1, 9), d(1, 12))
    asked = ask(GREATEST_COLLATERAL, JANUARY_START, six, today=d(1, 13))
    assert (asked.due, asked.remaining, asked.state) == (d(2, 28), 6, "met")


def test_high_risk_needs_a_positive_contact_in_the_first_month():
    # Start 15 Jan + 1 month = 15 Feb, not pushed: it is the first month of supervision.
    person = case(d(1, 15))
    asked = ask(HIGH_HOME, person, home(d(1, 20), positive=False), today=d(1, 21))
    assert (asked.due, asked.asks) == (d(2, 15), {"positive"})
    # Seen on 2 Feb: then one in each month, so March, due on its last day.
    assert due(HIGH_HOME, person, home(d(2, 2)), today=d(2, 3)) == d(3, 31)


def test_high_risk_needs_one_contact_in_each_month():
    seen = home(d(1, 10))
    assert due(HIGH_HOME, JANUARY_START, seen, today=d(2, 1)) == d(2, 28)
    assert due(HIGH_HOME, JANUARY_START, seen + home(d(2, 27)), today=d(3, 1)) == d(3, 31)


def test_high_risk_needs_two_positive_contacts_in_the_quarter():
    # January seen; February and March only a relative at the door: the second positive one is missing on 31 Mar.
    contacts = home(d(1, 10)) + home(d(2, 10), d(3, 10), positive=False, party="collateral")
    asked = ask(HIGH_HOME, JANUARY_START, contacts, today=d(3, 11))
    assert (asked.due, asked.remaining, asked.asks, asked.state) == (d(3, 31), 1, {"positive"}, "due_later")
    asked = ask(HIGH_HOME, JANUARY_START, contacts + home(d(3, 20)), today=d(3, 21))
    assert (asked.due, asked.state) == (d(4, 30), "met")


def test_high_risk_with_two_positive_of_three_has_met_the_quarter():
    contacts = home(d(1, 10), d(2, 10)) + home(d(3, 10), positive=False, party="collateral")
    asked = ask(HIGH_HOME, JANUARY_START, contacts, today=d(3, 11))
    assert (asked.due, asked.asks, asked.state) == (d(4, 30), {"contact"}, "met")


def test_high_risk_three_contacts_in_one_month_do_not_replace_the_next_month():
    assert due(HIGH_HOME, JANUARY_START, home(d(1, 10), d(1, 17), d(1, 24)), today=d(2, 1)) == d(2, 28)


def test_high_risk_needs_six_collaterals_a_quarter():
    asked = ask(HIGH_COLLATERAL, JANUARY_START, collateral(d(1, 5), d(2, 5), d(3, 5)), today=d(3, 6))
    assert (asked.due, asked.remaining) == (d(3, 31), 3)


def test_one_home_visit_with_a_relative_counts_for_the_home_and_the_collateral_standard():
    both = home(d(1, 8), party="both")
    asked = requirements([HIGH_HOME, HIGH_COLLATERAL], JANUARY_START, both, today=d(1, 9))
    assert [(one.standard.key, one.due, one.remaining) for one in asked] == [
        ("home", d(2, 28), 1),
        ("collateral", d(3, 31), 5),
    ]
