"""A note on a person without signal: kept on the phone, shown there, in the history at the office afterwards."""

from playwright.sync_api import expect
from sqlalchemy import select

from fieldapp.models.field import CaseNote
from tests.browser.offline_phone import find_signal
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import lose_signal
from tests.browser.offline_phone import wait_until
from tests.browser.phone_visit import STORED
from tests.browser.phone_visit import planned_stop
from tests.live_server import LiveServer
from tests.live_server import PhonePages

TEXT = "Mother says he moved out on Sunday."


def test_note_without_signal_is_kept_shown_and_in_the_history_afterwards(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, person, stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    lose_signal(live, page)
    page.goto(f"/stops/{stop.id}/briefing")
    page.fill("[data-notes] textarea", TEXT[:11])
    wait_until(
        page, f"await ({STORED})('settings').then((rows) => rows.some(({{ value }}) => value === '{TEXT[:11]}'))"
    )
    page.goto(f"/people/{person.id}")
    expect(page.locator("[data-notes] textarea")).to_have_value(TEXT[:11])
    page.fill("[data-notes] textarea", TEXT)
    page.locator("[data-notes] form button").tap()

    waiting = page.locator("[data-notes] li")
    expect(waiting).to_contain_text(TEXT)
    expect(waiting).to_contain_text("On this phone")
    expect(page.locator("[data-notes] textarea")).to_have_value("")
    page.reload()
    expect(waiting).to_contain_text(TEXT)
    find_signal(live, page)

    expect(page.locator("[data-sync-chip]")).to_contain_text("All sent")
    with live.session() as session:
        assert [note.text for note in session.scalars(select(CaseNote))] == [TEXT]
    page.goto(f"/people/{person.id}")
    expect(page.locator("li[data-note]")).to_contain_text(TEXT)
    expect(waiting).to_have_count(0)
    assert page.url.endswith(f"/people/{person.id}")
