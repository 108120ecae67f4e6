"""Print what roads are worth: the time of a matrix, and plans by road against plans by straight lines, both driven.

python tools/bench_roads.py [FILE.osm.pbf] [--python PYTHON3.12] builds the roads of the file (the sample of the tests)
in var/bench, serves them on this machine, and plans days among points of its streets. Budget: 25 × 25 in one second.
"""

import argparse
import contextlib
import datetime as dt
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

from fieldapp.adapters.road_lines import RoadLines
from fieldapp.adapters.road_program import build_roads
from fieldapp.adapters.road_program import road_service
from fieldapp.adapters.road_times import KeptLegs
from fieldapp.adapters.road_times import RoadTravelTimes
from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.adapters.travel_times import GeodesicTravelTimes
from fieldapp.adapters.valhalla import Valhalla
from fieldapp.domain.errors import Conflict
from fieldapp.domain.roads.leg import NoRoads
from fieldapp.domain.routing.plan import plan_route
from fieldapp.domain.routing.plan import retime_route
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest
from fieldapp.models.all import metadata
from fieldapp.models.engine import make_engine

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "data" / "roads" / "baltimore.osm.pbf"
FOLDER = ROOT / "var" / "bench" / "roads"
BOX = (39.280, 39.300, -76.612, -76.592)
BUDGET_S = 1.0
DAYS = 20
STOPS = 15
HOUR = 3600


def main() -> int:
    """Measure; 1 when the matrix is over its budget."""
    args = arguments()
    try:
        build_roads(FOLDER, args.file, args.python, now=dt.datetime.now(dt.UTC))
    except Conflict as error:
        print(f"roads are left out: {error}")
        return 0
    with served() as url, tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/kept.sqlite"
        engine = make_engine(database)
        metadata.create_all(engine)
        engine.dispose()
        service = Valhalla(url, limit_s=30)
        kept = KeptLegs(database, service.source, lambda: dt.datetime.now(dt.UTC))
        roads = RoadTravelTimes(service, kept, GeodesicTravelTimes())
        spent = matrix_times(service, roads, args.box)
        drive(roads, args.box)
    return int(spent > BUDGET_S)


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--python")
    parser.add_argument("--box", nargs=4, type=float, default=BOX, metavar=("SOUTH", "NORTH", "WEST", "EAST"))
    return parser.parse_args()


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Give the address of the service for as long as it is needed."""
    with socket.create_server(("127.0.0.1", 0)) as asked:
        port = asked.getsockname()[1]
    service = road_service(FOLDER, "127.0.0.1", port, 2)
    with open(os.devnull, "w") as nowhere:
        child = subprocess.Popen(service.command, cwd=service.folder, stdout=nowhere, stderr=nowhere)
    try:
        wait_for(Valhalla(f"http://127.0.0.1:{port}", rest_s=0))
        yield f"http://127.0.0.1:{port}"
    finally:
        child.kill()
        child.wait()


def wait_for(service: Valhalla) -> None:
    """Wait until it answers. Raises NoRoads after ten seconds."""
    for attempt in range(100):
        try:
            service.version(service.deadline())
            return
        except NoRoads:
            if attempt == 99:
                raise
            time.sleep(0.1)


def matrix_times(service: Valhalla, roads: RoadTravelTimes, box: tuple[float, ...]) -> float:
    """Print how long a matrix and a line take; returns the median seconds of 25 × 25."""
    asked, again, drawn = [], [], []
    for seed in range(7):
        places = points(Random(seed), 25, box)
        for spent, ask in ((asked, roads.matrix), (again, roads.matrix), (drawn, RoadLines(service).route_line)):
            begun = time.perf_counter()
            ask(places)
            spent.append(time.perf_counter() - begun)
    print(f"25 × 25 {median(asked):6.3f} s median {max(asked):6.3f} s longest; {median(again):6.3f} s when known")
    print(f"a line  {median(drawn):6.3f} s median {max(drawn):6.3f} s longest, through 25 places")
    return median(asked)


def drive(roads: TravelTimes, box: tuple[float, ...]) -> None:
    """Print the minutes that days planned by road save, all of them driven on roads."""
    solver, straight = PyvrpRouteSolver(), GeodesicTravelTimes()
    saved, share, promised = [], [], []
    for seed in range(100, 100 + DAYS):
        request = day(Random(seed), box)
        by_road = plan_route(request, roads, solver)
        by_line = plan_route(request, straight, solver)
        driven = retime_route([call.stop_id for call in by_line.calls], request, roads)
        if by_road.source != "roads" or len(by_road.calls) != len(driven.calls):
            continue
        saved.append((driven.travel_s - by_road.travel_s) / 60)
        share.append(driven.travel_s / by_road.travel_s - 1)
        promised.append(by_line.travel_s / driven.travel_s - 1)
    solver.close()
    print(f"{len(saved)} days of {STOPS} stops, planned by road or by straight lines, both driven on roads:")
    print(f"  saved by roads {sum(saved):.0f} min in all, {median(saved):.1f} a day (median), {max(saved):.1f} at most")
    print(f"  straight lines drive {median(share):+.1%} (median), {max(share):+.1%} at most")
    print(f"  and promise {min(promised):+.0%} to {max(promised):+.0%} of the driving that it then is")


def day(random: Random, box: tuple[float, ...]) -> DayRequest:
    """Stops that all fit, so that only the order differs."""
    office, *places = points(random, STOPS + 1, box)
    stops = tuple(StopRequest(str(i), place, 600) for i, place in enumerate(places))
    return DayRequest(dt.date(2026, 1, 5), 8 * HOUR, 18 * HOUR, office, office, None, stops)


def points(random: Random, count: int, box: tuple[float, ...]) -> list[Place]:
    """Places anywhere in the box."""
    south, north, west, east = box
    return [Place(random.uniform(south, north), random.uniform(west, east)) for _ in range(count)]


if __name__ == "__main__":
    sys.exit(main())
