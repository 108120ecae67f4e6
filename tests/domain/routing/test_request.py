"""Requests that cannot be meant are refused with the field's name."""

import math

import pytest

from fieldapp.domain.errors import Invalid
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import Place
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import day
from tests.domain.routing.days import stop


@pytest.mark.parametrize(
    ("make", "field"),
    [
        pytest.param(lambda: Place(90.1, 0), "position", id="latitude past the pole"),
        pytest.param(lambda: Place(0, math.nan), "position", id="longitude not a number"),
        pytest.param(lambda: stop("a", minutes=-1), "service", id="visit of minus a minute"),
        pytest.param(lambda: stop("a", minutes=1441), "service", id="visit longer than a day"),
        pytest.param(lambda: stop("a", priority=0), "priority", id="priority zero"),
        pytest.param(lambda: stop("a", priority=1001), "priority", id="priority too high"),
        pytest.param(lambda: stop("a", windows=((10, 9),)), "windows", id="window closed before it opens"),
        pytest.param(lambda: stop("a", windows=((-1, 9),)), "windows", id="window before midnight"),
        pytest.param(lambda: LunchRequest(0, 0, 1), "lunch", id="lunch of no minutes"),
        pytest.param(lambda: LunchRequest(30, 2, 1), "lunch", id="lunch latest before earliest"),
        pytest.param(lambda: day(start=9, end=9), "shift", id="shift without length"),
        pytest.param(lambda: day(stop("a"), stop("a")), "stops", id="stop twice"),
    ],
)
def test_nonsense_is_refused_by_name(make, field: str):
    with pytest.raises(Invalid) as refused:
        make()
    assert list(refused.value.errors) == [field]


def test_shift_may_end_after_midnight():
    assert day(start=18, end=26).shift_end == 26 * HOUR
