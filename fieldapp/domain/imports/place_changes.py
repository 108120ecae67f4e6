"""What a line changes in where a known person lives and works, in conditions and in cautions."""

from collections.abc import Iterator

from fieldapp.domain.imports.changes import Change
from fieldapp.domain.imports.changes import changed
from fieldapp.domain.imports.changes import holds
from fieldapp.domain.imports.facts import SOURCE
from fieldapp.domain.imports.facts import Facts
from fieldapp.domain.imports.facts import Values
from fieldapp.domain.imports.facts import caution_values
from fieldapp.domain.imports.facts import condition_values
from fieldapp.domain.imports.facts import home_values
from fieldapp.domain.imports.facts import job_values
from fieldapp.domain.imports.facts import work_values
from fieldapp.domain.imports.known import Known
from fieldapp.domain.imports.known import KnownRow
from fieldapp.domain.imports.row import CaseRow
from fieldapp.domain.imports.row import CautionCell
from fieldapp.domain.imports.row import ConditionCell
from fieldapp.models.address import Address
from fieldapp.models.address import Employment
from fieldapp.models.case import CautionFlag
from fieldapp.models.case import Condition


def place_changes(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    """Yield what changes in home, job, conditions and cautions; columns that the file lacks change nothing."""
    yield from _home(known, row, facts)
    if "employer" in facts.columns:
        yield from _job(known, row, facts)
    if "conditions" in facts.columns:
        yield from _conditions(known, row, facts)
    if "cautions" in facts.columns:
        yield from _cautions(known, row, facts)


def _home(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    homes = [one for one in known.homes if holds(one, facts.on)]
    if homes and _same_home(homes[-1], row):
        home = homes[-1]
        told = {"city": row.home_city, "state": row.home_state, "zip": row.home_zip, "notes": row.home_notes}
        yield from changed("home", Address, home, told)
        if _moves(home.lat, home.lon, home.position_quality, (row.home_lat, row.home_lon)):
            yield Change("position", Address, home.id, _position(row.home_lat, row.home_lon))
        return
    for old in homes:
        yield Change("home", Address, old.id, {"to_on": facts.last_day})
    yield Change("home", Address, None, home_values(row, known.person.id, facts.on))


def _same_home(home: KnownRow, row: CaseRow) -> bool:
    town = not home.city or not row.home_city or _same(home.city, row.home_city)
    return town and _same(home.line, row.home_address)


def _moves(lat: float | None, lon: float | None, quality: str, told: tuple[float | None, float | None]) -> bool:
    # what somebody pinned by hand is better than what the case system says
    return told[0] is not None and quality != "pinned" and (lat, lon) != told


def _position(lat: float | None, lon: float | None) -> Values:
    return {"lat": lat, "lon": lon, "position_quality": "given"}


def _job(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    jobs = [one for one in known.jobs if holds(one, facts.on)]
    kept = [one for one in jobs if _same(one.employer, row.employer) and _same(one.place_line, row.employer_address)]
    for old in jobs:
        if old not in kept[-1:]:
            yield Change("job", Employment, old.id, {"to_on": facts.last_day})
            yield Change("job", Address, old.place_id, {"to_on": facts.last_day})
    if kept:
        yield from _shift(kept[-1], row)
    elif row.employer:
        address = work_values(row, known.person.id, facts.on)
        yield Change("job", Address, None, address)
        job = job_values(row, known.person.id, address["id"], facts.on)
        yield Change("job", Employment, None, job)


def _shift(job: KnownRow, row: CaseRow) -> Iterator[Change]:
    # another shift is no new job: a standard for new jobs must not start
    told = {"days": row.work_days, "start": row.work_start, "end": row.work_end, "employer_aware": row.employer_aware}
    yield from changed("job", Employment, job, told)
    if _moves(job.place_lat, job.place_lon, job.place_position_quality, (row.employer_lat, row.employer_lon)):
        yield Change("position", Address, job.place_id, _position(row.employer_lat, row.employer_lon))


def _conditions(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    held = {_condition_cell(one): one.id for one in known.conditions if holds(one, facts.on)}
    for cell, old in held.items():
        if cell not in row.conditions:
            yield Change("conditions", Condition, old, {"to_on": facts.last_day})
    number = max((one.number for one in known.conditions), default=0)
    for cell in row.conditions:
        if cell not in held:
            number += 1
            yield Change("conditions", Condition, None, condition_values(cell, known.person.id, number, facts.on))


def _cautions(known: Known, row: CaseRow, facts: Facts) -> Iterator[Change]:
    held = {CautionCell(one.subject, one.text): one for one in known.cautions if one.ended_on is None}
    for cell, old in held.items():
        # only what an import brought may an import end: what officers noted stays
        if cell not in row.cautions and old.source == SOURCE:
            yield Change("cautions", CautionFlag, old.id, {"ended_on": facts.on})
    for cell in row.cautions:
        if cell not in held:
            yield Change("cautions", CautionFlag, None, caution_values(cell, known.person.id, facts.on))


def _condition_cell(one: KnownRow) -> ConditionCell:
    return ConditionCell(one.kind, one.detail, one.curfew_start, one.curfew_end)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
