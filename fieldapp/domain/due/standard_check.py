"""What makes a contact standard unusable, as sentences that name the field and the remedy."""

from collections.abc import Iterator

from fieldapp.domain.due.periods import Period
from fieldapp.domain.due.standard import Standard
from fieldapp.domain.errors import Invalid

LONGEST = 3660
"""Numbers above this are typing errors (ten years in days) and would run past the end of the calendar."""

METHODS = frozenset({"in_person", "phone", "virtual", "written"})
LOCATIONS = frozenset({"residence", "employment", "field", "office", "court", "jail", "treatment", "law_enforcement"})
PARTIES = frozenset({"direct", "collateral", "both"})
VOCABULARY = (("methods", METHODS), ("locations", LOCATIONS), ("parties", PARTIES))


def check_standard(standard: Standard) -> None:
    """Raise `Invalid` with a sentence for every field of a standard that cannot be used."""
    checks = (_words, _clocks, _counts, _first_contact, _event)
    errors = {name: sentence for check in checks for name, sentence in check(standard)}
    if errors:
        raise Invalid(errors)


def _words(standard: Standard) -> Iterator[tuple[str, str]]:
    for name in ("key", "label"):
        if not getattr(standard, name).strip():
            yield name, f"{name}: write at least one letter."
    for name, known in VOCABULARY:
        unknown = getattr(standard, name) - known
        if unknown:
            yield name, f"{name}: {', '.join(sorted(unknown))} is not known; choose from {', '.join(sorted(known))}."
    if standard.effective_to is not None and standard.effective_to < standard.effective_from:
        yield "effective_to", "effective_to: choose a day on or after effective_from."
    if standard.first_day > standard.effective_from:
        yield "in_force_since", "in_force_since: choose a day on or before effective_from."
    if standard.soon_days < 0:
        yield "soon_days", "soon_days: write 0 or more."


def _length(name: str, period: Period | None) -> Iterator[tuple[str, str]]:
    if period is not None and not 1 <= period.number <= LONGEST:
        yield name, f"{name}: write a number from 1 to {LONGEST}."


def _clocks(standard: Standard) -> Iterator[tuple[str, str]]:
    yield from _length("period", standard.period)
    if standard.cadence == "once":
        if standard.period is not None:
            yield "period", "period: leave it empty, because cadence once does not repeat."
        if standard.initial is None and standard.event is None:
            yield "cadence", "cadence: once needs an initial deadline or an event, otherwise nothing is ever due."
    elif standard.period is None:
        yield "period", f"period: say how long; cadence {standard.cadence} repeats."
    elif standard.period.unit == "business_day":
        yield "period", "period: business days are for initial deadlines and events; choose another unit."


def _counts(standard: Standard) -> Iterator[tuple[str, str]]:
    if not 1 <= standard.count <= LONGEST:
        yield "count", f"count: write a number from 1 to {LONGEST}."
    for name in ("positive_count", "unscheduled_count"):
        if not 0 <= getattr(standard, name) <= standard.count:
            yield name, f"{name}: write a number from 0 to count."
    extras = standard.count > 1 or standard.positive_count or standard.unscheduled_count or standard.each_month
    if standard.cadence == "once" and extras:
        yield "count", "count: once asks for one contact; clear the counts and each_month, or choose another cadence."


def _first_contact(standard: Standard) -> Iterator[tuple[str, str]]:
    yield from _length("initial", standard.initial)
    if standard.initial is None:
        if standard.initial_aim is not None or standard.initial_positive:
            yield "initial", "initial: give the deadline of the first contact, or clear its aim and positive."
    elif standard.initial_aim is not None and not 1 <= standard.initial_aim < standard.initial.number:
        yield "initial_aim", "initial_aim: write a number from 1 to below the initial deadline."


def _event(standard: Standard) -> Iterator[tuple[str, str]]:
    yield from _length("event_within", standard.event_within)
    if (standard.event is None) != (standard.event_within is None):
        yield "event_within", "event_within: an event and its deadline belong together; give both or neither."
