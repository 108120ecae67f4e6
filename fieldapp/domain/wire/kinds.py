"""Every kind of submission that the office can apply; the next kind is a file and a line here."""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.errors import Invalid
from fieldapp.domain.visits.record import record_visit
from fieldapp.domain.wire.check_in import apply_check_in
from fieldapp.domain.wire.note import apply_note
from fieldapp.domain.wire.order import apply_order
from fieldapp.domain.wire.received import Received
from fieldapp.domain.wire.skip import apply_skip
from fieldapp.domain.wire.skip import apply_unskip

Apply = Callable[[Session, Received, Any], None]

KINDS: Mapping[str, Apply] = {
    "visit": record_visit,
    "check_in": apply_check_in,
    "note": apply_note,
    "skip": apply_skip,
    "unskip": apply_unskip,
    "order": apply_order,
}
# those of one officer are applied one after the other: each looks at what the others left
CHANGES_THE_DAY = ("skip", "unskip", "order")


def apply_kind(session: Session, kind: str, received: Received, body: Any) -> None:
    """Apply a submission by its kind. Raises Invalid for an unknown kind, and what the kind raises."""
    apply = KINDS.get(kind)
    if apply is None:
        raise Invalid(
            {"kind": f"The office does not know submissions of the kind “{kind}”. Update the office's program."}
        )
    apply(session, received, body)
