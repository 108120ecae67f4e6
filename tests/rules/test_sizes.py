"""Files and functions stay small enough to be read at once."""

import ast

from tests.rules.sources import ROOT
from tests.rules.sources import STATIC
from tests.rules.sources import TEMPLATES
from tests.rules.sources import WORKER
from tests.rules.sources import files
from tests.rules.sources import functions
from tests.rules.sources import name
from tests.rules.sources import tree

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
FOLDERS = [ROOT / "fieldapp", ROOT / "tests", ROOT / "tools"]
# a migration is written by Alembic once and frozen from then on: it is as long as what it changes
FROZEN = ROOT / "fieldapp" / "migrations"
PYTHON = [path for folder in FOLDERS for path in files(folder, "*.py") if FROZEN not in path.parents]
OTHERS = [*files(STATIC, "*.js"), *files(WORKER, "*.js"), *files(TEMPLATES, "*.html")]


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_a_file_has_at_most_300_lines() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in [*PYTHON, *OTHERS]}
    long = [f"{path} ({length})" for path, length in lengths.items() if length > LONGEST_FILE]

    assert not long, f"{long}: move a subject to a file of its own."


def test_a_function_has_at_most_40_lines() -> None:
    found = [(path, node) for path in PYTHON for node in functions(tree(path))]
    long = [f"{name(path)} {node.name} ({lines(node)})" for path, node in found if lines(node) > LONGEST_FUNCTION]

    assert not long, f"{long}: give a step of it a name and a function."
