"""The Python environment in which Valhalla lives: newer than the program's own, made once, pinned by hash."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from fieldapp.domain.errors import Conflict

NEEDED = (3, 12)
PINNED = Path(__file__).with_name("road_requirements.txt")
MARK = "made-of.txt"
VERSION = "import sys, venv; print(*sys.version_info[:2])"
NO_PYTHON = (
    "Valhalla needs Python 3.12 or newer with its venv module, and none was found. Install it (Debian: python3-venv) "
    "and name it: fieldapp roads build --python /path/to/python3 FILE."
)
NO_INSTALL = (
    "Valhalla could not be installed: {last} Check that this machine reaches a package index and has 300 MB free, then "
    "try again."
)


def road_environment(folder: Path, python: str | None = None) -> Path:
    """Return the interpreter of the environment in `folder`, made unless it is there whole. Raises Conflict.

    `python` names the interpreter to make it with; without it one is looked for on PATH.
    """
    inside, mark = folder / "bin" / "python", folder / MARK
    wanted = PINNED.read_text(encoding="utf-8")
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted and inside.exists():
        return inside
    made_with = _usable(python) if python else next(filter(None, map(_usable, _candidates())), None)
    if made_with is None:
        raise Conflict(NO_PYTHON)
    shutil.rmtree(folder, ignore_errors=True)
    _run([made_with, "-m", "venv", str(folder)])
    # no source package: it would need a compiler and an hour
    pip = [str(inside), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    _run([*pip, "--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", str(PINNED)])
    mark.write_text(wanted, encoding="utf-8")
    return inside


def existing_environment(folder: Path) -> Path | None:
    """Return the interpreter of the environment, None where none was made."""
    return folder / "bin" / "python" if (folder / MARK).exists() else None


def programs(inside: Path) -> Path:
    """Return the folder of Valhalla's own programs. Raises Conflict."""
    found = _run([str(inside), "-m", "valhalla", "print_bin_path"]).strip().splitlines()
    if not found or not Path(found[-1]).is_dir():
        raise Conflict("Valhalla is not whole. Remove the folder roads/python in the data folder and build again.")
    return Path(found[-1])


def _candidates() -> Iterator[str]:
    yield sys.executable
    for minor in range(NEEDED[1] + 4, NEEDED[1] - 1, -1):
        yield f"python3.{minor}"
    yield "python3"


def _usable(python: str) -> str | None:
    """Return the interpreter when it runs and is new enough."""
    try:
        said = subprocess.run([python, "-c", VERSION], capture_output=True, text=True, timeout=30, check=False).stdout
        return python if tuple(map(int, said.split())) >= NEEDED else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def _run(command: list[str]) -> str:
    # what the program's own environment sets must not lead the other one astray
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=clean, check=False)
    except OSError as error:
        raise Conflict(NO_INSTALL.format(last=f"{error.strerror}.")) from None
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise Conflict(NO_INSTALL.format(last=lines[-1].strip() if lines else "it ended without a word."))
    return done.stdout
