"""What an officer's phone changed in the day, sent through /sync, as officer and supervisor see it."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.plan import DayPlan
from fieldapp.models.user import User
from tests import people
from tests.phone import Phone
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words


def day_of_three(database: Session, officer: User) -> DayPlan:
    names = ("Ann", "Bob", "Cat")
    crew = [people.supervisee(database, officer, first_name=name, last_name="Sample") for name in names]
    plan = people.plan(database, officer, *crew)
    database.commit()
    return plan


def test_skip_and_order_reach_today_the_plan_and_the_board(
    phone: Phone, client: FlaskClient, database: Session, officer: User
) -> None:
    plan = day_of_three(database, officer)
    ann, bob, cat = plan.stops
    results = phone.sync(phone.order(plan, [cat, ann, bob]), phone.skip(ann, "seen_elsewhere", "At court"))
    supervisor = people.supervisor(database)
    database.commit()

    assert [result["state"] for result in results] == ["stored", "stored"]
    today = words(whole_page(client.get("/today")))
    assert "0 of 3 seen , 1 skipped, 2 to go" in today
    assert "Next stop, 1 of 3 Cat Sample" in today
    assert "Ann Sample Skipped: Seen elsewhere: At court" in today
    assert "Skipped: Seen elsewhere: At court" in words(whole_page(client.get(f"/plan/{plan.id}")))
    board = words(signed_in(client, supervisor).get("/board/field").text)
    assert "Ann Sample, skipped: Seen elsewhere: At court" in board
    assert "0 of 3 seen, 1 skipped" in board


def test_day_of_another_officer_cannot_be_changed(app: Flask, phone: Phone, database: Session) -> None:
    other = people.officer(database)
    plan = day_of_three(database, other)

    results = phone.sync(phone.order(plan, reversed(plan.stops)), phone.skip(plan.stops[0]))

    assert [result["state"] for result in results] == ["set_aside", "set_aside"]
    assert "0 of 3 seen , 3 to go" in words(whole_page(signed_in(app.test_client(), other).get("/today")))
