"""Whatever order, repetition and batches submissions and photos arrive in, the database ends the same."""

import uuid
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.evidence.complete import assemble
from fieldapp.domain.evidence.complete import finish_upload
from fieldapp.domain.evidence.uploads import LastPart
from fieldapp.domain.evidence.uploads import add_part
from fieldapp.domain.evidence.uploads import begin_upload
from fieldapp.models.all import metadata
from fieldapp.models.plan import Stop
from tests import people
from tests.desk import Desk
from tests.phone import Signed
from tests.phone import iso
from tests.phone import onward
from tests.phone import photo

# what the office itself makes up (ids of its own rows), and the log of what happened when, which tells the order
MADE_BY_OFFICE = {"answer": "id", "contact": "id", "visit_flag": "id", "field_exception": "id", "upload": "id"}
MADE_BY_OFFICE |= {"conflicting_submission": "id"}
NOT_COMPARED = {"audit_entry"}
BYTES = [b"no picture, but evidence", b"another one", b"what nobody signed"]


@dataclass(frozen=True)
class Brought:
    """A photo's bytes, uploaded whole."""

    photo: dict[str, Any]
    visit: str
    content: bytes = field(repr=False)


Event = Signed | Brought


@dataclass
class World:
    """The events of one day, and the desk that takes them."""

    desk: Desk
    events: list[Event]


def make_world(session: Session) -> World:
    desk = Desk(session)
    persons = [people.supervisee(session, desk.officer, ["no_drugs"]) for _ in range(2)]
    stranger = people.supervisee(session)
    same, early, wrong = photo(BYTES[0]), photo(BYTES[1]), photo(BYTES[1])
    shared = photo(BYTES[0])
    visits = [
        desk.phone.visit(persons[n % 2], outcome=outcome, photos=photos, **at(n))
        for n, (outcome, photos) in enumerate(
            [
                ("no_one_home", [same]),
                ("moved", []),
                ("no_one_home", [early]),
                ("refused_entry", []),
                ("no_one_home", [wrong]),
                ("contact_at_door", []),
                ("unsafe_aborted", [shared]),
                ("no_one_home", []),
            ]
        )
    ]
    aside = desk.phone.visit(stranger, photos=[photo(b"of a stranger")])
    other = desk.phone.visit(persons[0], id=visits[1].id, narrative="Written again.", **at(1))
    uploads = [
        Brought(same, visits[0].id, BYTES[0]),
        Brought(early, visits[2].id, BYTES[1]),
        Brought(wrong, visits[4].id, BYTES[2]),
        Brought(wrong, visits[4].id, BYTES[1]),
        Brought(shared, visits[6].id, BYTES[0]),
    ]
    more = [aside, desk.phone.note(persons[1]), desk.phone.check_in(persons[0]), desk.phone.submission("telegram", {})]
    return World(desk, [*visits, other, *more, *uploads, *day_changes(desk, session)])


def day_changes(desk: Desk, session: Session) -> list[Event]:
    """Stops of a plan skipped, brought back, visited and put in another order; a stop and a plan that are not there."""
    crew = [people.supervisee(session, desk.officer) for _ in range(4)]
    plan = people.plan(session, desk.officer, *crew)
    theirs = people.plan(session, people.officer(session), people.supervisee(session))
    a, b, c, d = plan.stops
    gone = Stop(id=uuid.UUID(int=7), supervisee_id=crew[0].id)
    phone = desk.phone
    return [
        phone.skip(a, "unsafe", "A crowd.", **made(0)),
        phone.skip(b, **made(1)),
        phone.unskip(b, **made(2)),
        phone.skip(b, "road_closed", **made(3)),
        phone.unskip(c, **made(4)),
        phone.skip(c, "hospital", **made(3)),
        phone.skip(d, "cancelled", **made(2)),
        phone.visit(crew[3], stop=str(d.id)),
        phone.skip(gone, **made(1)),
        phone.order(plan, [d, c, b, a], **made(1)),
        phone.order(plan, [b, gone.id, d, a, c], **made(3)),
        phone.order(plan, [a, b, c, d], **made(2)),
        phone.order(plan, [d, b, c, a], onward=onward(over=[d], to=b), **made(4)),
        phone.order(theirs, theirs.stops, **made(5)),
    ]


def made(minute: int) -> dict[str, str]:
    return {"made_at": iso(people.NOW.replace(hour=8, minute=minute))}


def at(hour: int) -> dict[str, str]:
    moment = people.NOW.replace(hour=8 + hour)
    return {"arrived_at": iso(moment), "left_at": iso(moment), "certified_at": iso(moment)}


def play(world: World, order: list[list[Event]]) -> None:
    """Take in batches: submissions of a batch in one sync, uploads one after the other."""
    for batch in order:
        sent = [event for event in batch if isinstance(event, Signed)]
        if sent:
            world.desk.take(*sent)
        for event in batch:
            if isinstance(event, Brought):
                bring(world.desk, event)


def bring(desk: Desk, brought: Brought) -> None:
    session, actor = desk.session, people.actor(desk.officer)
    shown, blobs = brought.photo, desk.office.blobs
    meta = {"photo": shown["id"], "submission": brought.visit, "sha256": shown["sha256"], "type": "image/jpeg"}
    upload, _ = begin_upload(session, actor, len(brought.content), meta, now=people.NOW)
    if upload.completed_at:
        return
    last = add_part(session, actor, blobs, upload.id, 0, brought.content)
    assert isinstance(last, LastPart)
    original = assemble(blobs, desk.office.pictures, last)
    finish_upload(session, actor, blobs, desk.office.pictures, original, now=people.NOW)


def contents(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every table's rows, sorted, without what the office makes up."""
    session.flush()
    found = {}
    for table in metadata.sorted_tables:
        if table.name in NOT_COMPARED:
            continue
        columns = [column for column in table.c if column.name != MADE_BY_OFFICE.get(table.name)]
        found[table.name] = sorted((tuple(map(plain, row)) for row in session.execute(select(*columns))), key=repr)
    # how often wrong bytes were brought is known by counting them; where they lie is named after the upload
    found["upload"] = sorted(
        {tuple(v for v in row if "quarantine/" not in str(v)) for row in found["upload"]}, key=repr
    )
    return found


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, dict | list) else value


SIZE = 32
# what holds is what came first under an id; and once a photo is proved, nobody asks for other bytes of it
FIRST_COMES = [(1, 8), (15, 16)]


@st.composite
def arrivals(draw: st.DrawFn) -> list[list[int]]:
    """Every event at least once, some again and again, shuffled and cut into batches."""
    again = draw(st.lists(st.integers(0, SIZE - 1), max_size=12))
    order = draw(st.permutations([*range(SIZE), *again]))
    for first, second in FIRST_COMES:
        place, other = order.index(second), order.index(first)
        if place < other:
            order[place], order[other] = first, second
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1))))
    return [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=arrivals())
def test_any_order_repetition_and_interleaving_ends_the_same(session: Session, order: list[list[int]]) -> None:
    with session.begin_nested() as straight:
        world = make_world(session)
        assert len(world.events) == SIZE
        prepared = session.begin_nested()
        play(world, [[event] for event in world.events])
        expected = contents(session)
        prepared.rollback()
        world.desk.forget_blobs()
        play(world, [[world.events[n] for n in batch] for batch in order])

        assert contents(session) == expected
        straight.rollback()
