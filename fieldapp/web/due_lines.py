"""The due list as the plan page shows it: one line a visit or other contact, in words."""

import datetime as dt
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.caseload.cases import address_at
from fieldapp.domain.caseload.cases import addresses_on
from fieldapp.domain.caseload.due_list import DueRow
from fieldapp.domain.caseload.due_list import in_buckets
from fieldapp.domain.caseload.due_list import visits_due
from fieldapp.domain.due.reason import rule_and_last
from fieldapp.domain.people.file import level_on
from fieldapp.domain.plans.hours import window_words
from fieldapp.domain.plans.hours import windows_on
from fieldapp.models.agency import Agency
from fieldapp.models.supervisee import Supervisee
from fieldapp.web.filters import clock
from fieldapp.web.filters import count
from fieldapp.web.filters import due_words
from fieldapp.web.filters import short_date

TITLES = {"overdue": "Overdue", "this_week": "This week", "this_month": "This month", "next_month": "Next month"}
UNASKED = "Visit, not on the due list"


@dataclass(frozen=True)
class DueLine:
    """One line. `value` is the box's, "" where no visit would do; `state` as in domain/due/state.py."""

    value: str
    name: str
    level: str
    state: str
    words: str
    small: str
    picked: bool


@dataclass(frozen=True)
class DueGroup:
    """The lines of one bucket; `others` are what no visit would satisfy, or has no address to go to."""

    key: str
    title: str
    lines: Sequence[DueLine]
    others: Sequence[DueLine] = ()

    @property
    def picked(self) -> int:
        """How many are picked."""
        return sum(line.picked for line in self.lines)


def due_groups(
    rows: Sequence[DueRow], asked: Sequence[Supervisee], agency: Agency, on: dt.date, picked: Collection[str]
) -> list[DueGroup]:
    """Return the groups that hold somebody; of several things one visit would satisfy only the first is a line.

    `asked` are people who were picked elsewhere: they get a group of their own where nothing is due of them.
    """
    first = {id(row) for row in visits_due(rows)}
    lines = [row for row in rows if id(row) in first or not row.place]
    groups = in_buckets(lines).items()
    made = [_group(bucket, [due_line(row, agency, on, picked) for row in some]) for bucket, some in groups]
    chosen = {line.value for group in made for line in group.lines}
    return [*_unasked(asked, agency, on, [value for value in picked if value not in chosen]), *filter(_filled, made)]


def due_line(row: DueRow, agency: Agency, on: dt.date, picked: Collection[str]) -> DueLine:
    """Return the line of one requirement on that day."""
    value = f"{row.person.id}:{row.place}" if row.place and address_at(row.person, row.place, on) else ""
    # the one of several addresses that was chosen on the person's page
    value = next((one for one in picked if value and one.startswith(f"{value}:")), value)
    required = row.required
    if row.place:
        hours = hours_words(row.person, row.place, agency, on) + _address_words(row.person, value, on)
        more = hours if value else f"No {row.place} address on file"
    else:
        more = "Not by a visit"
    rule = rule_and_last(required, lambda day: short_date(day, on, agency))
    return DueLine(
        value=value,
        name=row.person.name,
        level=level_word(row.person, on),
        state=required.state,
        words=required_words(row, agency, on),
        small=f"{rule}. {more}.",
        picked=value in picked,
    )


def required_words(row: DueRow, agency: Agency, on: dt.date) -> str:
    """Return such as "Home contact, 2 days overdue" or "Job check due tomorrow"."""
    label, due = row.required.standard.label, row.required.due
    if due is None:
        return f"{label}, met"
    late = row.required.days_overdue(on)
    return f"{label}, {count(late, 'day')} overdue" if late else f"{label} {due_words(due, on, agency)}"


def hours_words(person: Supervisee, place: str, agency: Agency, on: dt.date) -> str:
    """Return when the person can be met there that day, in words."""
    windows = windows_on(person, place, agency, on)
    return window_words(windows, place, lambda seconds: clock(seconds // 60 % 1440, agency))


def _address_words(person: Supervisee, value: str, on: dt.date) -> str:
    """Return the address that a pick names besides its place, "" where it names none."""
    named = value.split(":")[2:]
    return next((f", {each.text}" for each in addresses_on(person, on) if [str(each.id)] == named), "")


def level_word(person: Supervisee, on: dt.date) -> str:
    """Return the person's level on that day, "" without one."""
    held = level_on(person, on)
    return held.level.label if held else ""


def _unasked(asked: Sequence[Supervisee], agency: Agency, on: dt.date, values: Iterable[str]) -> list[DueGroup]:
    people = {str(person.id): person for person in asked}
    lines = []
    for value in values:
        id, place = [*value.split(":"), ""][:2]
        who = people.get(id)
        if who and place in ("home", "work") and address_at(who, place, on):
            words = f"{hours_words(who, place, agency, on)}{_address_words(who, value, on)}."
            lines.append(DueLine(value, who.name, level_word(who, on), "", UNASKED, words, True))
    return [DueGroup("asked", "Added", lines)] if lines else []


def _group(bucket: str, lines: Sequence[DueLine]) -> DueGroup:
    open_ones = [line for line in lines if line.value]
    return DueGroup(bucket, TITLES[bucket], open_ones, [line for line in lines if not line.value])


def _filled(group: DueGroup) -> bool:
    return bool(group.lines or group.others)
