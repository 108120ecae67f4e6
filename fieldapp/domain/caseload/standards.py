"""The agency's contact standards and holidays, from their tables to what the due rules understand."""

import datetime as dt
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.periods import Unit
from fieldapp.domain.due.standard import Cadence
from fieldapp.domain.due.standard import EventKind
from fieldapp.domain.due.standard import Standard
from fieldapp.models.agency import Agency
from fieldapp.models.agency import Holiday
from fieldapp.models.standard import ContactStandard


def agency_standards(session: Session, agency: Agency) -> list[Standard]:
    """Return all versions of all standards, oldest first; collaterals count where the agency says so."""
    rows = session.scalars(select(ContactStandard).order_by(ContactStandard.effective_from)).all()
    oldest: dict[str, dt.date] = {}
    for row in rows:
        oldest.setdefault(row.key, row.effective_from)
    counts = agency.collateral_counts
    return [as_standard(row, oldest[row.key], row.level.label if row.level else "", counts) for row in rows]


def agency_holidays(session: Session) -> frozenset[dt.date]:
    """Return the days on which the agency does not work."""
    return frozenset(session.scalars(select(Holiday.on)))


def standard_places(session: Session) -> dict[str, str]:
    """Return for each standard's key the place where a visit satisfies it: home, work, or "" when no visit does."""
    rows = session.execute(select(ContactStandard.key, ContactStandard.place)).all()
    return {row.key: row.place for row in rows}


def as_standard(row: ContactStandard, since: dt.date, level_label: str, collateral_counts: bool = False) -> Standard:
    """Return a row as the due rules see it; `since` is the first day of the oldest version with its key.

    An empty list of parties accepts everybody already. With `collateral_counts` a home standard accepts collaterals.
    """
    parties = frozenset(row.parties)
    if parties and collateral_counts and row.place == "home":
        parties |= {"collateral"}
    return Standard(
        key=row.key,
        label=row.label,
        cadence=cast(Cadence, row.cadence),
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        in_force_since=since,
        level_key=row.level_key,
        level_label=level_label,
        case_types=frozenset(row.case_types),
        locations=frozenset(row.locations),
        methods=frozenset(row.methods),
        parties=parties,
        outcomes=frozenset(row.outcomes),
        positive_only=row.positive_only,
        count=row.count,
        period=_period(row.period_number, row.period_unit),
        positive_count=row.positive_count,
        unscheduled_count=row.unscheduled_count,
        weekend_is_unscheduled=row.weekend_is_unscheduled,
        each_month=row.each_month,
        initial=_period(row.initial_number, row.initial_unit),
        initial_aim=row.initial_aim,
        initial_positive=row.initial_positive,
        event=cast(EventKind | None, row.event),
        event_within=_period(row.event_number, row.event_unit),
        soon_days=row.soon_days,
        citation=row.citation,
    )


def _period(number: int | None, unit: str | None) -> Period | None:
    return Period(number, cast(Unit, unit)) if number and unit else None
