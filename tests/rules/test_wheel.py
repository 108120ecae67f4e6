"""`pip install .` brings everything the program serves, the service worker included."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.rules.sources import ROOT

DATA = ["templates", "static", "checklists", "migrations"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel, built by the backend that is installed here: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout
    (built,) = folder.glob("*.whl")
    return zipfile.Path(built)


def inside(wheel: zipfile.Path) -> set[str]:
    return set(wheel.root.namelist())


def below(folder: Path) -> set[str]:
    """The files of a folder by their path in it, caches left out."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


def test_the_wheel_holds_every_file_of_the_service_worker(wheel: zipfile.Path) -> None:
    missing = {f"fieldapp/service_worker/{path}" for path in below(ROOT / "service-worker")} - inside(wheel)

    assert not missing, f"{missing} would be missing after `pip install .`: see force-include in pyproject.toml."


@pytest.mark.parametrize("folder", DATA)
def test_the_wheel_holds_what_lies_beside_the_code(wheel: zipfile.Path, folder: str) -> None:
    wanted = {f"fieldapp/{folder}/{path}" for path in below(ROOT / "fieldapp" / folder)}

    assert wanted, f"fieldapp/{folder} is empty."
    assert not wanted - inside(wheel), f"{wanted - inside(wheel)} would be missing: does .gitignore name it?"


def test_the_wheel_brings_the_command_and_the_license(wheel: zipfile.Path) -> None:
    (entry_points,) = [file for file in inside(wheel) if file.endswith("dist-info/entry_points.txt")]

    assert "fieldapp = fieldapp.cli.main:main" in wheel.root.read(entry_points).decode()
    assert any(file.endswith("/LICENSE") for file in inside(wheel))


def test_the_wheel_holds_nothing_but_the_program(wheel: zipfile.Path) -> None:
    strangers = {file for file in inside(wheel) if not file.startswith("fieldapp")}

    assert not strangers, f"{strangers} have no place in the wheel."
