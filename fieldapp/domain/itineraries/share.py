"""Sharing a team's stops out again: what is left of everybody's day, over those who are there, in one solve."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Container
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from sqlalchemy.orm import Session

from fieldapp.domain.actor import Actor
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import local_seconds
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.domain.itineraries.hand_over import blank_plan
from fieldapp.domain.itineraries.team_day import OfficerDay
from fieldapp.domain.itineraries.team_day import team_day
from fieldapp.domain.plans.days import refuse_day
from fieldapp.domain.plans.partner import stop_needs_partner
from fieldapp.domain.plans.request import request_of
from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.team import TeamRequest
from fieldapp.domain.routing.team import TeamSolver
from fieldapp.domain.routing.team import TeamStop
from fieldapp.domain.routing.team_plan import TeamRoutes
from fieldapp.domain.routing.team_plan import plan_team
from fieldapp.models.agency import Agency
from fieldapp.models.plan import DayPlan

MOST_OFFICERS = 40
MOST_STOPS = 500


@dataclass(frozen=True)
class ShareAsked:
    """Which team's day is to be shared out, and who is ill or away. `team` None: officers of no team."""

    on: dt.date
    team: uuid.UUID | None
    away: frozenset[uuid.UUID]


@dataclass(frozen=True)
class Share:
    """A team's day as it was found, and the request that it makes. Ids in the request are text.

    `plans` are the plans of those who are there, made blank where there is none; none of them is stored by this.
    """

    asked: ShareAsked
    days: Sequence[OfficerDay]
    plans: dict[uuid.UUID, DayPlan]
    request: TeamRequest

    @property
    def mark(self) -> str:
        """A text that changes when anybody changes a plan of the team, or begins a visit."""
        lines = [
            f"{day.officer.id} {day.plan.id} {day.plan.state} {day.plan.with_partner} "
            f"{stop.id} {stop.id in day.begun} {stop.state}"
            for day in self.days
            if day.plan
            for stop in day.plan.stops
        ]
        about = [str(self.asked.on), *sorted(map(str, self.asked.away))]
        return str(uuid.uuid5(uuid.NAMESPACE_OID, "\n".join([*about, *lines])))

    @property
    def all_plans(self) -> list[DayPlan]:
        """Every plan, the blank ones included, in the order of the officers."""
        found = [self.plans.get(day.officer.id) or day.plan for day in self.days]
        return [plan for plan in found if plan]


def find_share(session: Session, actor: Actor, asked: ShareAsked, *, now: dt.datetime) -> Share:
    """Return what there is to share out. Raises NotFound, Invalid (fields day, away), Conflict for nothing to do."""
    on, away = asked.on, asked.away
    agency = the_agency(session)
    refuse_day(on, local_date(agency.zone, now))
    days = team_day(session, actor, on, asked.team)
    there = [day for day in days if day.officer.id not in away]
    plans = {day.officer.id: day.plan or blank_plan(day.officer, agency, on, now=now) for day in there}
    requests = {day.officer.id: rest_of_day(day, plans[day.officer.id], agency, now) for day in there}
    open_days = {str(officer): request for officer, request in requests.items() if request}
    paired = frozenset(officer for officer in open_days if plans[uuid.UUID(officer)].with_partner)
    stops = tuple(_stops(days, open_days, paired))
    if not stops:
        raise Conflict("No stop of this day is left to share out.")
    if len(days) > MOST_OFFICERS or len(stops) > MOST_STOPS:
        raise Invalid({"away": f"At most {MOST_OFFICERS} officers and {MOST_STOPS} stops are shared out at once."})
    return Share(asked, days, plans, TeamRequest(open_days, stops))


def solve_share(share: Share, travel: TravelTimes, team: TeamSolver, solver: RouteSolver) -> TeamRoutes:
    """Return the days that come of it; writes nothing. Raises TryLater, after which all plans are as they were."""
    return plan_team(share.request, travel, team, solver)


def rest_of_day(day: OfficerDay, plan: DayPlan, agency: Agency, now: dt.datetime) -> DayRequest | None:
    """Return what an officer's day still has room for, without stops; None when the shift is over.

    In the middle of a day it begins where the officer was last, now or when the visit that runs should be over.
    """
    request = request_of(plan, [])
    if plan.on != local_date(agency.zone, now):
        return request
    here, free = _here(day), local_seconds(agency.zone, now)
    if day.begun and not _last_is_made(day):
        free += [stop for stop in day.kept if stop.id in day.begun][-1].minutes * 60
    begin = max(request.shift_start, -(-free // 60) * 60)
    if begin >= request.shift_end:
        return None
    eaten = plan.lunch_at is not None and plan.lunch_at <= now
    return replace(request, shift_start=begin, start=here or request.start, lunch=None if eaten else request.lunch)


def _stops(days: Sequence[OfficerDay], there: Container[str], paired: frozenset[str]) -> Iterator[TeamStop]:
    """What is left of all plans; a door to which several officers go, such as two together, stays with each of them."""
    left = [(day, day.plan, stop) for day in days if day.plan for stop in day.left]
    every = Counter((stop.supervisee_id, stop.place) for day in days if day.plan for stop in day.plan.stops)
    for day, plan, stop in left:
        officer, fixed = str(day.officer.id), every[stop.supervisee_id, stop.place] > 1
        sure = {str(stop.id)} if stop.wanted == "pinned" else frozenset[str]()
        wanted, own = request_of(plan, [stop], sure).stops[0], officer if officer in there else ""
        yield TeamStop(wanted, own, fixed, paired if stop_needs_partner(stop, plan.on) else None)


def _here(day: OfficerDay) -> Place | None:
    """Where the officer was last, as far as the office knows."""
    begun = [stop for stop in day.kept if stop.id in day.begun]
    if not begun or begun[-1].address.lat is None or begun[-1].address.lon is None:
        return None
    return Place(begun[-1].address.lat, begun[-1].address.lon, begun[-1].address.text)


def _last_is_made(day: OfficerDay) -> bool:
    return [one for one in day.stops if one.stop.id in day.begun][-1].visit is not None
