"""Published days with published answers: the traveling salesman with time windows, as a day of an officer."""

import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fieldapp.domain.routing.ports import TravelMatrix
from fieldapp.domain.routing.request import DayRequest
from fieldapp.domain.routing.request import Place
from fieldapp.domain.routing.request import StopRequest

ARCHIVE = Path(__file__).with_name("tsptw") / "instances.zip"
LIMITS_S = {20: 0.3, 40: 1.0, 60: 2.0, 100: 5.0}
ASCHEUER_S = 2.0


@dataclass(frozen=True)
class Known:
    """An instance with the cost of its best known tour. Node 0 is the depot; `limit_s`: what a solver may take."""

    name: str
    travel: tuple[tuple[int, ...], ...]
    windows: tuple[tuple[int, int], ...]
    cost: int
    tour: tuple[int, ...]
    limit_s: float

    @property
    def customers(self) -> int:
        """How many stops there are."""
        return len(self.travel) - 1


def read_all() -> list[Known]:
    """Every instance of the archive, the short ones first, in each collection."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        found = []
        for folder in ("dumas", "ascheuer"):
            lines = archive.read(f"{folder}/BEST_KNOWN.txt").decode().splitlines()
            rows = [line.split() for line in lines if not line.startswith("#")]
            named = [_read(archive.read(f"{folder}/{row[0]}").decode(), folder, row) for row in rows]
            found += sorted(named, key=lambda each: (each.customers, each.name))
    return found


def _read(text: str, folder: str, row: list[str]) -> Known:
    lines = [line.split("#")[0].split() for line in text.splitlines()]
    count, *numbers = [[int(word) for word in line] for line in lines if line]
    travel = tuple(tuple(line) for line in numbers[: count[0]])
    windows = tuple((line[0], line[1]) for line in numbers[count[0] : 2 * count[0]])
    limit = LIMITS_S[count[0] - 1] if folder == "dumas" else ASCHEUER_S
    return Known(row[0].removesuffix(".txt"), travel, windows, int(row[1]), tuple(map(int, row[3:])), limit)


def as_day(known: Known) -> tuple[DayRequest, TravelMatrix]:
    """The instance as a day: the depot is start and end, a unit of time a second, each customer a stop."""
    places = [Place(0, index / 1000, str(index)) for index in range(len(known.travel))]
    stops = [StopRequest(str(i), places[i], 0, (known.windows[i],)) for i in range(1, len(places))]
    request = DayRequest(date(2026, 1, 5), *known.windows[0], places[0], places[0], None, tuple(stops))
    rows = [0, 0, *range(1, len(places))]
    seconds = tuple(tuple(known.travel[i][j] for j in rows) for i in rows)
    return request, TravelMatrix(seconds, seconds, "published")


def cost_of(known: Known, tour: list[int]) -> int | None:
    """The travel of this tour over all customers; None when it misses a window or a customer."""
    if sorted(tour) != list(range(1, len(known.travel))):
        return None
    now, here, cost = known.windows[0][0], 0, 0
    for node in [*tour, 0]:
        drive = known.travel[here][node]
        opens, closes = known.windows[node]
        now, cost, here = max(now + drive, opens if node else 0), cost + drive, node
        if now > closes:
            return None
    return cost
