"""A visit handed from one officer's plan to another's: the stop, the access to the person, the record of it."""

import datetime as dt
import uuid
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload

from fieldapp.domain.access import visible_supervisees
from fieldapp.domain.actor import Actor
from fieldapp.domain.actor import actor_of
from fieldapp.domain.errors import Conflict
from fieldapp.domain.routing.request import Place
from fieldapp.models.agency import Agency
from fieldapp.models.case import CaseAssignment
from fieldapp.models.itinerary import StopMove
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User

# what of a stop is about the visit itself; times, order and what became of it belong to the plan that it was in
VISIT = (
    "supervisee_id",
    "address_id",
    "place",
    "purpose",
    "due_on",
    "minutes",
    "priority",
    "windows",
    "wanted",
    "latest",
    "two_officers",
)


def copy_of(stop: Stop) -> Stop:
    """Return the same visit as a new stop: what phones have said about the old one does not follow it."""
    own = {key: getattr(stop, key) for key in VISIT}
    return Stop(
        id=uuid.uuid4(), position=0, state="planned", skip_reason="",
        supervisee=stop.supervisee, address=stop.address, **own,
    )  # fmt: skip


def blank_plan(officer: User, agency: Agency, on: dt.date, *, now: dt.datetime) -> DayPlan:
    """Return a day for an officer who has no plan, in use, by the agency's shift. Raises Conflict without a place."""
    place = _place(officer, agency)
    lunch = agency.lunch_minutes
    return DayPlan(
        id=uuid.uuid4(),
        officer_id=officer.id,
        on=on,
        state="accepted",
        accepted_at=now,
        start=agency.shift_start,
        end=agency.shift_end,
        start_label=place.label,
        start_lat=place.lat,
        start_lon=place.lon,
        end_label=place.label,
        end_lat=place.lat,
        end_lon=place.lon,
        lunch_minutes=lunch,
        lunch_earliest=agency.lunch_earliest if lunch else None,
        lunch_latest=agency.lunch_latest if lunch else None,
        travel_m=0,
        travel_source="estimate",
        left_out=[],
        with_partner=False,
        arranged_at=now,
        arranged_by=None,
    )


def hold_days(session: Session, officers: Collection[uuid.UUID], on: dt.date) -> None:
    """Let nobody else make or change these officers' plans of that day until this transaction ends."""
    # in the order in which officers and phones write them, so that the two never wait for each other in a ring
    users = select(User.id).where(User.id.in_(officers)).order_by(User.id)
    session.execute(users.with_for_update(key_share=True)).all()
    stops = select(Stop.id).join(Stop.plan).where(DayPlan.on == on, DayPlan.officer_id.in_(officers))
    session.execute(stops.order_by(Stop.id).with_for_update(key_share=True, of=Stop)).all()


def hand_over(
    session: Session,
    actor: Actor,
    stops: Iterable[Stop],
    source: DayPlan,
    officer: User,
    *,
    now: dt.datetime,
) -> None:
    """Note that these visits of one plan are another officer's now, who may see the people on that day.

    The person stays on the caseload where they are: access is a cover of one day.
    """
    stops = list(stops)
    people = {stop.supervisee_id for stop in stops}
    known = visible_supervisees(actor_of(officer), source.on).where(Supervisee.id.in_(people))
    seen = set(session.scalars(known.with_only_columns(Supervisee.id)))
    day = {"from_on": source.on, "to_on": source.on}
    for person in sorted(people - seen):
        session.add(CaseAssignment(supervisee_id=person, officer_id=officer.id, kind="cover", **day))
    for stop in stops:
        session.add(
            StopMove(
                on=source.on, supervisee_id=stop.supervisee_id, place=stop.place, at=now, by_id=actor.id,
                from_officer_id=source.officer_id, to_officer_id=officer.id,
            )
        )  # fmt: skip
    session.flush()


def moves_of(session: Session, officer_id: uuid.UUID, on: dt.date) -> Sequence[StopMove]:
    """Return which visits of that day came to this officer or went from them, the last move of each visit."""
    either = or_(StopMove.from_officer_id == officer_id, StopMove.to_officer_id == officer_id)
    query = select(StopMove).where(StopMove.on == on, either).order_by(StopMove.at, StopMove.id)
    query = query.options(
        joinedload(StopMove.supervisee),
        joinedload(StopMove.from_officer),
        joinedload(StopMove.to_officer),
        joinedload(StopMove.by),
    )
    last = {(move.supervisee_id, move.place): move for move in session.scalars(query)}
    return sorted(last.values(), key=lambda move: (move.supervisee.last_name, move.supervisee.first_name, move.place))


def _place(officer: User, agency: Agency) -> Place:
    if agency.office_lat is not None and agency.office_lon is not None:
        return Place(agency.office_lat, agency.office_lon, agency.office_label)
    if officer.home_lat is not None and officer.home_lon is not None:
        return Place(officer.home_lat, officer.home_lon, "Home")
    raise Conflict(f"{officer.name} has no plan that day, and neither office nor home has a position to start from.")
