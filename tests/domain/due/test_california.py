"""California parole, 15 CCR 3504: high control and high service."""

from tests.domain.due.build import ask
from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import every
from tests.domain.due.build import home

HOME_CONTACT = every(1, "month", cadence="calendar", first=(7, "business_day"))
FACE_TO_FACE = every(
    1, "month", key="face", cadence="calendar", first=(3, "business_day"), initial_aim=1, locations=frozenset()
)
COLLATERAL = every(30, key="collateral", locations=frozenset(), methods=frozenset(), parties=frozenset({"collateral"}))
RELEASED_FRIDAY = case(d(7, 3))


def test_first_home_contact_is_due_within_seven_working_days():
    # Released Fri 3 Jul 2026. Working days: Mon 6, 7, 8, 9, 10, Mon 13, Tue 14 = the seventh.
    assert due(HOME_CONTACT, RELEASED_FRIDAY, today=d(7, 3)) == d(7, 14)


def test_an_agency_holiday_is_no_working_day():
    # With Wed 8 Jul off, the seventh is one working day later, Wed 15 Jul.
    assert due(HOME_CONTACT, RELEASED_FRIDAY, today=d(7, 3), holidays={d(7, 8)}) == d(7, 15)


def test_home_contact_is_then_due_at_the_end_of_each_month():
    # Visited 10 Jul: + 1 month = 10 Aug, pushed to 31 Aug.
    assert due(HOME_CONTACT, RELEASED_FRIDAY, home(d(7, 10)), today=d(7, 11)) == d(8, 31)


def test_face_to_face_is_aimed_at_the_first_and_due_on_the_third_working_day():
    # Mon 6 Jul is the first, Wed 8 Jul the third.
    asked = ask(FACE_TO_FACE, RELEASED_FRIDAY, today=d(7, 3))
    assert (asked.aim, asked.due) == (d(7, 6), d(7, 8))


def test_first_working_day_makes_it_due_soon_whatever_the_agency_calls_soon():
    sharp = every(1, "month", cadence="calendar", first=(3, "business_day"), initial_aim=1, soon_days=0)
    states = [ask(sharp, RELEASED_FRIDAY, today=d(7, day)).state for day in (5, 6, 7, 8, 9)]
    assert states == ["due_later", "due_soon", "due_soon", "due_today", "overdue"]


def test_one_collateral_in_thirty_days():
    # 3 Jul + 30 days = 2 Aug. A call to the sister on 20 Jul + 30 days = 19 Aug.
    assert due(COLLATERAL, RELEASED_FRIDAY, today=d(7, 4)) == d(8, 2)
    call = home(d(7, 20), method="phone", party="collateral", location="field", positive=False)
    assert due(COLLATERAL, RELEASED_FRIDAY, call, today=d(7, 21)) == d(8, 19)
