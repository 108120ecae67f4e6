"""Colorado parole: first home visit within 30 days, then every 30 or 60."""

import pytest

from tests.domain.due.build import case
from tests.domain.due.build import d
from tests.domain.due.build import due
from tests.domain.due.build import every
from tests.domain.due.build import home


@pytest.mark.parametrize(("days", "second"), [(30, d(4, 19)), (60, d(5, 19))])
def test_first_home_visit_within_thirty_days_then_every_thirty_or_sixty(days, second):
    standard = every(days, first=(30, "day"))
    # 1 Mar + 30 = 31 Mar. Seen 20 Mar: 11 days of March and 19 Apr = 30; 11 + 30 and 19 May = 60.
    assert due(standard, case(d(3, 1)), today=d(3, 1)) == d(3, 31)
    assert due(standard, case(d(3, 1)), home(d(3, 20)), today=d(3, 21)) == second
