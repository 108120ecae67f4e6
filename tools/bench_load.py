"""Print how the server bears the phones of a large agency: 500 of them, 41 new submissions a second for a minute.

The budget: not one error, nothing lost or doubled, and no backlog, on SQLite and on PostgreSQL, with two processors.
"""

import argparse
import asyncio
import datetime as dt
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy import make_url
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldapp.models.engine import database_url
from fieldapp.models.engine import make_engine
from tests import postgres
from tools.load import proof
from tools.load.client import Phones
from tools.load.client import Seen
from tools.load.client import fetch
from tools.load.office import fill
from tools.load.server import SECRET
from tools.load.server import environment
from tools.load.server import serving
from tools.load.server import set_up
from tools.load.traffic import Traffic
from tools.load.traffic import plan_traffic

P99_S = 1.0
LATE_S = 0.5
SHOWN = 5


def main() -> int:
    """Measure each database; 1 when a budget is not kept."""
    options = _options()
    print(f"load: {options.phones} phones, {options.rate:g} submissions/s and {options.photos:g} photos/s "
          f"for {options.seconds:g} s, seed {options.seed}", flush=True)  # fmt: skip
    kept = []
    for kind in options.databases:
        with tempfile.TemporaryDirectory(prefix="fieldapp-load-") as name, _database(kind, Path(name)) as url:
            kept.append(_measure(kind, url, Path(name), options))
    return 0 if all(kept) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=41, help="new submissions a second")
    parser.add_argument("--photos", type=float, default=4, help="uploads of 256 KiB a second")
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--direct", action="store_true", help="a connection for each phone, not those of a proxy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    return parser.parse_args()


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'fieldapp.sqlite'}"
        return
    server = postgres.start(durable=True)
    try:
        root = create_engine(database_url(server.url), isolation_level="AUTOCOMMIT")
        with root.connect() as connection:
            connection.execute(text("CREATE DATABASE fieldapp_load TEMPLATE template0"))
        yield make_url(server.url).set(database="fieldapp_load").render_as_string(hide_password=False)
        with root.connect() as connection:
            connection.execute(text("DROP DATABASE fieldapp_load WITH (FORCE)"))
        root.dispose()
    finally:
        server.stop()


def _measure(kind: str, url: str, folder: Path, options: argparse.Namespace) -> bool:
    env = environment(folder, url)
    set_up(env)
    engine = make_engine(url)
    with Session(engine) as session:
        office = fill(session, options.phones, SECRET, now=dt.datetime.now(dt.UTC))
        session.commit()
    traffic = plan_traffic(
        office, options.rate, options.seconds, options.photos, seed=options.seed, now=dt.datetime.now(dt.UTC)
    )
    with serving(env, folder) as server:
        before, own = server.cpu_seconds(), time.process_time()
        seen = asyncio.run(Phones(office, server.port, proxied=not options.direct).run(traffic))
        used, own = server.cpu_seconds() - before, time.process_time() - own
        jwks = asyncio.run(fetch(server.port, "/.well-known/jwks.json"))
    said = server.log.read_text().splitlines()[1:]
    with Session(engine) as session:
        wrong = [*proof.faults(session, traffic), *proof.wrong_receipts(seen, jwks)]
    engine.dispose()
    print(f"{kind}: processor time {used:.1f} s server, {own:.1f} s phones")
    return _report(traffic, seen, wrong, said, options)


def _report(traffic: Traffic, seen: Seen, wrong: list[str], said: list[str], options: argparse.Namespace) -> bool:
    states = ", ".join(f"{count} {state}" for state, count in sorted(Counter(seen.states).items()))
    stored = sum(at <= options.seconds for at in seen.stored_at) / options.seconds
    late, slow = _share(seen.late_starts, 0.99), _share(seen.latencies, 0.99)
    lines = [
        (not seen.errors, f"{len(seen.errors)} errors in {len(traffic.events)} posts and uploads; {states}"),
        (not wrong, f"{len(wrong)} faults in database and receipts; {len(seen.receipts)} receipts proved"),
        (not said, f"{len(said)} lines in the server's log"),
        (late < LATE_S, f"posts left at most {late:.3f} s after they were due (99 %)"),
        (stored > 0.95 * options.rate, f"{stored:.1f} new submissions/s stored while they kept coming"),
        (slow < P99_S, f"posts   {_times(seen.latencies)}"),
        (True, f"uploads {_times(seen.upload_latencies)}"),
    ]
    for kept, line in lines:
        print(f"  {'ok  ' if kept else 'FAIL'} {line}", flush=True)
    for line in [*_counted(seen.errors), *wrong[:SHOWN], *said[:SHOWN]]:
        print(f"       {line}")
    return all(kept for kept, _line in lines)


def _counted(errors: list[str]) -> list[str]:
    return [f"{count} times {error}" for error, count in Counter(errors).most_common(SHOWN)]


def _times(values: list[float]) -> str:
    shares = {"median": 0.5, "p95": 0.95, "p99": 0.99, "longest": 1.0}
    return ", ".join(f"{name} {_share(values, share):.3f} s" for name, share in shares.items())


def _share(values: list[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values) or [0.0]
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    sys.exit(main())
