"""What keeps a visit out of a day before any route is thought of, in words that say what to do."""

from fieldapp.domain.plans.hours import seconds_of
from fieldapp.domain.plans.left_out import EXCLUDED
from fieldapp.domain.plans.request import open_windows
from fieldapp.domain.plans.wish import DayWish
from fieldapp.domain.plans.wish import Pick
from fieldapp.domain.routing.reasons import CLOSED_IN_SHIFT
from fieldapp.domain.routing.reasons import CLOSED_THAT_DAY
from fieldapp.domain.routing.reasons import NEEDS_PARTNER
from fieldapp.domain.routing.reasons import NO_POSITION
from fieldapp.domain.routing.request import within
from fieldapp.domain.routing.route import Reason
from fieldapp.models.plan import Stop

TOO_LATE = "Nobody can be met there before the latest time that you set. Set a later one, or none."


def why_barred(stop: Stop, pick: Pick, wish: DayWish) -> tuple[Reason, str] | None:
    """Return why this visit cannot be in the day, whoever else is; None where it may. A pin opens no closed window."""
    if pick.key in wish.excluded:
        return "excluded", EXCLUDED
    if stop.two_officers and not wish.with_partner:
        return "needs_partner", NEEDS_PARTNER
    if None in stop.address.sure_position:
        return "no_position", NO_POSITION
    if not stop.windows:
        return "window_closed", CLOSED_THAT_DAY
    if not open_windows(stop):
        return "window_closed", TOO_LATE
    shift = seconds_of(wish.start), seconds_of(wish.end) - stop.minutes * 60
    return None if within(open_windows(stop), *shift) else ("window_closed", CLOSED_IN_SHIFT)
