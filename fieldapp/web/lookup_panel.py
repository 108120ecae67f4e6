"""What the panel about missing positions says: what may be looked up, how far a run is, what waits for a pin."""

from dataclasses import dataclass

from flask import current_app

from fieldapp.domain.positions.missing import count_unplaced
from fieldapp.domain.positions.missing import count_worth_asking
from fieldapp.domain.positions.review import count_to_review
from fieldapp.domain.positions.runs import Progress
from fieldapp.domain.positions.runs import latest_progress
from fieldapp.settings import Settings
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.clock import today
from fieldapp.web.database import session


@dataclass(frozen=True)
class LookupPanel:
    """`service` is "" where geocoding is off. `waiting` addresses a new run would ask for; `review` wait for a person.

    `idle` says that a run is open and nobody works on it.
    """

    service: str
    unplaced: int
    waiting: int
    review: int
    progress: Progress | None
    idle: bool


def lookup_panel() -> LookupPanel:
    """Return the panel as things stand."""
    settings: Settings = current_app.config["FIELDAPP"]
    service, progress = settings.geocoding, latest_progress(session())
    return LookupPanel(
        service=service,
        unplaced=count_unplaced(session(), today()),
        waiting=count_worth_asking(session(), today(), service, now()) if service else 0,
        review=count_to_review(session(), actor(), now=now()),
        progress=progress,
        idle=progress is not None and _is_idle(progress),
    )


def _is_idle(progress: Progress) -> bool:
    run = progress.run
    held = run.held_until is not None and run.held_until > now()
    paused = run.next_at is not None and run.next_at > now()
    return progress.open and not held and not paused
