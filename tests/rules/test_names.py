"""Names say what a thing is about."""

from tests.rules.sources import ROOT
from tests.rules.sources import STATIC
from tests.rules.sources import TEMPLATES
from tests.rules.sources import WORKER
from tests.rules.sources import files
from tests.rules.sources import functions
from tests.rules.sources import name
from tests.rules.sources import tree

SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff", "base_utils"}
WORDS_OF_A_SENTENCE = 3
# neither what the people we visit are called, nor what an officer may decide
WORDS_NOT_SAID = ("offen" + "der", "viol" + "ated", "fel" + "on ")
SHOWN = [
    *files(TEMPLATES),
    *files(STATIC, "*.js"),
    *files(WORKER, "*.js"),
    *files(ROOT / "fieldapp" / "checklists", "*.json"),
    *files(ROOT / "fieldapp", "*.py"),
]


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    bad = [name(path) for path in files() if SAY_NOTHING & {part.split(".")[0].lstrip("_") for part in path.parts}]

    assert not bad, f"{bad}: call a file by the one thing that lives in it."


def test_packages_export_nothing_of_their_own() -> None:
    written = [
        name(path) for path in files(ROOT / "fieldapp", "__init__.py") if path.read_text(encoding="utf-8").strip()
    ]

    assert not written, f"{written}: leave __init__.py empty and import from the file where a thing lives."


def test_no_text_uses_a_word_the_house_does_not_say() -> None:
    texts = {name(path): path.read_text(encoding="utf-8").lower() for path in SHOWN}
    said = [f"{path}: {word}" for path, text in texts.items() for word in WORDS_NOT_SAID if word in text]

    assert not said, f"{said}: say supervisee, and possible violation or what was seen."


def test_the_name_of_a_test_is_a_sentence() -> None:
    tests = [(path, node.name) for path in files(ROOT / "tests", "test_*.py") for node in functions(tree(path))]
    short = [
        f"{name(path)}: {test}"
        for path, test in tests
        if test.startswith("test_") and len(test.split("_")) <= WORDS_OF_A_SENTENCE
    ]

    assert not short, f"{short}: say in the name what holds, as in test_second_send_changes_nothing."
