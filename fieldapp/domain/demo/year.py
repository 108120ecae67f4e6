"""Tells the demo's last year: caseload files as they came, visits as phones sent them, older contacts as imported."""

import datetime as dt
import random
from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.audit import record
from fieldapp.domain.clock import local_moment
from fieldapp.domain.demo.agency import ZONE
from fieldapp.domain.demo.caseload import DemoPerson
from fieldapp.domain.demo.caseload import import_on
from fieldapp.domain.demo.caseload import imports
from fieldapp.domain.demo.findings import Finding
from fieldapp.domain.demo.findings import found_on
from fieldapp.domain.demo.findings import noted
from fieldapp.domain.demo.history import VISITS
from fieldapp.domain.demo.history import Past
from fieldapp.domain.demo.history import contacts_of
from fieldapp.domain.demo.phones import Shot
from fieldapp.domain.demo.roll import Roll
from fieldapp.domain.demo.stories import Door
from fieldapp.domain.demo.stories import Story
from fieldapp.domain.demo.stories import new_id
from fieldapp.domain.demo.stories import shots_of
from fieldapp.domain.demo.telling import Telling
from fieldapp.domain.demo.timetable import Timed
from fieldapp.domain.demo.timetable import timetable
from fieldapp.models.contact import Contact
from fieldapp.models.wire import FieldException

SIGNED_DAYS = 60
PHOTO_DAYS = 14
DOOR_PHOTO_SHARE = 0.12
SETTLED_AFTER = dt.timedelta(days=6)
SETTLED_IN = dt.timedelta(hours=20)
IMPORT_SECONDS = 6 * 3600 + 1800
CONTACT_SECONDS = 10 * 3600
NOTHING_KEPT = ("cancelled", "rescheduled")
CALLS = {"collateral": ("phone", "residence", "collateral"), "treatment": ("phone", "treatment", "collateral")}
PLACES = {"home": "residence", "work": "employment"}


def tell_year(
    telling: Telling, clerk: Actor, people: Sequence[DemoPerson], today: dt.date, *, now: dt.datetime
) -> None:
    """Write everything up to yesterday, in the order in which the office got to know it.

    The last SIGNED_DAYS days of visits are signed submissions; visits before them, and all calls, are contacts as an
    import brings them, because the office's program was not there yet.
    """
    past = [one for person in people for one in contacts_of(person, today, telling.seed)]
    signed_from = today - dt.timedelta(days=SIGNED_DAYS)
    visits = timetable([one for one in past if _signed(one, signed_from)], telling.seed, now=now)
    roll = Roll(telling.session)
    files = iter([*imports(people), None])
    file = next(files)
    for visit in [*visits, None]:
        while file and (visit is None or local_moment(ZONE, file.on, IMPORT_SECONDS) <= visit.received_at):
            import_on(telling.session, clerk, file, now=local_moment(ZONE, file.on, IMPORT_SECONDS))
            roll.forget(line["case_number"] for line in file.lines)
            file = next(files)
        if visit:
            _tell(telling, roll, visit, today)
    _add_contacts(telling, clerk, roll, [one for one in past if not _signed(one, signed_from)], today)
    settle_old_exceptions(telling.session, now)


def settle_old_exceptions(session: Session, now: dt.datetime) -> None:
    """Close what is some days old, as a supervisor has decided it meanwhile; the newest of each kind stays open."""
    newest: dict[str, FieldException] = {}
    for exception in session.scalars(select(FieldException).order_by(FieldException.opened_at, FieldException.subject)):
        before, newest[exception.code] = newest.get(exception.code), exception
        if before and before.opened_at < now - SETTLED_AFTER:
            before.closed_at = before.opened_at + SETTLED_IN
    session.flush()


def _signed(one: Past, signed_from: dt.date) -> bool:
    return one.kind in VISITS and one.on >= signed_from


def _tell(telling: Telling, roll: Roll, visit: Timed, today: dt.date) -> None:
    past, number = visit.past, visit.past.person.case_number
    door = roll.door(number, past.kind, past.on)
    if door is None:
        return
    chance = telling.chance(number, past.kind, past.on, past.outcome)
    recent = (today - past.on).days <= PHOTO_DAYS
    findings, shots = _seen(telling, door, past.outcome, recent, chance)
    story = Story(door, past.outcome, visit.arrived_at, visit.left_at, findings, shots, far=visit.far)
    telling.visit(past.person.line["officer_email"], story, chance, now=visit.received_at)


def _seen(
    telling: Telling, door: Door, outcome: str, recent: bool, chance: random.Random
) -> tuple[tuple[Finding, ...], tuple[Shot, ...]]:
    findings = found_on(outcome, door.place, chance)
    if findings and recent and findings[0].motif:
        findings = (noted(findings[0], chance, photo=True),)
        return findings, shots_of(findings, telling.outside.drawings.draw, chance)
    if not findings and recent and door.place == "home" and chance.random() < DOOR_PHOTO_SHARE:
        id, motif = new_id(chance), "mail" if outcome == "contact_inside" else "door"
        caption = "Mail in their name on the hall table" if motif == "mail" else "Front door"
        return (), (Shot(id, "visit", caption, telling.outside.drawings.draw(motif, str(id))),)
    return findings, ()


def _add_contacts(telling: Telling, clerk: Actor, roll: Roll, past: Sequence[Past], today: dt.date) -> None:
    ids, officers = roll.ids(), {email: phone.actor.id for email, phone in telling.phones.items()}
    kept = [one for one in past if one.outcome not in NOTHING_KEPT]
    values = [
        _contact(one)
        | {"supervisee_id": ids[one.person.case_number], "officer_id": officers[one.person.line["officer_email"]]}
        for one in kept
    ]
    if values:
        telling.session.execute(insert(Contact), values)
    now = local_moment(ZONE, today, 0)
    record(telling.session, clerk, "contacts.imported", "demo", now=now, contacts=len(values))


def _contact(one: Past) -> dict[str, object]:
    if one.kind in CALLS:
        method, location, party = CALLS[one.kind]
        status, outcome = "completed", ""
    else:
        met = one.outcome.startswith("contact")
        others = one.outcome == "collateral_only"
        method, location, party = "in_person", PLACES[one.kind], "collateral" if others else "direct"
        status, outcome = "completed" if met or others else "attempted", one.outcome
    facts = {"method": method, "location": location, "party": party, "status": status, "outcome": outcome}
    at = local_moment(ZONE, one.on, CONTACT_SECONDS)
    return {**facts, "on": one.on, "at": at, "scheduled": False, "source": "import"}
