"""What is wrong with a caseload file: where, which value, and what to do."""

from dataclasses import dataclass

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect. `line` counts from 1 as in an editor, `column` is the header's name, `remedy` says what to do."""

    line: int
    column: str
    value: str
    remedy: str


class CellRefused(Exception):
    """A cell cannot be used; the text is the remedy."""


def shown(value: str) -> str:
    """Return a value fit for a table of problems: control characters made visible, long text cut."""
    visible = "".join(char if char.isprintable() else "�" for char in value)
    return visible if len(visible) <= SHOWN else f"{visible[: SHOWN - 1]}…"
