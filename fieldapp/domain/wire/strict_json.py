"""JSON from strangers: what parsers quietly let through is refused, so that signed text has one meaning (RFC 8259)."""

import json
from typing import Any

from fieldapp.domain.errors import Invalid


def parse_json(content: bytes, name: str) -> Any:
    """Return what the UTF-8 bytes say. Raises Invalid on `name` for bad UTF-8, NaN, names given twice, depth."""
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Invalid({name: f"{name} is not JSON that can be read. Update the app on the phone."}) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")
