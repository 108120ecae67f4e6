"""How others lost, doubled or altered what was sent: each case is put to this app, with a real browser and office."""

import base64
import datetime as dt
import json
import os
from typing import Any

from playwright.sync_api import Route

from tests import people
from tests.live_server import sign_in
from tests.lost_data.at_the_door import AtTheDoor
from tests.lost_data.at_the_door import sha256
from tests.lost_data.at_the_door import stored

MIB = 1024 * 1024
# eight posts of the very same submission in the same moment, as impatient apps send them
AT_ONCE = """async ({ jws, times }) => {
  const body = JSON.stringify({ device_now: new Date().toISOString(), submissions: [jws],
    waiting: { count: 1, oldest: null, bytes: 1, free: null } });
  const post = async () => {
    const answer = await fetch('/sync', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
    return (await answer.json()).results[0].state;
  };
  return Promise.all(Array.from({ length: times }, post));
}"""
# a letter of the signature is another one
DAMAGE = """async (id) => {
  const { Stores } = await import(`/v/${document.body.dataset.build}/service-worker/stores.js`);
  await new Stores().write(['outbox'], async (transaction) => {
    const row = await transaction.objectStore('outbox').get(id);
    const letter = row.jws.at(-10) === 'A' ? 'B' : 'A';
    await transaction.objectStore('outbox').put({ ...row, jws: row.jws.slice(0, -10) + letter + row.jws.slice(-9) });
  });
}"""


def payload(jws: str) -> dict[str, Any]:
    part = jws.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def test_kobocat_432_upload_called_successful_while_the_photo_was_dropped_keeps_the_photo(door: AtTheDoor) -> None:
    photo = b"\xff\xd8\xff pipe on the counter" * 900

    def call_it_successful(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.fallback()
        offset = int(route.request.headers["upload-offset"]) + len(route.request.post_data_buffer or b"")
        return route.fulfill(status=204, headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)})

    door.open().cut_off("**/evidence/uploads/*", call_it_successful)
    draft = door.begin(photo)
    door.submit(draft)
    door.drain()

    assert door.photos(draft) == {sha256(photo): "awaited"}
    assert len(door.on_the_phone()["photos"]) == 1, "the receipt does not list it as stored"
    door.connect("**/evidence/uploads/*")
    door.drain()
    assert door.photos(draft) == stored(photo)
    door.nothing_is_left()


def test_enketo_express_776_facts_that_arrive_without_their_photos_let_only_the_facts_go(door: AtTheDoor) -> None:
    photos = [b"\xff\xd8\xff one", b"\xff\xd8\xff two"]
    door.open().cut_off("**/evidence/**")
    draft = door.begin(*photos)
    door.submit(draft)
    door.drain()

    assert [*door.visits()] == [draft["id"]]
    assert door.on_the_phone()["outbox"] == []
    assert len(door.on_the_phone()["photos"]) == 2
    door.connect("**/evidence/**")
    door.drain()
    assert door.photos(draft) == stored(*photos)
    door.nothing_is_left()


def test_kpi_5047_kobocat_859_parallel_posts_of_one_submission_make_one_visit(door: AtTheDoor) -> None:
    first = door.open().begin()
    door.submit(first)  # the office knows this phone from now on
    door.drain()
    door.cut_off()
    draft = door.begin()
    jws = door.submit(draft)
    door.connect()
    states = door.page.evaluate(AT_ONCE, {"jws": jws, "times": 8})

    assert sorted(states)[:7] == ["same"] * 7
    assert {*states} <= {"stored", "same"}
    door.drain()
    assert sorted(door.visits()) == sorted([first["id"], draft["id"]])
    door.nothing_is_left()


def test_hercycle_ai_308_answer_401_keeps_the_queue_as_it_is(door: AtTheDoor) -> None:
    photo = b"\xff\xd8\xff door"
    door.open().cut_off()
    draft = door.begin(photo)
    door.submit(draft)
    door.drain()
    before = door.outbox()
    door.page.context.clear_cookies()  # first: the page sends by itself as soon as the road is good
    door.connect()

    assert door.drain()["state"] == "sign_in"
    kept = [{**row, "tries": 0, "next_try_at": None, "reason": None} for row in door.outbox()]
    # "waiting", even where a try was under way when the row was read before
    assert kept == [{**row, "tries": 0, "next_try_at": None, "reason": None, "state": "waiting"} for row in before]
    assert door.visits() == {}
    sign_in(door.page, door.officer)
    door.open().drain()
    assert door.photos(draft) == stored(photo)
    door.nothing_is_left()


def test_eventra_2478_queue_of_one_officer_is_never_sent_by_another(door: AtTheDoor) -> None:
    door.open().cut_off()
    draft = door.begin()
    door.submit(draft)
    door.page.context.clear_cookies()
    door.connect()
    with door.live.session() as session:
        other = people.officer(session)
        session.commit()
    sign_in(door.page, other)
    door.open()
    mine, door.officer = door.officer, other

    assert door.drain()["state"] == "done"
    assert [row["id"] for row in door.outbox()] == [draft["id"]]
    door.officer = mine
    assert door.drain()["state"] == "sign_in", "whoever asks, the office sees that another is signed in"
    assert door.visits() == {}
    door.page.context.clear_cookies()
    sign_in(door.page, mine)
    door.open().drain()
    assert door.submission(draft).officer_id == mine.id
    door.nothing_is_left()


def test_commcare_android_1721_merginmaps_mobile_4363_refused_item_does_not_block_the_others(door: AtTheDoor) -> None:
    photo = b"\xff\xd8\xff window"
    door.open().cut_off()
    drafts = [door.begin(photo)]
    door.submit(drafts[0])
    for _ in range(2):
        drafts.append(door.begin())
        door.submit(drafts[-1])
    door.page.evaluate(DAMAGE, drafts[1]["id"])
    door.connect()
    door.drain()

    assert sorted(door.visits()) == sorted([drafts[0]["id"], drafts[2]["id"]])
    assert door.photos(drafts[0]) == stored(photo)
    (left,) = door.outbox()
    assert (left["id"], left["state"]) == (drafts[1]["id"], "needs_attention")
    assert left["reason"]


def test_cht_core_6143_more_than_32_mb_of_photos_in_one_visit_arrive_after_an_interruption(door: AtTheDoor) -> None:
    photos = [b"\xff\xd8\xff" + os.urandom(3 * MIB) for _ in range(11)]
    parts: list[Route] = []

    def tunnel(route: Route) -> None:
        parts.append(route)
        route.abort() if len(parts) > 17 else route.fallback()

    door.open().cut_off()
    door.cut_off("**/evidence/uploads/*", tunnel)
    draft = door.begin(*photos)
    door.submit(draft)
    door.connect()
    door.drain()
    assert [*door.visits()] == [draft["id"]], "the facts are first"
    assert len(door.on_the_phone()["photos"]) > 8
    door.connect("**/evidence/uploads/*")
    door.drain()

    assert sum(map(len, photos)) > 32 * MIB
    assert door.photos(draft) == stored(*photos)
    door.nothing_is_left()


def test_workbox_2428_2599_image_posts_survive_eight_days_in_the_queue_and_401_is_no_success(door: AtTheDoor) -> None:
    photo = b"\xff\xd8\xff" + os.urandom(400_000)
    now = dt.datetime.now(dt.UTC)
    door.open().cut_off()
    door.page.clock.set_fixed_time(now - dt.timedelta(days=8))
    draft = door.begin(photo)
    jws = door.submit(draft)
    door.drain()
    door.page.clock.set_fixed_time(now)
    cookies = door.page.context.cookies()
    door.page.context.clear_cookies()
    door.connect()
    assert door.drain()["state"] == "sign_in"
    assert [row["id"] for row in door.outbox()] == [draft["id"]]
    door.page.context.add_cookies(cookies)  # type: ignore[arg-type]  # as Playwright gave them
    door.drain()

    assert door.submission(draft).jws == jws
    assert door.photos(draft) == stored(photo)
    door.nothing_is_left()


def test_cht_core_3495_wrong_clock_of_a_phone_is_measured_and_kept_beside_its_time(door: AtTheDoor) -> None:
    door.open().page.clock.set_fixed_time(dt.datetime.now(dt.UTC) + dt.timedelta(hours=3))
    draft = door.begin()
    jws = door.submit(draft)
    door.drain()

    kept = door.submission(draft)
    assert abs(kept.clock_skew_s - 3 * 3600) < 60
    assert payload(jws)["made_at"].startswith(kept.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    assert abs((kept.made_at - kept.received_at).total_seconds() - 3 * 3600) < 60
