"""Files and functions stay small enough to be read at once."""

import ast
from pathlib import Path

import pytest

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
PYTHON = [path for folder in FOLDERS for path in files(folder, "*.py")]
OTHERS = [*files(STATIC, "*.js"), *files(WORKER, "*.js"), *files(TEMPLATES, "*.html")]


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", [*PYTHON, *OTHERS], ids=name)
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())

    assert length <= LONGEST_FILE, f"{name(path)} has {length} lines: move one of its subjects to a file of its own."


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_a_function_has_at_most_40_lines(path: Path) -> None:
    long = [f"{node.name} ({lines(node)})" for node in functions(tree(path)) if lines(node) > LONGEST_FUNCTION]

    assert not long, f"{name(path)}: {', '.join(long)}. Give a step of it a name and a function."
