"""What of a single visit needs a supervisor's eye, decided from its facts alone."""

import datetime as dt
import math
from collections.abc import Iterator
from collections.abc import Sequence

from fieldapp.domain.checklist.flags import OUTCOME
from fieldapp.domain.checklist.flags import Flag
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.field_exceptions import Concern
from fieldapp.domain.wire.received import CLOCK_TOLERANCE
from fieldapp.domain.wire.received import Received
from fieldapp.domain.wire.visit import MOST_PHOTO_BYTES
from fieldapp.domain.wire.visit import MOST_PHOTOS
from fieldapp.domain.wire.visit import PhotoClaim
from fieldapp.models.visit import Visit

REFUSALS = ("refused_entry", "refused_contact", "employer_refused")
FOLLOW_UPS = {
    "address_unverified": ("address-unverified", "The address could not be confirmed. Verify where the person lives."),
    "employment_unverified": (
        "employment-unverified",
        "The job could not be confirmed. Verify the employer.",
    ),
    "status_unverified": (
        "status-unverified",
        "The person is said to be in custody. Confirm it and change the status: standards pause only then.",
    ),
    "propose_caution": ("unsafe-aborted", "The officer left because it was unsafe. Consider a caution for this place."),
}
MOST_WORDS = 1000
# a phone seeks its position for seconds; what it finds minutes later need not be where the visit began
SOON = dt.timedelta(minutes=5)
MIB = 1024**2


def is_late(left_at: dt.datetime, received: Received) -> bool:
    """Say whether the visit came in later after its end than the agency allows; the phone's skew is taken out."""
    return received.received_at - (left_at - received.skew) > dt.timedelta(
        hours=received.office.agency.late_entry_hours
    )


def visit_concerns(
    visit: Visit,
    template: Template,
    flags: Sequence[Flag],
    lacks: Sequence[str],
    received: Received,
    position_at: dt.datetime | None,
) -> list[Concern]:
    """Return what a supervisor must decide about this visit.

    `lacks` are the checklist's unmet demands in words, `position_at` is when the phone found its position, if it says.
    """
    where = _about_position(visit, received, position_at)
    found = [*_about_time(visit, received), *where, *_about_outcome(visit, template)]
    if lacks:
        found.append(Concern("incomplete", str(visit.id), f"Certified without: {'; '.join(lacks)}."[:MOST_WORDS]))
    alerts = {flag.item: flag for flag in flags if flag.alert and flag.item != OUTCOME}
    return found + [Concern("alert", f"{visit.id}:{item}", f"{flag.label}.") for item, flag in alerts.items()]


def photo_concerns(visit: Visit, claims: Sequence[PhotoClaim]) -> list[Concern]:
    """Return what is to be decided about the photos that a visit names: more than expected, or larger than is taken."""
    found = [
        Concern("photo-too-large", str(claim.id), _too_large(claim))
        for claim in claims
        if claim.bytes > MOST_PHOTO_BYTES
    ]
    if len(claims) > MOST_PHOTOS:
        words = f"The visit names {len(claims)} photos; {MOST_PHOTOS} are expected at most. Ask why there are so many."
        found.append(Concern("many-photos", str(visit.id), words))
    return found


def _too_large(claim: PhotoClaim) -> str:
    size, most = math.ceil(claim.bytes / MIB), MOST_PHOTO_BYTES // MIB
    return f"A photo has {size} MiB, {most} are taken. It cannot arrive: ask the officer for the file."


def _about_time(visit: Visit, received: Received) -> Iterator[Concern]:
    if visit.late_entry:
        hours = received.office.agency.late_entry_hours
        yield Concern("late-entry", str(visit.id), f"Received more than {hours} hours after the visit ended.")
    wrong = list(_wrong_clock(visit, received))
    if wrong:
        yield Concern("clock-wrong", str(visit.id), " ".join(wrong))


def _wrong_clock(visit: Visit, received: Received) -> Iterator[str]:
    if received.clock_wrong:
        ahead = "ahead of" if received.skew > dt.timedelta() else "behind"
        yield f"The phone's clock was {abs(received.skew).total_seconds() / 60:.0f} minutes {ahead} the office's."
    if visit.left_at < visit.arrived_at:
        yield "By the phone's clock, the visit ended before it began."
    if visit.arrived_at - received.skew > received.received_at + CLOCK_TOLERANCE:
        yield "By the phone's clock, the visit lies in the future."


def _about_position(visit: Visit, received: Received, taken_at: dt.datetime | None) -> Iterator[Concern]:
    if visit.outcome_class == "not_attempted":
        return
    if visit.lat is None:
        why = "The phone gave no position" if visit.position_state == "unavailable" else "The position was refused"
        yield Concern("position-missing", str(visit.id), f"{why}, so the place is not confirmed.")
    elif visit.position_state == "poor":
        accuracy = f"{visit.position_accuracy_m or 0:.0f} m"
        yield Concern(
            "position-poor", str(visit.id), f"The position is known to {accuracy} only. Decide if it will do."
        )
    if visit.lat is not None and taken_at and taken_at - visit.arrived_at > SOON:
        minutes = (taken_at - visit.arrived_at).total_seconds() / 60
        yield Concern(
            "position-late",
            str(visit.id),
            f"The position was taken {minutes:.0f} minutes after the arrival. Decide if it shows where the visit was.",
        )
    tolerance = received.office.agency.position_tolerance_m
    if visit.distance_m is not None and visit.distance_m - (visit.position_accuracy_m or 0) > tolerance:
        accuracy = f"(accuracy {visit.position_accuracy_m:.0f} m, tolerance {tolerance} m)"
        yield Concern("position-far", str(visit.id), f"Taken {visit.distance_m:.0f} m from the address {accuracy}.")


def _about_outcome(visit: Visit, template: Template) -> Iterator[Concern]:
    outcome = template.outcome(visit.outcome)
    if visit.outcome in REFUSALS or "alert" in outcome.marks:
        yield Concern("refused", str(visit.id), f"{outcome.label}. Read the officer's note and decide what follows.")
    if outcome.follow_up in FOLLOW_UPS:
        code, words = FOLLOW_UPS[outcome.follow_up]
        yield Concern(code, str(visit.id), f"{outcome.label}. {words}")
