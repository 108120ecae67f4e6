"""`fieldapp roads`: builds road data for travel times, and serves them to the program."""

import argparse
import contextlib
import datetime as dt
import errno
import os
import socket
from pathlib import Path

from fieldapp.adapters.road_program import Service
from fieldapp.adapters.road_program import build_roads
from fieldapp.adapters.road_program import road_service
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import Invalid
from fieldapp.settings import Settings
from fieldapp.settings import from_environment

PORT = 8002
FOLDER = "roads"


def add_roads(subparsers: Subparsers) -> None:
    """Add `roads` with its own commands build and serve."""
    parser = subparsers.add_parser("roads", help="build and serve road data, for travel times by road")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    build = commands.add_parser(
        "build",
        help="build road data from a file of OpenStreetMap",
        description="Builds Valhalla's road data from FILE into the folder roads of the data folder. The first "
        "time it makes a Python environment there and installs Valhalla, 260 MB. What is served "
        "changes with the next `roads serve`.",
    )
    build.add_argument("file", type=Path, metavar="FILE", help="OpenStreetMap data of your region (.osm.pbf)")
    build.add_argument("--python", metavar="PROGRAM", help="a Python of 3.12 or newer, where none is found by itself")
    build.set_defaults(run=run_build)
    serve = commands.add_parser(
        "serve",
        help="serve the roads that were built",
        description="Serves the roads that `fieldapp roads build` made, to this machine alone unless --host says "
        f"otherwise. Name it to the program: FIELDAPP_ROADS_URL=http://127.0.0.1:{PORT}.",
    )
    serve.add_argument("--host", default="127.0.0.1", help="IPv4 address to listen at")
    serve.add_argument("--port", type=int, default=PORT, help=f"port to listen at ({PORT})")
    serve.add_argument("--threads", type=int, default=2, help="questions answered at once (2)")
    serve.set_defaults(run=run_serve)


def run_build(args: argparse.Namespace) -> int:
    """Build, and say what to do next."""
    settings = from_environment()
    print("Building the roads …", flush=True)
    built = build_roads(settings.data_dir / FOLDER, args.file, args.python, now=dt.datetime.now(dt.UTC))
    print(f"{built.folder}: {built.tiles} tiles, {built.bytes:,} bytes.")
    print(f"Start `fieldapp roads serve` (anew), and the program with FIELDAPP_ROADS_URL={_url(settings)}.")
    return 0


def run_serve(args: argparse.Namespace) -> int:
    """Become the service, so that signals and the terminal are its own."""
    if not 1 <= args.port <= 65535:
        raise Invalid({"--port": "--port must lie between 1 and 65535."})
    if not 1 <= args.threads <= 64:
        raise Invalid({"--threads": "--threads must lie between 1 and 64."})
    service = road_service(from_environment().data_dir / FOLDER, args.host, args.port, args.threads)
    _refuse_taken(args.host, args.port)
    print(f"The roads are at http://{args.host}:{args.port} (Ctrl-C stops it)", flush=True)
    become(service)
    return 0


def become(service: Service) -> None:
    """Replace this program by the service."""
    os.chdir(service.folder)
    os.execv(service.command[0], list(service.command))


def _url(settings: Settings) -> str:
    return settings.roads_url or f"http://127.0.0.1:{PORT}"


def _refuse_taken(host: str, port: int) -> None:
    """Raise Conflict where the port cannot be had: the service itself would go on without it."""
    try:
        with contextlib.closing(socket.create_server((host, port))):
            return
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Conflict(f"Port {port} is in use. Choose another: fieldapp roads serve --port {port - 1}.") from None
        raise Conflict(f"{host}:{port} cannot be listened at: {error.strerror}.") from None
