"""Writes a visit's answers, repeating rows and flags, each in one statement."""

import uuid
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fieldapp.domain.checklist.answers import Answer as Given
from fieldapp.domain.checklist.answers import Rows
from fieldapp.domain.checklist.flags import OUTCOME
from fieldapp.domain.checklist.flags import Flag
from fieldapp.models.base import Base
from fieldapp.models.visit import Answer
from fieldapp.models.visit import VisitFlag
from fieldapp.models.visit import VisitRow


def add_answers(session: Session, visit_id: uuid.UUID, answers: Mapping[str, Given]) -> None:
    """Write the answers in the order in which they came."""
    _insert(
        session,
        Answer,
        [
            {
                "visit_id": visit_id,
                "position": position,
                "item": item,
                "value": list(given.value) if isinstance(given.value, tuple) else given.value,
                "answered_by": given.answered_by,
                "at": given.at,
                "note": given.note,
                "discovery": given.discovery,
                "no_photo_reason": given.no_photo_reason,
            }
            for position, (item, given) in enumerate(answers.items())
        ],
    )


def add_rows(session: Session, visit_id: uuid.UUID, rows: Rows) -> None:
    """Write the rows of all repeating groups; `data` keeps what is filled in, without the id."""
    flat = [(item, row) for item, group in rows.items() for row in group]
    _insert(
        session,
        VisitRow,
        [
            {
                "id": uuid.UUID(row["id"]),
                "visit_id": visit_id,
                "item": item,
                "position": position,
                "data": {
                    key: list(value) if isinstance(value, tuple) else value for key, value in row.items() if key != "id"
                },
            }
            for position, (item, row) in enumerate(flat)
        ],
    )


def add_flags(
    session: Session, visit_id: uuid.UUID, flags: Sequence[Flag], answers: Mapping[str, Given], outcome_note: str
) -> None:
    """Write the flags; a potential violation of several conditions is one for each, as each is decided by itself."""
    split = [(flag, condition) for flag in flags for condition in flag.condition_ids or (None,)]
    _insert(
        session,
        VisitFlag,
        [
            {
                "visit_id": visit_id,
                "position": position,
                "kind": flag.kind,
                "item": flag.item,
                "label": flag.label,
                "note": outcome_note if flag.item == OUTCOME else _note(answers.get(flag.item)),
                "condition_id": condition,
                "alert": flag.alert,
            }
            for position, (flag, condition) in enumerate(split)
        ],
    )


def _note(given: Given | None) -> str:
    return given.note if given else ""


def _insert(session: Session, model: type[Base], values: list[dict[str, Any]]) -> None:
    if values:
        session.execute(insert(model), values)
