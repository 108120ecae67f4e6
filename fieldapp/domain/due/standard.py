"""The contact standard as the due rules see it: which contacts count, how many and how often."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Literal

from fieldapp.domain.due.periods import Period

Cadence = Literal["rolling", "calendar", "once"]
EventKind = Literal["address_change", "release", "resumed", "new_job", "new_concern"]

DIRECT = frozenset({"direct"})
IN_PERSON = frozenset({"in_person"})


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of one contact standard of an agency.

    It has up to three clocks: `initial` (the first contact), `period` (every further one; with cadence `once` there is
    none) and `event` (a contact after something happened). The earliest one decides. An empty set of `case_types`,
    `locations`, `methods`, `parties` or `outcomes` accepts every value.
    """

    key: str
    """Same for all versions of a standard; exceptions name it."""
    label: str
    """What officers read, such as "Home contact"."""
    cadence: Cadence
    """rolling: from contact to contact; calendar: due when the week, month, quarter or year ends; once: never again."""
    effective_from: date
    effective_to: date | None = None
    """Last day on which this version applies."""
    in_force_since: date | None = None
    """First day of the oldest version with this key; None: `effective_from`. Nobody is late for a time before it."""

    level_key: str | None = None
    """Supervision level it is for; None: all levels, and a change of level does not touch it."""
    level_label: str = ""
    case_types: frozenset[str] = frozenset()

    locations: frozenset[str] = frozenset()
    methods: frozenset[str] = IN_PERSON
    parties: frozenset[str] = DIRECT
    """A contact with party `both` counts for direct and for collateral."""
    outcomes: frozenset[str] = frozenset()
    positive_only: bool = False
    """Only contacts at which the supervisee was seen count."""

    count: int = 1
    period: Period | None = None
    positive_count: int = 0
    """At least this many of `count` must be positive (New York: 2 of 3)."""
    unscheduled_count: int = 0
    """At least this many of `count` must be unscheduled."""
    weekend_is_unscheduled: bool = False
    """A contact on Saturday or Sunday counts as unscheduled too (Texas)."""
    each_month: bool = False
    """Besides, one contact in every calendar month."""

    initial: Period | None = None
    """Deadline of the first contact, from the start of supervision; never moved to the end of a month."""
    initial_aim: int | None = None
    """In the unit of `initial`: when it should happen (California: 1st, latest 3rd working day)."""
    initial_positive: bool = False
    """Only a positive contact is a first contact."""

    event: EventKind | None = None
    event_within: Period | None = None

    soon_days: int = 7
    """So many days before the due date it is `due_soon`."""
    citation: str = field(default="", compare=False)

    @property
    def first_day(self) -> date:
        """Return the first day on which this standard, in any version, asked for anything."""
        return self.in_force_since or self.effective_from

    def applies_on(self, day: date) -> bool:
        """Say whether this version is the one that applies on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def fits(self, level_key: str | None, case_type: str | None) -> bool:
        """Say whether the standard is for people of that level and case type."""
        return (self.level_key is None or self.level_key == level_key) and (
            not self.case_types or case_type in self.case_types
        )
