"""What a checklist template is, as frozen dataclasses named like the JSON in `fieldapp/checklists/`."""

import datetime as dt
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from fieldapp.domain.errors import Invalid

ITEM_TYPES = ("four_way", "choice", "several", "text", "long_text", "number", "date", "rows")
MARKS = ("note", "photo", "discovery", "violation", "safety", "welfare", "alert")
OUTCOME_MARKS = ("note", "violation", "safety", "welfare", "alert")
FLAG_MARKS = ("violation", "safety", "welfare")
OUTCOME_CLASSES = ("completed", "attempted", "not_attempted")
OUTCOME_GROUPS = ("Seen", "Not seen", "Stopped")
PARTIES = ("direct", "collateral", "both")
PLACES = ("home", "work")
FOLLOW_UPS = ("address_unverified", "employment_unverified", "status_unverified", "propose_caution")
# The single value of a repeating group that has at least one row: marks and `show_if` can name it.
ANY_ROW = "any"


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen, with its words."""

    value: str
    label: str


FOUR_WAY = (
    Option("yes", "Yes"),
    Option("no", "No"),
    Option("not_observed", "Not observed"),
    Option("not_applicable", "N/A"),
)


@dataclass(frozen=True, slots=True)
class ShowIf:
    """Show only when `item` was answered with one of `values`. In a row's field, `item` is a field of the same row."""

    item: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question, or one field of a repeating group (then `id` is the field's key alone)."""

    id: str
    key: str
    label: str
    type: str
    required: bool
    hint: str = ""
    options: tuple[Option, ...] = ()
    clear: str | None = None
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    condition_kinds: tuple[str, ...] = ()
    show_if: ShowIf | None = None
    only_with_condition: tuple[str, ...] = ()
    outcomes: tuple[str, ...] | None = None
    optional_for: tuple[str, ...] = ()
    add: str = ""
    fields: tuple["Item", ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The values that this item can be answered with; empty where the answer is free."""
        if self.type == "rows":
            return (ANY_ROW,)
        return tuple(option.value for option in self.options)

    def required_for(self, outcome: str) -> bool:
        """True when a visit with this outcome cannot be certified without an answer."""
        return self.required and outcome not in self.optional_for

    def words(self, value: str) -> str:
        """The label of a value; the value itself where the answer is free."""
        return next((option.label for option in self.options if option.value == value), value)


@dataclass(frozen=True, slots=True)
class Section:
    """A screenful of items. `outcomes` None: asked for every completed outcome. `rest`: words of the one-tap button."""

    key: str
    title: str
    outcomes: tuple[str, ...] | None
    rest: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the visit. `counted` False: kept out of every figure, for and against the officer."""

    code: str
    label: str
    group: str
    outcome_class: str
    party: str
    hint: str = ""
    marks: tuple[str, ...] = ()
    condition_kinds: tuple[str, ...] = ()
    note_hint: str = ""
    follow_up: str | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one checklist. Once shipped it never changes: an answer keeps its template's version."""

    key: str
    version: int
    effective_from: dt.date
    title: str
    place: str
    outcomes: tuple[Outcome, ...]
    sections: tuple[Section, ...]
    certificate: str
    discreet_if: ShowIf | None = None

    def items(self) -> Iterator[Item]:
        """Every item of every section, in order; fields of repeating groups are reached through their item."""
        for section in self.sections:
            yield from section.items

    def item(self, item_id: str) -> Item | None:
        """The item with this full id (`section.item`), or None."""
        return next((item for item in self.items() if item.id == item_id), None)

    def outcome(self, code: str) -> Outcome:
        """The outcome with this code. Raises `Invalid` on `outcome` where this checklist has none such."""
        for outcome in self.outcomes:
            if outcome.code == code:
                return outcome
        raise Invalid(
            {"outcome": f"“{code}” is not an outcome of {self.title} {self.version}. Choose one that is listed."}
        )
