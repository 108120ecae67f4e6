"""Why a stop is left out."""

import pytest

from fieldapp.domain.routing.reasons import why_left_out
from fieldapp.domain.routing.request import StopRequest
from tests.domain.routing.days import HOUR
from tests.domain.routing.days import day
from tests.domain.routing.days import stop
from tests.domain.routing.days import straight


@pytest.mark.parametrize(
    ("wanted", "reason", "words"),
    [
        (StopRequest("x", None, 900), "no_position", "Ask the administrator"),
        (stop("x", windows=()), "window_closed", "Nobody can be met"),
        (stop("x", 10, windows=((18 * HOUR, 20 * HOUR),)), "window_closed", "within the shift"),
        (stop("x", 10, windows=((0, 8 * HOUR + 1199),)), "window_closed", "within the shift"),
        (stop("x", 10, windows=((0, 8 * HOUR + 1200),)), "no_time", "day is full"),
        (stop("x", 10, windows=((16 * HOUR + 1500, 20 * HOUR),)), "no_time", "day is full"),
        (stop("x", 10, windows=((16 * HOUR + 1501, 20 * HOUR),)), "window_closed", "within the shift"),
        (stop("x", 200), "no_time", "longer than the shift"),
        (stop("x", 200, windows=((18 * HOUR, 20 * HOUR),)), "no_time", "longer than the shift"),
    ],
)
def test_reason_says_what_keeps_the_stop_out_and_what_to_do(wanted: StopRequest, reason: str, words: str):
    request = day(stop("other", 3), wanted)
    left = why_left_out(wanted, request, straight(request.places))
    assert (left.stop_id, left.reason) == ("x", reason)
    assert words in left.words
