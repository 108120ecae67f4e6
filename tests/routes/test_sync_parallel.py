"""Several connections post at once, as phones do after a tunnel: each submission is taken once, and nothing breaks."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.audit import first_broken
from fieldapp.models.contact import Contact
from fieldapp.models.evidence import Photo
from fieldapp.models.plan import DayPlan
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import FieldException
from fieldapp.models.wire import Submission
from tests import people
from tests.phone import Phone
from tests.phone import Signed
from tests.phone import photo

THREADS = 6


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """Run all at the same moment, each in a thread of its own; their results in order."""
    results: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int) -> None:
        start.wait()
        results[place] = works[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def connections(app: Flask, phone: Phone, officer: User) -> list[Phone]:
    return [Phone(people.sign_in(app.test_client(), officer), officer.id, phone.key) for _ in range(THREADS)]


def count(database: Session, model: Any) -> int:
    database.rollback()
    return database.scalar(select(func.count()).select_from(model)) or 0


def test_parallel_posts_of_one_submission_make_one_visit(
    app: Flask, phone: Phone, person: Supervisee, officer: User, database: Session
) -> None:
    phones = connections(app, phone, officer)
    sent = phone.visit(person, photos=[photo(b"1"), photo(b"2")])

    results = at_once([lambda each=each: each.sync(sent)[0]["state"] for each in phones])

    assert Counter(results) == {"stored": 1, "same": THREADS - 1}
    assert [count(database, table) for table in (Submission, Visit, Contact, Photo)] == [1, 1, 1, 2]


def test_parallel_batches_in_opposite_orders_neither_lock_nor_double(
    app: Flask, phone: Phone, person: Supervisee, officer: User, database: Session
) -> None:
    phones = connections(app, phone, officer)
    visits = [phone.visit(person, photos=[photo(b"same")]) for _ in range(5)] + [phone.note(person)]
    batches = [visits if place % 2 else visits[::-1] for place in range(THREADS)]

    answers = at_once(
        [lambda each=each, batch=batch: each.sync(*batch) for each, batch in zip(phones, batches, strict=True)]
    )

    states = Counter(result["state"] for answer in answers for result in answer)
    assert states == {"stored": 6, "same": 6 * (THREADS - 1)}
    assert count(database, Visit) == 5
    codes = Counter(database.scalars(select(FieldException.code)))
    assert codes == {"attempts-in-row": 1, "same-photo": 5}
    assert first_broken(database) is None


def test_parallel_posts_under_one_id_keep_every_version(
    app: Flask, phone: Phone, person: Supervisee, officer: User, database: Session
) -> None:
    phones = connections(app, phone, officer)
    first = phone.visit(person)
    versions = [first] + [phone.visit(person, id=first.id, narrative=f"Version {n}.") for n in range(THREADS - 1)]

    results = at_once([lambda e=e, v=v: e.sync(v)[0]["state"] for e, v in zip(phones, versions, strict=True)])

    assert Counter(results) == {"stored": 1, "conflict": THREADS - 1}
    assert count(database, Visit) == 1


def test_parallel_changes_of_one_day_wait_for_each_other_and_the_last_holds(
    app: Flask, phone: Phone, officer: User, database: Session
) -> None:
    plan = people.plan(database, officer, *(people.supervisee(database, officer) for _ in range(5)))
    database.commit()
    stops = list(plan.stops)
    ids = [stop.id for stop in stops]
    phones = connections(app, phone, officer)
    changes = [
        [phone.skip(stop), phone.unskip(stop), phone.order(plan, stops[n:] + stops[:n])] for n, stop in enumerate(stops)
    ]
    batches = [
        changes[n] if n < len(changes) else [phone.visit(stops[0].supervisee, stop=str(stops[0].id))]
        for n in range(THREADS)
    ]

    answers = at_once(
        [lambda each=each, batch=batch: each.sync(*batch) for each, batch in zip(phones, batches, strict=True)]
    )

    assert {result["state"] for answer in answers for result in answer} == {"stored"}
    database.rollback()
    last = max(changes, key=lambda batch: batch[2].id)  # made at the same moment: the greater id wins
    order = [stop.id for stop in database.get_one(DayPlan, plan.id).stops]
    moved = changes.index(last)
    assert order == ids[moved:] + ids[:moved]
    assert first_broken(database) is None


def test_visit_and_its_photo_that_arrive_at_the_same_moment_find_each_other(
    app: Flask, phone: Phone, person: Supervisee, officer: User, database: Session
) -> None:
    contents = [f"not a picture, but bytes {n}".encode() for n in range(3)]
    shown = [photo(content) for content in contents]
    visits = [phone.visit(person, photos=[each]) for each in shown]
    phones = connections(app, phone, officer)

    def bring(each: Phone, visit: Signed, of: dict[str, Any], content: bytes) -> Callable[[], Any]:
        return lambda: each.upload(visit, of, content)

    works = [bring(*each) for each in zip(phones[:3], visits, shown, contents, strict=True)]
    works += [lambda e=e, v=v: e.sync(v) for e, v in zip(phones[3:], visits, strict=True)]
    at_once(works)

    database.rollback()
    assert database.scalars(select(Photo.state)).all() == ["stored"] * 3
