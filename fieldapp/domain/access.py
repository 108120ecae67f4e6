"""Who may see what. Rows reach people only through these selects: what is not visible is simply not found."""

import datetime as dt
import uuid
from typing import Any
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import false
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import true
from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import NotFound
from fieldapp.models.address import Address
from fieldapp.models.case import CaseAssignment
from fieldapp.models.evidence import Photo
from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.wire import FieldException

T = TypeVar("T")


def visible_officers(actor: Actor) -> Select[User]:
    """Officers whose work the actor may see: themself, their team's, or all for an administrator."""
    officers = select(User).where(User.role == "officer")
    if actor.role == "administrator":
        return officers
    if actor.role == "supervisor":
        return officers.where(_in_team(actor))
    return officers.where(User.id == actor.id)


def visible_supervisees(actor: Actor, on: dt.date) -> Select[Supervisee]:
    """People on the actor's caseload on that date, cover included; supervisors see the team's, administrators all."""
    people = select(Supervisee)
    return people if actor.role == "administrator" else people.where(Supervisee.id.in_(_assigned(actor, on)))


def visible_addresses(actor: Actor, on: dt.date) -> Select[Address]:
    """Addresses, past ones too, of the people whom the actor may see on that date."""
    addresses = select(Address)
    if actor.role == "administrator":
        return addresses
    return addresses.where(Address.supervisee_id.in_(_assigned(actor, on)))


def visible_plans(actor: Actor) -> Select[DayPlan]:
    """Day plans of the officers whom the actor may see."""
    return select(DayPlan).where(_of_officers(actor, DayPlan.officer_id))


def visible_stops(actor: Actor) -> Select[Stop]:
    """Stops in plans that the actor may see."""
    return select(Stop).join(Stop.plan).where(_of_officers(actor, DayPlan.officer_id))


def visible_visits(actor: Actor, on: dt.date) -> Select[Visit]:
    """Visits made by officers whom the actor may see, and all visits to people on the actor's caseload."""
    return select(Visit).where(_visit_seen(actor, on))


def visible_photos(actor: Actor, on: dt.date) -> Select[Photo]:
    """Photos of visits that the actor may see."""
    return select(Photo).join(Visit, Visit.id == Photo.visit_id).where(_visit_seen(actor, on))


def visible_exceptions(actor: Actor) -> Select[FieldException]:
    """Exceptions a supervisor decides: those of the team's officers. Officers see none of the list."""
    if actor.role == "officer":
        return select(FieldException).where(false())
    return select(FieldException).where(_of_officers(actor, FieldException.officer_id))


def one(session: Session, visible: Select[T], key: Any, id: uuid.UUID | str, words: str) -> T:
    """Return the visible row whose column `key` is `id`. Raises NotFound with `words` as what was not found."""
    row = session.scalars(visible.where(key == id)).first()
    if row is None:
        raise NotFound(f"{words} was not found. It may belong to another team, or the address is wrong.")
    return row


def _assigned(actor: Actor, on: dt.date) -> Select[uuid.UUID]:
    chosen = select(CaseAssignment.supervisee_id).where(
        CaseAssignment.from_on <= on,
        or_(CaseAssignment.to_on.is_(None), CaseAssignment.to_on >= on),
    )
    if actor.role == "supervisor":
        return chosen.where(CaseAssignment.officer_id.in_(_team_officers(actor)))
    return chosen.where(CaseAssignment.officer_id == actor.id)


def _of_officers(actor: Actor, column: Any) -> ColumnElement[bool]:
    if actor.role == "administrator":
        return true()
    if actor.role == "supervisor":
        chosen: ColumnElement[bool] = column.in_(_team_officers(actor))
        return chosen
    own: ColumnElement[bool] = column == actor.id
    return own


def _team_officers(actor: Actor) -> Select[uuid.UUID]:
    return select(User.id).where(_in_team(actor), User.role == "officer")


def _in_team(actor: Actor) -> ColumnElement[bool]:
    # comparing with None would mean IS NULL: a supervisor without a team would see all who have none either
    return User.team_id == actor.team_id if actor.team_id else false()


def _visit_seen(actor: Actor, on: dt.date) -> ColumnElement[bool]:
    if actor.role == "administrator":
        return true()
    return or_(_of_officers(actor, Visit.officer_id), Visit.supervisee_id.in_(_assigned(actor, on)))
