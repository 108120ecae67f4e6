"""Notes on a person that came over the wire, as their officer and the supervisor read them."""

import datetime as dt

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from tests import people
from tests.domain.caseload.standards import contact
from tests.phone import Phone
from tests.phone import iso
from tests.routes.officer_pages import signed_in
from tests.routes.officer_pages import whole_page
from tests.routes.officer_pages import words

SECRET = "The neighbor's dog <b>bites</b>.\nUse the back door."


def test_note_is_in_the_history_of_officer_and_supervisor_in_whole(
    phone: Phone, client: FlaskClient, database: Session, person: Supervisee
) -> None:
    contact(database, person, people.TODAY - dt.timedelta(days=1))
    supervisor = people.supervisor(database)
    database.commit()
    sent = phone.note(person, SECRET)
    phone.sync(sent)

    for reader in (client, signed_in(client, supervisor)):
        html = whole_page(reader.get(f"/people/{person.id}"))
        assert f'<li data-note="{sent.id}">' in html
        assert "The neighbor&#39;s dog &lt;b&gt;bites&lt;/b&gt;.\nUse the back door." in html
        history = words(html).partition("History")[2]
        assert history.index("14:00, note") < history.index("Nov 18, home")
    assert "data-notes" in whole_page(client.get(f"/people/{person.id}"))
    assert "data-notes" not in whole_page(signed_in(client, supervisor).get(f"/people/{person.id}"))


def test_briefing_shows_the_latest_three_notes(
    phone: Phone, client: FlaskClient, database: Session, person: Supervisee, officer: User
) -> None:
    stop = people.plan(database, officer, person).stops[0]
    database.commit()
    for hour in range(4):
        made = people.NOW - dt.timedelta(hours=hour)
        note = {"supervisee": str(person.id), "text": f"Note number {hour}"}
        phone.sync(phone.submission("note", note, made_at=iso(made)))
    said = words(whole_page(client.get(f"/stops/{stop.id}/briefing")))

    assert [f"Note number {hour}" in said for hour in range(4)] == [True, True, True, False]
    assert "Latest notes" in said


def test_note_has_no_field_that_a_browser_could_put_into_an_address(
    phone: Phone, client: FlaskClient, person: Supervisee
) -> None:
    html = whole_page(client.get(f"/people/{person.id}"))
    form = html.partition("data-notes")[2].partition("</form>")[0]

    assert "<textarea" in form
    assert "name=" not in form.partition("<textarea")[2]
