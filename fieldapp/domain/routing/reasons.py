"""Why a stop is not on the route, and whether lunch can be had at all."""

from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import ALL_DAY
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import LunchRequest
from fieldapp.domain.routing.request import StopRequest
from fieldapp.domain.routing.request import Window
from fieldapp.domain.routing.route import LeftOut
from fieldapp.domain.routing.route import Reason

NO_POSITION = (
    "The address has no position, or only an approximate one. Ask the administrator to set its pin, then plan again."
)
CLOSED_THAT_DAY = "Nobody can be met there that day. Choose another day, or change the visiting hours."
CLOSED_IN_SHIFT = "The visiting hours cannot be reached within the shift. Choose another day, or start or end it later."
TOO_FAR = "The drive there and back and the visit are longer than the shift. Give it a day with a longer one."
NEEDS_PARTNER = "Two officers are needed. Plan the day with a partner, or give the visit to another day."
DAY_FULL = "The day is full. Make it longer, take out another stop, or add it anyway."


def why_left_out(stop: StopRequest, request: DayRequest, matrix: TravelMatrix) -> LeftOut:
    """The reason why this stop has no place on the route. `matrix` has the rows of `request.places`."""
    reason, words = _reason(stop, request, matrix)
    return LeftOut(stop.id, reason, words)


def _reason(stop: StopRequest, request: DayRequest, matrix: TravelMatrix) -> tuple[Reason, str]:
    if stop.place is None:
        return "no_position", NO_POSITION
    if not stop.windows:
        return "window_closed", CLOSED_THAT_DAY
    if not fits_alone(stop, stop.windows, request, matrix):
        if fits_alone(stop, ALL_DAY, request, matrix):
            return "window_closed", CLOSED_IN_SHIFT
        return "no_time", TOO_FAR
    return "no_time", DAY_FULL


def fits_alone(stop: StopRequest, windows: tuple[Window, ...], request: DayRequest, matrix: TravelMatrix) -> bool:
    """Whether the stop could be made if it were the only one, with these windows and lunch put aside."""
    row = next(row for row, located in enumerate(request.located, start=2) if located.id == stop.id)
    first = request.shift_start + matrix.seconds[0][row]
    last = request.shift_end - matrix.seconds[row][1] - stop.service_s
    return any(max(opens, first) <= min(closes, last) for opens, closes in windows)


def day_lunch(request: DayRequest, matrix: TravelMatrix) -> LunchRequest | None:
    """Lunch, unless the shift leaves no room for it even without stops: an evening round has none."""
    lunch = request.lunch
    if lunch is None:
        return None
    drive = matrix.seconds[0][1]
    # Before setting out, or on arriving where the day ends.
    for reached, drive_after in ((request.shift_start, drive), (request.shift_start + drive, 0)):
        start = max(reached, lunch.earliest)
        if start <= lunch.latest and start + lunch.seconds + drive_after <= request.shift_end:
            return lunch
    return None
