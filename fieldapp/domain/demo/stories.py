"""One visit of the demo as its officer's phone would sign it: when, where, what came of it, what was seen; pure."""

import datetime as dt
import math
import random
import uuid
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.checklist.template import Template
from fieldapp.domain.demo import words
from fieldapp.domain.demo.answers import answers_for
from fieldapp.domain.demo.answers import persons_present
from fieldapp.domain.demo.findings import Finding
from fieldapp.domain.demo.phones import Shot
from fieldapp.domain.wire.receipts import moment_text

METERS_A_DEGREE = 111_195
FAR_M = 430
ACCOMPANIED = ("Ofc. T. Bright", "Ofc. S. Haddad", "Det. R. Malone, Harbor County PD")


@dataclass(frozen=True)
class Door:
    """Whom is visited where: what the phone knows from the day's plan or the caseload. Position in WGS 84 degrees."""

    supervisee: uuid.UUID
    address: uuid.UUID
    place: str
    lat: float | None
    lon: float | None
    kinds: tuple[str, ...]
    employer_aware: str = "unknown"


@dataclass(frozen=True)
class Story:
    """A visit to tell: moments are UTC, `far` puts the phone some hundred meters away, `shots` are photos taken."""

    door: Door
    outcome: str
    arrived_at: dt.datetime
    left_at: dt.datetime
    findings: tuple[Finding, ...] = ()
    shots: tuple[Shot, ...] = ()
    stop: uuid.UUID | None = None
    far: bool = False

    @property
    def certified_at(self) -> dt.datetime:
        """A little after leaving, and never later for a very short visit."""
        return self.left_at + dt.timedelta(seconds=20)


def visit_body(story: Story, template: Template, chance: random.Random) -> dict[str, Any]:
    """Return the body of the submission."""
    door, outcome = story.door, template.outcome(story.outcome)
    done = outcome.outcome_class == "completed"
    position = position_at(door, chance, story.arrived_at, far=story.far)
    facts = _facts(door)
    first = story.arrived_at + dt.timedelta(seconds=20)
    answers = answers_for(template, story.outcome, door.kinds, story.findings, facts, first, chance) if done else []
    inside = story.outcome == "contact_inside" and door.place == "home"
    return {
        "supervisee": str(door.supervisee),
        "stop": str(story.stop) if story.stop else None,
        "place": door.place,
        "address": str(door.address),
        "arrived_at": moment_text(story.arrived_at),
        "left_at": moment_text(story.left_at),
        "certified_at": moment_text(story.certified_at),
        "scheduled": chance.random() < 0.15,
        "reason": "standard" if chance.random() < 0.9 else "follow_up",
        "accompanied_by": [chance.choice(ACCOMPANIED)] if chance.random() < 0.15 else [],
        "position": position,
        "outcome": story.outcome,
        "outcome_note": chance.choice(words.MISSED[story.outcome]) if "note" in outcome.marks else "",
        "checklist": {"key": template.key, "version": template.version},
        "answers": answers,
        "rows": {"people.persons": persons_present(chance, lambda: str(new_id(chance)))} if inside else {},
        "photos": [shot.claim(story.arrived_at + dt.timedelta(seconds=50), position) for shot in story.shots],
        "narrative": _narrative(story, chance) if done else "",
    }


def check_in_body(door: Door, stop: uuid.UUID | None, at: dt.datetime, chance: random.Random) -> dict[str, Any]:
    """Return the body of "I'm here"."""
    who = {"supervisee": str(door.supervisee), "address": str(door.address)}
    return {**who, "stop": str(stop) if stop else None, "position": position_at(door, chance, at)}


def position_at(door: Door, chance: random.Random, at: dt.datetime, *, far: bool = False) -> dict[str, Any]:
    """Return where the phone says it is: near the door as a rule, now and then poor or refused."""
    drawn = 1.0 if far else chance.random()
    if drawn < 0.015:
        state = "refused" if drawn < 0.008 else "unavailable"
        return {"state": state, "lat": None, "lon": None, "accuracy_m": None, "taken_at": moment_text(at)}
    poor = drawn < 0.05
    accuracy = chance.randint(120, 380) if poor else chance.randint(4, 24)
    away = FAR_M if far else abs(chance.gauss(0, accuracy / 2))
    turn = chance.uniform(0, 2 * math.pi)
    lat = door.lat if door.lat is not None else 39.2893
    lon = door.lon if door.lon is not None else -76.5921
    north, east = away * math.cos(turn) / METERS_A_DEGREE, away * math.sin(turn) / METERS_A_DEGREE
    return {
        "state": "poor" if poor else "fix",
        "lat": round(lat + north, 6),
        "lon": round(lon + east / math.cos(math.radians(lat)), 6),
        "accuracy_m": accuracy,
        "taken_at": moment_text(at),
    }


def new_id(chance: random.Random) -> uuid.UUID:
    """Return a UUID as a phone makes it, the same again for the same chance."""
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def shots_of(findings: Sequence[Finding], draw: Callable[[str, str], bytes], chance: random.Random) -> tuple[Shot, ...]:
    """Return a photo of everything found that has a motif."""
    shown = [finding for finding in findings if finding.motif]
    ids = [new_id(chance) for _ in shown]
    return tuple(
        Shot(id, finding.item, finding.note, draw(finding.motif, str(id)))
        for id, finding in zip(ids, shown, strict=True)
    )


def _facts(door: Door) -> Mapping[str, Any]:
    return {"disclosure.employer_aware": door.employer_aware}


def _narrative(story: Story, chance: random.Random) -> str:
    if story.findings:
        return f"{' '.join(finding.note for finding in story.findings)} {words.FOUND}"
    if story.door.place == "work":
        return chance.choice(words.AT_WORK)
    if chance.random() < 0.35:
        return ""
    return chance.choice(words.QUIET if story.outcome == "contact_inside" else words.AT_DOOR)
