"""What a line changes in where a known person lives and works, in conditions and in cautions."""

from collections.abc import Iterator

from fieldapp.domain.imports.changes import Change
from fieldapp.domain.imports.changes import changed
from fieldapp.domain.imports.changes import holds
from fieldapp.domain.imports.facts import SOURCE
from fieldapp.domain.imports.facts import Facts
from fieldapp.domain.imports.facts import caution_values
from fieldapp.domain.imports.facts import condition_values
from fieldapp.domain.imports.facts import home_values
from fieldapp.domain.imports.facts import job_values
from fieldapp.domain.imports.facts import work_values
from fieldapp.domain.imports.row import CaseRow
from fieldapp.domain.imports.row import CautionCell
from fieldapp.domain.imports.row import ConditionCell
from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.case import CautionFlag
from fieldapp.models.case import Condition
from fieldapp.models.supervisee import Supervisee


def place_changes(person: Supervisee, row: CaseRow, facts: Facts) -> Iterator[Change]:
    """Yield what changes in home, job, conditions and cautions; columns that the file lacks change nothing."""
    yield from _home(person, row, facts)
    if "employer" in facts.columns:
        yield from _job(person, row, facts)
    if "conditions" in facts.columns:
        yield from _conditions(person, row, facts)
    if "cautions" in facts.columns:
        yield from _cautions(person, row, facts)


def _home(person: Supervisee, row: CaseRow, facts: Facts) -> Iterator[Change]:
    homes = [one for one in person.addresses if one.place == "home" and holds(one, facts.on)]
    if homes and _same_home(homes[-1], row):
        told = {"city": row.home_city, "state": row.home_state, "zip": row.home_zip, "notes": row.home_notes}
        yield from changed("home", homes[-1], told)
        yield from _position(homes[-1], row.home_lat, row.home_lon)
        return
    for old in homes:
        yield Change("home", old, {"to_on": facts.last_day})
    yield Change("home", Address(**home_values(row, person.id, facts.on)))


def _same_home(home: Address, row: CaseRow) -> bool:
    town = not home.city or not row.home_city or _same(home.city, row.home_city)
    return town and _same(home.line, row.home_address)


def _position(address: Address, lat: float | None, lon: float | None) -> Iterator[Change]:
    # what somebody pinned by hand is better than what the case system says
    if lat is None or address.position_quality == "pinned" or (address.lat, address.lon) == (lat, lon):
        return
    yield Change("position", address, {"lat": lat, "lon": lon, "position_quality": "given"})


def _job(person: Supervisee, row: CaseRow, facts: Facts) -> Iterator[Change]:
    jobs = [one for one in person.employments if holds(one, facts.on)]
    kept = [one for one in jobs if _same(one.employer, row.employer) and _same(one.address.line, row.employer_address)]
    for old in jobs:
        if old not in kept[-1:]:
            yield from _ended(old, facts)
    if kept:
        yield from _shift(kept[-1], row)
    elif row.employer:
        address = Address(**work_values(row, person.id, facts.on))
        yield Change("job", address)
        yield Change("job", Employment(**job_values(row, person.id, address.id, facts.on)))


def _ended(job: Employment, facts: Facts) -> Iterator[Change]:
    yield Change("job", job, {"to_on": facts.last_day})
    yield Change("job", job.address, {"to_on": facts.last_day})


def _shift(job: Employment, row: CaseRow) -> Iterator[Change]:
    # another shift is no new job: a standard for new jobs must not start
    told = {"days": row.work_days, "start": row.work_start, "end": row.work_end, "employer_aware": row.employer_aware}
    yield from changed("job", job, told)
    yield from _position(job.address, row.employer_lat, row.employer_lon)


def _conditions(person: Supervisee, row: CaseRow, facts: Facts) -> Iterator[Change]:
    held = {_condition_cell(one): one for one in person.conditions if holds(one, facts.on)}
    for cell, old in held.items():
        if cell not in row.conditions:
            yield Change("conditions", old, {"to_on": facts.last_day})
    number = max((one.number for one in person.conditions), default=0)
    for cell in row.conditions:
        if cell not in held:
            number += 1
            yield Change("conditions", Condition(**condition_values(cell, person.id, number, facts.on)))


def _cautions(person: Supervisee, row: CaseRow, facts: Facts) -> Iterator[Change]:
    held = {CautionCell(one.subject, one.text): one for one in person.cautions if one.ended_on is None}
    for cell, old in held.items():
        # only what an import brought may an import end: what officers noted stays
        if cell not in row.cautions and old.source == SOURCE:
            yield Change("cautions", old, {"ended_on": facts.on})
    for cell in row.cautions:
        if cell not in held:
            yield Change("cautions", CautionFlag(**caution_values(cell, person.id, facts.on)))


def _condition_cell(one: Condition) -> ConditionCell:
    return ConditionCell(one.kind, one.detail, one.curfew_start, one.curfew_end)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
