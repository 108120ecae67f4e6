"""When a person can be met: field hours, work shift, and a curfew that keeps them home during the officers' shift."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from fieldapp.domain.plans.hours import windows_on
from fieldapp.models.case import Condition
from tests import people


def shown(windows: tuple[tuple[int, int], ...]) -> list[tuple[float, float]]:
    return [(opens / 3600, closes / 3600) for opens, closes in windows]


@pytest.mark.parametrize(
    ("curfew", "home"),
    [
        ((20, 6), [(8, 20)]),  # meets no hour of the shift, 9 to 17: says nothing about the day
        ((16, 6), [(16, 20)]),  # one hour of the shift: then the person is surely home
        ((16.5, 6), [(8, 20)]),  # half an hour is too little to put every visit into
        ((0, 12), [(8, 12)]),
    ],
)
def test_a_curfew_narrows_the_visit_where_it_meets_the_shift(
    session: Session, curfew: tuple[float, float], home: list[tuple[float, float]]
) -> None:
    agency = people.agency(session)
    person = people.supervisee(session, people.officer(session))
    start, end = (dt.time(int(hour), int(hour % 1 * 60)) for hour in curfew)
    condition = {"number": 1, "kind": "curfew", "text": "Be home.", "curfew_start": start, "curfew_end": end}
    session.add(Condition(supervisee_id=person.id, from_on=people.TODAY, **condition))
    session.flush()
    session.refresh(person)
    assert shown(windows_on(person, "home", agency, people.TODAY)) == home
