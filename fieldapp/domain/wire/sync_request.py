"""What a phone posts to /sync, read strictly where it matters and leniently where it only reports."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.errors import Invalid
from fieldapp.domain.wire.fields import Fields
from fieldapp.domain.wire.fields import fields_of

MOST_SUBMISSIONS = 100
LONGEST_APP = 40
MOST_COUNT = 1_000_000
MOST_BYTES = 1 << 60


@dataclass(frozen=True)
class Lost:
    """The phone's browser has cleared its stores. `count`: what waited when it was last in order, None: unknown."""

    at: dt.datetime
    count: int | None


@dataclass(frozen=True)
class Waiting:
    """What the phone says it still holds: how many, since when, how many bytes, and how much room it has.

    `app` is the version that says so, "" where it says nothing of it.
    """

    count: int = 0
    oldest: dt.datetime | None = None
    bytes: int = 0
    free: int | None = None
    app: str = ""
    lost: Lost | None = None


@dataclass(frozen=True)
class SyncRequest:
    """One sync. `device_now` is the phone's clock; `kid` names the phone where nothing it sends does.

    `waiting` is None where it is not the phone itself that speaks.
    """

    device_now: dt.datetime
    waiting: Waiting | None
    submissions: list[str]
    kid: str | None


def read_sync(raw: Any) -> SyncRequest:
    """Return the request. Raises Invalid for what is no sync; a report that cannot be read never stops the evidence."""
    fields = fields_of(raw)
    given = fields.value.get("submissions")
    if not isinstance(given, list) or len(given) > MOST_SUBMISSIONS or not all(isinstance(text, str) for text in given):
        raise Invalid(
            {"submissions": f"submissions must be a list of at most {MOST_SUBMISSIONS} texts. Send fewer at once."}
        )
    kid = fields.value.get("kid")
    return SyncRequest(
        device_now=fields.moment("device_now"),
        waiting=_waiting(fields.value.get("waiting")),
        submissions=given,
        kid=kid if isinstance(kid, str) else None,
    )


def _waiting(raw: Any) -> Waiting:
    try:
        fields = fields_of(raw, "waiting")
        return Waiting(
            count=fields.whole("count", 0, MOST_COUNT),
            oldest=fields.maybe_moment("oldest"),
            bytes=fields.whole("bytes", 0, MOST_BYTES),
            free=_maybe_whole(fields, "free"),
            app=fields.text("app", LONGEST_APP, absent=""),
            lost=_lost(fields.object("lost")) if fields.value.get("lost") else None,
        )
    except Invalid:
        return Waiting()


def _lost(fields: Fields) -> Lost:
    return Lost(
        fields.moment("at"), None if fields.value.get("count") is None else fields.whole("count", 0, MOST_COUNT)
    )


def _maybe_whole(fields: Fields, name: str) -> int | None:
    return None if fields.value.get(name) is None else int(fields.number(name, 0, MOST_BYTES))
