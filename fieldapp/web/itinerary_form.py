"""What the forms of the itineraries say: which day and team, who is away, and the days that were previewed."""

import datetime as dt
import uuid
from collections.abc import Iterable
from collections.abc import Mapping

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from fieldapp.domain.actor import Actor
from fieldapp.domain.errors import Invalid
from fieldapp.domain.itineraries.share import ShareAsked
from fieldapp.domain.itineraries.team_day import teams
from fieldapp.web.plan_form import read_day

AGAIN = "Open the itineraries again, then share out."


def read_asked(session: Session, actor: Actor, fields: MultiDict[str, str], today: dt.date) -> ShareAsked:
    """Return which team's day is meant: today's and the actor's own, or the first, where nothing is said.

    Raises Invalid.
    """
    team = fields.get("team", "")
    away = frozenset(_ids(fields.getlist("away"), "away"))
    on = read_day(fields["day"]) if fields.get("day") else today
    return ShareAsked(on, _ids([team], "team")[0] if team else first_team(session, actor), away)


def first_team(session: Session, actor: Actor) -> uuid.UUID | None:
    """Return the team that is shown first, None where the actor has none."""
    return actor.team_id or next((team.id for team in teams(session, actor)), None)


def write_orders(orders: Mapping[str, Iterable[str]]) -> list[str]:
    """Return each officer's stops as one field of a form: `<officer>:<stop>,<stop>`."""
    return [f"{officer}:{','.join(order)}" for officer, order in orders.items()]


def read_orders(fields: Iterable[str]) -> dict[str, list[str]]:
    """Return what `write_orders` wrote. Raises Invalid."""
    found: dict[str, list[str]] = {}
    for field in fields:
        officer, _, order = field.partition(":")
        stops = [str(id) for id in _ids(order.split(",") if order else [], "order")]
        found[str(_ids([officer], "order")[0])] = stops
    return found


def read_stops(fields: MultiDict[str, str]) -> list[uuid.UUID]:
    """Return the ticked stops. Raises Invalid."""
    return _ids(fields.getlist("stop"), "stop")


def read_officer(fields: MultiDict[str, str]) -> uuid.UUID:
    """Return the officer chosen. Raises Invalid."""
    if not fields.get("to"):
        raise Invalid({"to": "Choose who is to make the stops."})
    return _ids([fields["to"]], "to")[0]


def _ids(texts: Iterable[str], name: str) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(text) for text in texts]
    except ValueError:
        raise Invalid({name: f"The form could not be read. {AGAIN}"}) from None
