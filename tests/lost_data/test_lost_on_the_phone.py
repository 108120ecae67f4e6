"""How others lost what was still on the phone: each case is put to this app, with a real browser and office."""

import os
from typing import Any

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect
from sqlalchemy import select

from fieldapp.models.wire import FieldException
from fieldapp.web import assets
from tests.browser.offline_phone import WAITING
from tests.browser.offline_phone import get_ready
from tests.browser.offline_phone import hear_of
from tests.browser.offline_phone import wait_until
from tests.browser.phone_visit import PhoneVisit
from tests.browser.releases import Office
from tests.browser.test_lost_storage import MARK
from tests.live_server import LiveServer
from tests.live_server import PhonePages
from tests.live_server import sign_in
from tests.lost_data.at_the_door import NOTE
from tests.lost_data.at_the_door import AtTheDoor
from tests.lost_data.at_the_door import stored
from tests.road.phone import STEPS

# every connection that the page opens is at hand, to be closed as iOS does with a page in the background
REMEMBER = """() => {
  window.connections = [];
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    request.addEventListener('success', () => window.connections.push(request.result));
    return request;
  };
}"""
ASKED = """() => {
  StorageManager.prototype.persist = async () => { sessionStorage.setItem('asked', 'yes'); return false; };
}"""
CLOSE = "() => { for (const each of window.connections.splice(0)) each.close(); }"
# starts a step and goes on; `await window.begun` is its end
BEGIN_STEP = f"(given) => {{ window.begun = ({STEPS.strip()})(given); window.begun.catch(() => {{}}); }}"
# the database as the first version of the app made it, with a visit and its photo queued by that version's stores
AS_THE_FIRST_VERSION = """async ({ build, draft, photo, body }) => {
  const folder = `/v/${build}/service-worker`;
  const { Stores, UPGRADES } = await import(`${folder}/stores.js`);
  const { startDraft } = await import(`${folder}/drafts.js`);
  const { capturePhoto } = await import(`${folder}/photos.js`);
  const { submitVisit } = await import(`${folder}/outbox.js`);
  const { browserTools } = await import(`${folder}/tools.js`);
  const tools = browserTools();
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('fieldapp');
    Object.assign(request, { onsuccess: resolve, onerror: reject });
  });
  const stores = new Stores({ upgrades: UPGRADES.slice(0, 1) });
  const nowhere = { state: 'unavailable', lat: null, lon: null, accuracy_m: null };
  const position = { ...nowhere, taken_at: tools.now().toISOString() };
  await startDraft(stores, { ...draft, body: {} }, tools);
  const about = { visit: draft.id, officer: draft.officer, item: 'visit', source: 'library', position };
  await capturePhoto(stores, new File([new Uint8Array(photo)], 'photo.jpg', { type: 'image/jpeg' }), about, tools);
  await submitVisit(stores, draft, { ...body, position }, '0.0.9', tools);
  await stores.close();
  return (await indexedDB.databases()).find(({ name }) => name === 'fieldapp').version;
}"""
VERSION = "async () => (await indexedDB.databases()).find(({ name }) => name === 'fieldapp').version"


def test_enketo_1405_submission_partly_sent_is_frozen_and_never_sent_with_other_content(door: AtTheDoor) -> None:
    photo = b"\xff\xd8\xff stairs"
    door.open().cut_off("**/evidence/**")
    draft = door.begin(photo)
    jws = door.submit(draft)
    door.drain()
    assert [*door.visits()] == [draft["id"]], "its facts are sent, its photo is not"
    with pytest.raises(Exception, match="already submitted"):
        door.page.evaluate(STEPS, {"step": "answer", "draft": draft, "note": "Changed my mind."})
    with pytest.raises(Exception, match="already submitted"):
        door.submit(draft, "Changed my mind.")
    door.connect("**/evidence/**")
    door.drain()

    assert door.submission(draft).jws == jws
    assert door.visits() == {draft["id"]: NOTE}
    assert door.photos(draft) == stored(photo)


def test_enketo_942_two_tabs_with_one_draft_make_one_submission(door: AtTheDoor) -> None:
    door.open().cut_off()
    other = AtTheDoor(door.live, door.page.context.new_page(), door.officer, door.person, door.stop).open()
    draft = door.begin(b"\xff\xd8\xff hall")
    for tab, note in ((door, "From the first tab."), (other, "From the second tab.")):
        tab.page.evaluate(BEGIN_STEP, {"step": "submit", "draft": draft, "note": note})
    one, two = (tab.page.evaluate("() => window.begun") for tab in (door, other))
    assert one == two, "the second is told of the first"
    door.connect()
    for tab in (door, other):
        tab.page.evaluate(BEGIN_STEP, {"step": "drain", "officer": str(door.officer.id)})
    for tab in (door, other):
        tab.page.evaluate("() => window.begun")

    assert door.submission(draft).jws == one["jws"]
    assert [*door.visits()] == [draft["id"]]
    assert [*door.photos(draft).values()] == ["stored"]
    door.nothing_is_left()


def test_enketo_1576_953_database_that_ios_closes_is_opened_again_for_answer_photo_and_submission(
    door: AtTheDoor,
) -> None:
    door.page.add_init_script(f"({REMEMBER})()")
    visit = PhoneVisit(door.page).begin(door.stop)
    closed = lambda: door.page.evaluate(CLOSE)  # noqa: E731 - said three times below
    closed()
    visit.outcome("Nobody home")
    closed()
    visit.page.fill("[name=outcome_note]", NOTE)
    visit.saved()
    closed()
    visit.page.evaluate("location.hash = '#photos'")
    visit.take_photo("visit")
    visit.page.evaluate("location.hash = '#sign'")
    closed()
    visit.certify()
    closed()
    visit.submit()
    visit.arrived_at_the_office()

    assert [*door.visits().values()] == [NOTE]


def test_dexie_739_and_the_seven_days_of_safari_evicted_storage_was_asked_to_stay_and_is_missed_at_once(
    door: AtTheDoor,
) -> None:
    door.page.add_init_script(f"({ASKED})()")
    PhoneVisit(door.page).begin(door.stop)
    assert door.page.evaluate("() => sessionStorage.getItem('asked')") == "yes"
    door.open().cut_off()
    door.submit(door.begin(b"\xff\xd8\xff gate"))
    door.drain()
    wait_until(door.page, f"{MARK} > 0")
    waiting = door.page.evaluate(f"() => {MARK}")
    door.page.goto("about:blank")
    devtools = door.page.context.new_cdp_session(door.page)
    devtools.send("Storage.clearDataForOrigin", {"origin": door.live.url, "storageTypes": "indexeddb"})
    door.connect()
    with door.page.expect_response(lambda answer: answer.url.endswith("/sync") and answer.ok):
        door.page.goto("/today")

    expect(door.page.locator("[data-lost]")).to_contain_text(f"{waiting} item")
    with door.live.session() as session:
        assert [found.code for found in session.scalars(select(FieldException))] == ["phone-emptied"]


def test_field_tm_2740_camera_that_kills_the_page_comes_back_to_the_same_question(door: AtTheDoor) -> None:
    item = "compliance.paraphernalia"
    visit = PhoneVisit(door.page).begin(door.stop)
    visit.outcome("Seen inside")
    door.page.evaluate(f"location.hash = '#{item}'")
    visit.answer(item, "Yes")
    door.page.locator(f"[id='{item}'] textarea").fill("Glass pipe.")
    with door.page.expect_file_chooser():
        door.page.locator(f"[data-photo=camera][data-photo-of='{item}']").first.evaluate("(input) => input.click()")
    context = door.page.context
    door.page.close(run_before_unload=False)

    again = PhoneVisit(context.new_page()).open(door.stop)
    assert again.page.url.endswith(f"#{item}")
    expect(again.page.locator(f"[id='{item}'] textarea")).to_have_value("Glass pipe.")
    again.take_photo(item)
    assert len(again.stored("photos")) == 1


def test_enketo_986_worker_update_keeps_the_queue_with_its_photos(
    live: LiveServer, phone_page: PhonePages, door: AtTheDoor, office: Office
) -> None:
    photo = b"\xff\xd8\xff" + os.urandom(300_000)
    page: Page = phone_page(door.officer, service_workers="allow")
    phone = AtTheDoor(live, get_ready(page), door.officer, door.person, door.stop).open()
    phone.cut_off()
    draft = phone.begin(photo)
    jws = phone.submit(draft)
    before = assets.build().name
    hear_of(page, office.release("newer"))
    page.locator("[data-update] button").tap()
    expect(page.locator("[data-update]")).to_have_count(0)
    wait_until(page, f"!({WAITING})")
    phone.open()

    assert page.evaluate("() => document.body.dataset.build") != before
    assert phone.on_the_phone()["outbox"] == [draft["id"]]
    assert len(phone.on_the_phone()["photos"]) == 1
    phone.connect()
    phone.drain()
    assert phone.submission(draft).jws == jws
    assert phone.photos(draft) == stored(photo)
    phone.nothing_is_left()


def test_eventra_2744_schema_upgrade_keeps_the_queue_with_its_photos(door: AtTheDoor) -> None:
    photo = b"\xff\xd8\xff" + os.urandom(2_000)
    draft = door.open().begin()
    body: dict[str, Any] = {
        "arrived_at": "2026-11-23T15:00:00.000Z", "left_at": "2026-11-23T15:04:00.000Z",
        "certified_at": "2026-11-23T15:05:00.000Z", "scheduled": False, "reason": "standard", "accompanied_by": [],
        "outcome": "no_one_home", "outcome_note": NOTE, "checklist": {"key": "home", "version": 1},
        "answers": [], "rows": {}, "narrative": "",
    }  # fmt: skip
    body |= {name: draft[name] for name in ("supervisee", "stop", "place", "address")}
    door.page.context.clear_cookies()
    door.page.goto("/sign-in")  # a page that opens no database
    given = {"build": assets.build().name, "draft": draft, "photo": [*photo], "body": body}
    door.page.goto("/.well-known/jwks.json")  # a page without scripts: nothing else opens the database
    assert door.page.evaluate(AS_THE_FIRST_VERSION, given) == 1
    sign_in(door.page, door.officer)
    door.open()

    assert door.page.evaluate(VERSION) > 1
    door.drain()
    assert door.visits() == {draft["id"]: NOTE}
    assert door.photos(draft) == stored(photo)
    door.nothing_is_left()
