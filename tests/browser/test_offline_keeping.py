"""What the worker keeps, when it lets go of it, and what it never keeps."""

import threading
from typing import Any

import pytest
from playwright.sync_api import Page
from playwright.sync_api import Route
from playwright.sync_api import expect

from fieldapp.web import assets
from tests import people
from tests.browser.offline_phone import WAITING
from tests.browser.offline_phone import age_pack
from tests.browser.offline_phone import caches_of
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import hear_of
from tests.browser.offline_phone import lose_signal
from tests.browser.offline_phone import see_ready
from tests.browser.offline_phone import wait_until
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import planned_stop
from tests.browser.releases import Office
from tests.browser.releases import office as office
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import sign_in

WHILE_SIGNING_OUT = """() => document.querySelector('form[action="/sign-out"]').addEventListener('submit', () => {
  setTimeout(async () => {
    sessionStorage.setItem('day kept', await caches.has('day-pack'));
    await fetch('/looked');
  }, 1000);
})"""
INSTALL = """async () => {
  const { installing } = await navigator.serviceWorker.register('/worker.js', { type: 'module', scope: '/' });
  return new Promise((resolve) => installing.addEventListener('statechange', () => resolve(installing.state)));
}"""


def visit_begun(live: LiveServer, phone_page: PhonePages) -> PhoneVisit:
    """A phone that is ready for no signal, with a draft on it."""
    officer, _person, stop = planned_stop(live)
    visit = PhoneVisit(get_ready(phone_page(officer, service_workers="allow"))).open(stop, "#here")
    visit.outcome("Nobody home")
    visit.page.fill("[name=outcome_note]", "Knocked.")
    visit.saved()
    return visit


def finish(visit: PhoneVisit) -> None:
    visit.next("Review and sign")
    visit.certify()
    visit.submit()


def test_shell_that_does_not_come_whole_is_not_kept_and_the_worker_not_installed(
    live: LiveServer, phone_page: PhonePages
) -> None:
    page: Page = phone_page(service_workers="allow")

    def cut(route: Route) -> None:
        route.abort() if route.request.service_worker else route.continue_()

    page.context.route("**/static/icons.svg", cut)
    page.goto("/sign-in")
    assert page.evaluate(INSTALL) == "redundant"
    assert caches_of(page) == []

    page.context.unroute("**/static/icons.svg")
    assert page.evaluate(INSTALL) == "installed"
    assert caches_of(page) == [f"shell-{assets.build().name}"]


def test_new_version_waits_while_a_visit_is_open_and_is_taken_by_a_tap(
    live: LiveServer, phone_page: PhonePages, office: Office
) -> None:
    visit = visit_begun(live, phone_page)
    page, old = visit.page, assets.build().name
    new = office.release("new")
    hear_of(page, new)
    expect(page.locator("[data-pack][data-tone=ok]")).to_be_visible()
    assert page.locator("[data-update]").count() == 0, "a visit is being filled in"
    assert {f"shell-{old}", f"shell-{new}"} <= {*caches_of(page)}
    page.go_back()
    finish(visit)
    page.goto("/today")
    page.locator("[data-update] button").tap()

    expect(page.locator("[data-update]")).to_have_count(0)
    wait_until(page, f"!({WAITING})")


def test_signing_out_erases_the_day_and_keeps_the_draft(live: LiveServer, phone_page: PhonePages) -> None:
    visit = visit_begun(live, phone_page)
    page = visit.page
    page.goto("/today")
    assert "day-pack" in caches_of(page)
    page.locator(".you summary").tap()
    page.locator(".you button").tap()
    page.wait_for_url("**/sign-in?out=1")

    wait_until(page, "!(await caches.has('day-pack'))")
    lose_signal(live, page)
    page.goto("/today")
    expect(page.locator("h1")).to_have_text("No signal")
    assert len(visit.stored("drafts")) == 1


def test_signing_out_is_not_taken_back_by_what_the_office_says_of_the_day_meanwhile(
    live: LiveServer, phone_page: PhonePages, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, _person, _stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    answer, signing_out, looked = live.app.wsgi_app, threading.Event(), threading.Event()

    def slowly(environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"] in ("/today", "/day-pack"):
            signing_out.wait(20)
        if environ["PATH_INFO"] == "/sign-out":
            signing_out.set()
            looked.wait(20)
        if environ["PATH_INFO"] == "/looked":
            looked.set()
        return answer(environ, start_response)

    monkeypatch.setattr(live.app, "wsgi_app", slowly)
    page.goto("/today")  # begins with its copy
    see_ready(page)
    page.evaluate(WHILE_SIGNING_OUT)
    page.locator(".you summary").tap()
    page.locator(".you button").tap()

    page.wait_for_url("**/sign-in?out=1")
    assert page.evaluate("() => sessionStorage.getItem('day kept')") == "false"


def test_day_is_erased_when_its_hours_are_over_and_the_draft_stays(live: LiveServer, phone_page: PhonePages) -> None:
    visit = visit_begun(live, phone_page)
    page = visit.page
    lose_signal(live, page)
    age_pack(page, hours=11.9)
    page.goto("/today")
    expect(page.locator("[data-kept-line]")).to_be_visible()
    age_pack(page, hours=12.1)
    page.goto("/today")

    expect(page.locator("h1")).to_have_text("No signal")
    assert "day-pack" not in caches_of(page)
    assert len(visit.stored("drafts")) == 1


def test_day_is_erased_when_another_officer_signs_in(live: LiveServer, phone_page: PhonePages) -> None:
    with live.session() as session:
        other = people.officer(session)
        session.commit()
    visit = visit_begun(live, phone_page)
    page, context = visit.page, visit.page.context
    context.clear_cookies()
    sign_in(page, other)
    get_ready(page)
    lose_signal(live, page)
    page.goto("/today")

    expect(page.locator("h1")).to_have_text("Today")
    expect(page.locator("body")).not_to_contain_text("Marcus Bell")


def test_redirect_to_sign_in_is_never_kept_and_the_day_outlives_the_session(
    live: LiveServer, phone_page: PhonePages
) -> None:
    officer, _person, _stop = planned_stop(live)
    page = get_ready(phone_page(officer, service_workers="allow"))
    page.context.clear_cookies()
    page.goto("/today")
    expect(page.locator("[data-door=signed_out]")).to_be_visible()
    lose_signal(live, page)
    page.goto("/today")

    expect(page.locator(".next h2")).to_have_text("Marcus Bell")
    expect(page.locator("[data-kept-line]")).to_contain_text("The office cannot be reached.")
