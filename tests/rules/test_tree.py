"""What is in the repository works on any machine and with any package index."""

import json
import re

from tests.rules.sources import ROOT
from tests.rules.sources import files
from tests.rules.sources import name

LARGEST = 2_000_000
NAMES_A_REGISTRY = re.compile(
    "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", r"--(extra-)?index" + "-url"])
)
NAMES_A_MACHINE = re.compile(
    "|".join(
        [r"(?<![\w./>-])/" + part for part in ("ro" + "ot/", "ho" + r"me/\w", "Us" + "ers/", "wo" + "rk/", r"opt/\w")]
    )
)
OURS = [path for path in files() if path.stat().st_size < LARGEST]


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    texts = [(path, path.read_bytes().decode("utf-8", "replace")) for path in OURS]
    found = [(path, rule.search(text)) for path, text in texts for rule in (NAMES_A_REGISTRY, NAMES_A_MACHINE)]
    named = [f"{name(path)}: {match.group()}" for path, match in found if match]

    assert not named, f"{named}: say it without the host or the path."


def test_the_lock_files_pin_every_package_with_a_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8"))
        packages = [entry for entry in entries if not entry.startswith("#")]
        loose = [entry.splitlines()[0] for entry in packages if "==" not in entry or "--hash=sha256:" not in entry]
        assert packages, f"{lock} is empty. Run `make lock`."
        assert not loose, f"{lock}: {loose} without version or hash. Run `make lock`."


def test_the_developers_lock_holds_exactly_the_versions_that_run() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^[\w.\[\]-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))

    differing = pins("requirements.lock") - pins("requirements-dev.lock")
    assert not differing, f"{differing} run in production but are not what is tested. Run `make lock`."


def test_the_compilers_lock_is_complete_and_names_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    loose = [key for key, value in packages.items() if key and ("integrity" not in value or "resolved" in value)]

    assert not loose, f"{loose}: make package-lock.json anew with the settings in .npmrc."
