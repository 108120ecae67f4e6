"""Visits as the office lists them: flags first on the board, newest first in the archive, with what has arrived."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import joinedload
from sqlalchemy.orm import selectinload

from fieldapp.domain.access import visible_officers
from fieldapp.domain.access import visible_visits
from fieldapp.domain.actor import Actor
from fieldapp.domain.checklist.library import Library
from fieldapp.domain.errors import FieldappError
from fieldapp.domain.office.wanted import Wanted
from fieldapp.domain.office.wanted import wanted_visits
from fieldapp.models.evidence import Photo
from fieldapp.models.evidence import PhotoPreview
from fieldapp.models.user import User
from fieldapp.models.visit import Visit
from fieldapp.models.visit import VisitFlag

FLAG_ORDER = ("potential_violation", "safety", "welfare", "observation")
NO_FLAG = len(FLAG_ORDER)
ON_BOARD = 30
ON_PAGE = 50


@dataclass(frozen=True)
class VisitLine:
    """One visit in a list. `photos` counts those named by the visit by state: awaited, stored, quarantined.

    `previews` counts those of the awaited ones of which a preview can be seen.
    """

    visit: Visit
    outcome: str
    photos: Mapping[str, int]
    previews: int = 0

    @property
    def flags(self) -> list[VisitFlag]:
        """The flags, the gravest kind first."""
        return by_weight(self.visit.flags)

    @property
    def named(self) -> int:
        """How many photos the visit names."""
        return sum(self.photos.values())


@dataclass(frozen=True)
class VisitList:
    """A part of what was asked for. `total` counts all of it."""

    lines: Sequence[VisitLine]
    total: int
    page: int = 1

    @property
    def has_older(self) -> bool:
        """True when there is a page after this one."""
        return self.page * ON_PAGE < self.total


def by_weight(flags: Sequence[VisitFlag]) -> list[VisitFlag]:
    """Return flags in the order in which a supervisor must see them."""
    return sorted(flags, key=lambda flag: (FLAG_ORDER.index(flag.kind), flag.position))


def arrived(session: Session, actor: Actor, wanted: Wanted, library: Library, today: dt.date, zone: str) -> VisitList:
    """Return the first visits of the board: by the gravest flag, those without one last; newest received first."""
    weight = case({kind: i for i, kind in enumerate(FLAG_ORDER)}, value=VisitFlag.kind, else_=NO_FLAG)
    gravest = select(func.min(weight))
    rank = func.coalesce(gravest.where(VisitFlag.visit_id == Visit.id).scalar_subquery(), NO_FLAG)
    query = visible_visits(actor, today).where(*wanted_visits(wanted, today, zone))
    return _listed(session, query, query.order_by(rank, Visit.received_at.desc(), Visit.id).limit(ON_BOARD), library)


def archive(session: Session, actor: Actor, wanted: Wanted, library: Library, today: dt.date, zone: str) -> VisitList:
    """Return one page of all visits asked for, latest visit first."""
    query = visible_visits(actor, today).where(*wanted_visits(wanted, today, zone))
    page = query.order_by(Visit.arrived_at.desc(), Visit.id).limit(ON_PAGE).offset((wanted.page - 1) * ON_PAGE)
    return _listed(session, query, page, library, wanted.page)


def officers_to_choose(session: Session, actor: Actor) -> Sequence[User]:
    """Return the officers whose visits the actor may ask for, by name."""
    return session.scalars(visible_officers(actor).order_by(User.name)).all()


def outcome_label(library: Library, visit: Visit) -> str:
    """Return an outcome in the words of the checklist it was chosen from; the code where that one is gone."""
    try:
        return library.exact(visit.checklist_key, visit.checklist_version).outcome(visit.outcome).label
    except FieldappError:
        return visit.outcome.replace("_", " ").capitalize()


def _listed(
    session: Session, all_of_it: Select[Visit], part: Select[Visit], library: Library, page: int = 1
) -> VisitList:
    loads = (
        joinedload(Visit.supervisee),
        joinedload(Visit.officer),
        joinedload(Visit.address),
        selectinload(Visit.flags).joinedload(VisitFlag.condition),
    )
    visits = session.scalars(part.options(*loads)).all()
    photos, previews = _photos(session, [visit.id for visit in visits])
    total = session.scalar(select(func.count()).select_from(all_of_it.with_only_columns(Visit.id).subquery())) or 0
    lines = [
        VisitLine(visit, outcome_label(library, visit), photos.get(visit.id, {}), previews[visit.id])
        for visit in visits
    ]
    return VisitList(lines, total, page)


def _photos(session: Session, visits: Sequence[uuid.UUID]) -> tuple[dict[uuid.UUID, Counter[str]], Counter[uuid.UUID]]:
    """Return each visit's photos by state, and how many previews stand in for awaited ones."""
    query = (
        select(Photo.visit_id, Photo.state, func.count(), func.count(PhotoPreview.photo_id))
        .outerjoin(PhotoPreview, PhotoPreview.photo_id == Photo.id)
        .where(Photo.visit_id.in_(visits))
    )
    found: dict[uuid.UUID, Counter[str]] = {}
    previews: Counter[uuid.UUID] = Counter()
    for visit_id, state, count, seen in session.execute(query.group_by(Photo.visit_id, Photo.state)):
        found.setdefault(visit_id, Counter())[state] = count
        previews[visit_id] += seen if state == "awaited" else 0
    return found, previews
