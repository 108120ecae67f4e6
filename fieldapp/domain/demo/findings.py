"""What the demo's officers find on a visit now and then, as answers that raise flags or need a note."""

import random
from dataclasses import dataclass

from fieldapp.domain.demo.words import NO_PHOTO
from fieldapp.domain.demo.words import NOTES


@dataclass(frozen=True)
class Finding:
    """One answer that is not the usual one; `motif` is what a photo of it would show, "" where none is asked."""

    item: str
    value: str
    note: str
    discovery: str = ""
    motif: str = ""
    no_photo_reason: str = ""


PIPE = Finding("compliance.paraphernalia", "yes", "", "plain_view", "pipe")
CANS = Finding("compliance.alcohol", "yes", "", "plain_view", "cans")
STEPS = Finding("safety.structure", "yes", "", motif="steps")
SHARE = 0.09
INSIDE = (
    (CANS, 5),
    (PIPE, 4),
    (Finding("residence.changes", "yes", ""), 6),
    (Finding("residence.lives_here", "doubtful", ""), 3),
    (Finding("home.habitability", "concern", ""), 3),
    (Finding("compliance.intoxication", "alcohol", ""), 2),
    (Finding("asked.new_arrest", "yes", ""), 2),
    (Finding("discussion.health", "concern", ""), 3),
)
OUTSIDE = (
    (Finding("safety.animals_loose", "yes", ""), 4),
    (STEPS, 2),
    (Finding("asked.police_contact", "yes", ""), 5),
    (Finding("asked.curfew_kept", "no", ""), 3),
)


def found_on(outcome: str, place: str, chance: random.Random) -> tuple[Finding, ...]:
    """Return what was found on a visit: nothing on most."""
    if place != "home" or outcome not in ("contact_inside", "contact_at_door") or chance.random() > SHARE:
        return ()
    possible = INSIDE + OUTSIDE if outcome == "contact_inside" else OUTSIDE
    drawn = chance.choices([one for one, _ in possible], [weight for _, weight in possible])[0]
    return (noted(drawn, chance),)


def noted(finding: Finding, chance: random.Random, *, photo: bool = False) -> Finding:
    """Return the finding with its note and, where a photo is asked and none was taken, the reason."""
    asked = finding.discovery and not photo
    reason = chance.choice(NO_PHOTO) if asked else ""
    note = chance.choice(NOTES[finding.item])
    return Finding(finding.item, finding.value, note, finding.discovery, finding.motif, reason)
