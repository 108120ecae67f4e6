"""Migrations are one row: each follows another, and no two the same."""

import re

from tests.rules.sources import ROOT
from tests.rules.sources import files

NAMED = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)', re.MULTILINE)


def test_every_migration_follows_another_and_no_two_the_same() -> None:
    named = {path.name: dict(NAMED.findall(path.read_text())) for path in files(ROOT / "fieldapp" / "migrations")}
    steps = {name: step for name, step in named.items() if step}
    numbers = sorted(step["revision"] for step in steps.values())
    before = sorted(step["down_revision"] for step in steps.values())

    assert before == ["", *numbers[:-1]], (
        f"{sorted(steps)}: give the later one the next number and name what it follows"
    )
    wrong = [name for name, step in steps.items() if not name.startswith(f"{step['revision']}_")]
    assert not wrong, f"{wrong}: a migration's file begins with its number"
