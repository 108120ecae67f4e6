"""Valhalla as a program of this machine: tiles built from OpenStreetMap data, and the service that serves them."""

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldapp.adapters.road_environment import existing_environment
from fieldapp.adapters.road_environment import programs
from fieldapp.adapters.road_environment import road_environment
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid

CURRENT = "current"
CONFIG = "valhalla.json"
LOG = "build.log"
PBF = b"OSMHeader"
MOST_PLACES = 300
NOT_BUILT = "There are no roads to serve yet. Run `fieldapp roads build FILE.osm.pbf` first."


@dataclass(frozen=True)
class Built:
    """A build: where its tiles are, how many and how large in all."""

    folder: Path
    tiles: int
    bytes: int


def build_roads(folder: Path, file: Path, python: str | None, *, now: dt.datetime) -> Built:
    """Build tiles from an .osm.pbf file and make them those that will be served. Raises Invalid, Conflict.

    The build before this one is kept, as a service may still answer from it; older ones and broken ones are removed.
    """
    _refuse_strange(file)
    inside = road_environment(folder / "python", python)
    bin = programs(inside)
    made = folder / f"{now:%Y%m%dT%H%M%SZ}"
    tiles = made / "tiles"
    try:
        tiles.mkdir(parents=True)
        (made / CONFIG).write_text(json.dumps(_config(inside, tiles)), encoding="utf-8")
        count, size = _build(bin, made, file)
    except FileExistsError:
        raise Conflict(f"{made} is being built this very second. Wait for it to end.") from None
    except OSError as error:
        raise Conflict(f"{error.filename or made} cannot be written: {error.strerror}.") from None
    before = current_build(folder)
    _point_at(folder, made)
    for old in folder.iterdir():
        if old.is_dir() and old.name[:1].isdigit() and old not in (made, before):
            shutil.rmtree(old, ignore_errors=True)
    return Built(made, count, size)


def current_build(folder: Path) -> Path | None:
    """Return the folder of the tiles that are to be served, None where none were built."""
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return folder / name if name and (folder / name / CONFIG).exists() else None


@dataclass(frozen=True)
class Service:
    """The program to become, with its arguments, and the folder to be in."""

    command: Sequence[str]
    folder: Path


def road_service(folder: Path, host: str, port: int, threads: int) -> Service:
    """Return the service of the current build, with its settings written. Raises Conflict."""
    build, inside = current_build(folder), existing_environment(folder / "python")
    if build is None or inside is None:
        raise Conflict(NOT_BUILT)
    config = json.loads((build / CONFIG).read_text(encoding="utf-8"))
    # its parts speak through sockets named relative to its folder: paths of sockets must be short
    names = {"listen": f"tcp://{host}:{port}", "loopback": "ipc://loopback", "interrupt": "ipc://interrupt"}
    config["httpd"]["service"] |= {**names, "drain_seconds": 1, "shutdown_seconds": 1}
    for part in ("loki", "thor", "odin"):
        config[part]["service"]["proxy"] = f"ipc://{part}"
    run = folder / f"run-{port}"
    try:
        run.mkdir(parents=True, exist_ok=True)
        (run / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    except OSError as error:
        raise Conflict(f"{run} cannot be written: {error.strerror}.") from None
    return Service((str(programs(inside) / "valhalla_service"), CONFIG, str(threads)), run)


def _refuse_strange(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            head = opened.read(64)
    except OSError as error:
        raise Invalid({"file": f"{file} cannot be read: {error.strerror}."}) from None
    if PBF not in head:
        raise Invalid({"file": f"{file.name} is no OpenStreetMap data. Give a file that ends in .osm.pbf."})


def _config(inside: Path, tiles: Path) -> dict[str, Any]:
    said = subprocess.run(
        [str(inside), "-m", "valhalla.valhalla_build_config"], capture_output=True, text=True, check=False
    )
    try:
        config: dict[str, Any] = json.loads(said.stdout)
        config["mjolnir"] |= {"tile_dir": str(tiles.absolute()), "tile_extract": "", "traffic_extract": ""}
        config["thor"]["costmatrix"] |= {"max_iterations": 500, "max_reserved_locations": 100}
        limits = {"max_matrix_location_pairs": MOST_PLACES**2, "max_locations": MOST_PLACES}
        config["service_limits"]["auto"] |= limits
    except (ValueError, KeyError, TypeError):
        raise Conflict("Valhalla's own settings cannot be read. Remove roads/python and build again.") from None
    return config


def _build(bin: Path, made: Path, file: Path) -> tuple[int, int]:
    """Run the build; its many words go to a log. Returns the number of tiles and their size. Raises Conflict."""
    with (made / LOG).open("wb") as log:
        command = [str(bin / "valhalla_build_tiles"), "-c", str((made / CONFIG).absolute()), str(file.absolute())]
        done = subprocess.run(command, cwd=made, stdout=log, stderr=subprocess.STDOUT, check=False)
    sizes = [tile.stat().st_size for tile in (made / "tiles").rglob("*.gph")]
    if done.returncode:
        raise Conflict(f"The roads could not be built; {made / LOG} says why. The roads of before go on being served.")
    if not sizes:
        raise Conflict(f"{file.name} holds no roads to drive on. Take the data of your region from OpenStreetMap.")
    return len(sizes), sum(sizes)


def _point_at(folder: Path, made: Path) -> None:
    new = folder / f"{CURRENT}.new"
    new.write_text(made.name, encoding="utf-8")
    new.replace(folder / CURRENT)
