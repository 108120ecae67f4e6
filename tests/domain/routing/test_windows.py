"""Agency hours, shifts and curfews as visiting windows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.request import DAY
from fieldapp.domain.routing.request import within
from fieldapp.domain.routing.windows import EVERY_DAY
from fieldapp.domain.routing.windows import WeeklyHours
from fieldapp.domain.routing.windows import on_day
from fieldapp.domain.routing.windows import surely_home
from fieldapp.domain.routing.windows import visiting_windows
from tests.domain.routing.days import HOUR

MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 4, 5, 6
WORKDAYS = frozenset(range(5))


def hours(start: float, end: float, days: frozenset[int] = EVERY_DAY) -> WeeklyHours:
    return WeeklyHours(days, int(start * HOUR), int(end * HOUR))


def shown(windows: tuple[tuple[int, int], ...]) -> list[tuple[float, float]]:
    return [(opens / HOUR, closes / HOUR) for opens, closes in windows]


FIELD = [hours(8, 20)]
NIGHT_SHIFT = [hours(22, 6, WORKDAYS)]


def test_without_work_and_curfew_someone_is_met_in_agency_hours():
    assert shown(visiting_windows(FIELD, [], MONDAY, "home")) == [(8, 20)]


def test_nobody_is_home_during_the_work_shift():
    assert shown(visiting_windows(FIELD, [hours(9, 17, WORKDAYS)], MONDAY, "home")) == [(8, 9), (17, 20)]
    assert shown(visiting_windows(FIELD, [hours(9, 17, WORKDAYS)], SATURDAY, "home")) == [(8, 20)]


def test_shift_over_all_agency_hours_leaves_no_home_visit():
    assert visiting_windows(FIELD, [hours(7, 21)], MONDAY, "home") == ()


def test_night_shift_takes_the_early_morning_after_it():
    early = [hours(5, 20)]
    assert shown(visiting_windows(early, NIGHT_SHIFT, MONDAY, "home")) == [(5, 20)], "Sunday night is free"
    assert shown(visiting_windows(early, NIGHT_SHIFT, TUESDAY, "home")) == [(6, 20)]
    assert shown(visiting_windows(early, NIGHT_SHIFT, SATURDAY, "home")) == [(6, 20)], "Friday's shift ends then"


def test_workplace_is_visited_during_the_shift_within_agency_hours():
    assert shown(visiting_windows(FIELD, [hours(14, 22, WORKDAYS)], MONDAY, "work")) == [(14, 20)]
    assert visiting_windows(FIELD, [hours(14, 22, WORKDAYS)], SUNDAY, "work") == ()


def test_night_shift_at_work_is_met_at_both_ends_of_long_agency_hours():
    assert shown(visiting_windows([hours(5, 23)], NIGHT_SHIFT, TUESDAY, "work")) == [(5, 6), (22, 23)]
    assert visiting_windows(FIELD, NIGHT_SHIFT, TUESDAY, "work") == ()


def test_workplace_without_known_shift_is_open_in_agency_hours():
    assert shown(visiting_windows(FIELD, [], MONDAY, "work")) == [(8, 20)]


def test_overnight_curfew_is_sure_in_the_evening_and_after_midnight():
    assert shown(surely_home([hours(5, 23)], [hours(21, 6)], [], MONDAY)) == [(5, 6), (21, 23)]


def test_two_curfews_count_together_and_work_excuses_from_them():
    curfews = [hours(20, 6), hours(22, 5)]
    assert shown(surely_home([hours(5, 23)], curfews, [hours(21, 22)], MONDAY)) == [(5, 6), (20, 21), (22, 23)]


def test_hours_until_midnight_do_not_reach_into_the_next_day():
    evening = [hours(18, 24, frozenset({MONDAY}))]
    assert shown(on_day(evening, MONDAY)) == [(18, 24)]
    assert on_day(evening, TUESDAY) == ()
    assert on_day([hours(0, 8, frozenset({TUESDAY}))], MONDAY) == ()


def test_equal_start_and_end_is_a_whole_day():
    assert shown(on_day([hours(0, 0)], MONDAY)) == [(0, 24)]
    assert shown(on_day([hours(6, 6, frozenset({MONDAY}))], TUESDAY)) == [(0, 6)]


def test_officers_night_shift_sees_windows_past_midnight():
    field = [hours(18, 2, frozenset({FRIDAY}))]
    assert shown(visiting_windows(field, [], FRIDAY, "home", until=30 * HOUR)) == [(18, 26)]
    assert shown(visiting_windows(field, [], SATURDAY, "home")) == [(0, 2)]


@pytest.mark.parametrize(("days", "start", "end"), [({7}, 0, 1), ({0}, -1, 1), ({0}, DAY, 1), ({0}, 0, DAY + 1)])
def test_hours_that_no_week_has_are_refused(days: set[int], start: int, end: int):
    with pytest.raises(Invalid):
        WeeklyHours(frozenset(days), start, end)


some_hours = st.lists(
    st.builds(WeeklyHours, st.frozensets(st.integers(0, 6)), st.integers(0, DAY - 1), st.integers(0, DAY)), max_size=3
)


def covers(hours: list[WeeklyHours], weekday: int, second: int) -> bool:
    """Whether a moment (between two whole seconds) falls in weekly hours, decided moment by moment."""
    for each in hours:
        if each.start < each.end:
            found = weekday in each.weekdays and each.start <= second < each.end
        else:
            found = (weekday in each.weekdays and second >= each.start) or (
                (weekday - 1) % 7 in each.weekdays and second < each.end
            )
        if found:
            return True
    return False


@given(some_hours, some_hours, some_hours, st.integers(0, 6), st.data())
def test_each_moment_is_open_exactly_when_the_rules_say_so(field, curfews, shifts, weekday, data):
    edges = {0, DAY - 1} | {t for each in field + curfews + shifts for t in (each.start, each.end, each.end - 1)}
    second = data.draw(st.sampled_from(sorted(t for t in edges if 0 <= t < DAY)) | st.integers(0, DAY - 1))
    inside, working = covers(field, weekday, second), covers(shifts, weekday, second)

    def opened(windows: tuple[tuple[int, int], ...]) -> bool:
        return any(a <= second and second + 1 <= b for a, b in windows)

    assert opened(visiting_windows(field, shifts, weekday, "home")) == (inside and not working)
    assert opened(visiting_windows(field, shifts, weekday, "work")) == (inside and (working or not shifts))
    assert opened(surely_home(field, curfews, shifts, weekday)) == (
        inside and not working and covers(curfews, weekday, second)
    )


def test_within_joins_what_touches_and_drops_what_lies_outside():
    assert within([(50, 60), (10, 20), (20, 30), (0, 5), (90, 99)], 8, 80) == ((10, 30), (50, 60))
