"""The server as an operator starts it: `fieldapp setup`, then `fieldapp serve`, in processes of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECRET = "a secret for measuring only"
START_SECONDS = 30


@dataclass(frozen=True)
class Running:
    """A server that listens at `port` of this machine; what it wrote is in `log`."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def cpu_seconds(self) -> float:
        """Processor time that the server has used so far, where the system tells; else 0."""
        try:
            words = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def environment(folder: Path, database_url: str) -> dict[str, str]:
    """Return the settings; everything else is as it comes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
    return {
        **kept,
        "FIELDAPP_DATA_DIR": str(folder),
        "FIELDAPP_DATABASE_URL": database_url,
        "FIELDAPP_SECRET_KEY": SECRET,
    }


def set_up(env: dict[str, str]) -> None:
    """Make the tables, the agency and an administrator."""
    named = ["--agency", "Harbor County", "--zone", "America/New_York", "--email", "a@example.org", "--name", "Admin"]
    subprocess.run(
        [_program(), "setup", *named], env=env, input=b"correct horse battery\n", stdout=subprocess.DEVNULL, check=True
    )


@contextmanager
def serving(env: dict[str, str], folder: Path) -> Iterator[Running]:
    """Serve until the block ends."""
    port, log = _free_port(), folder / "serve.log"
    with open(log, "wb") as out:
        process = subprocess.Popen([_program(), "serve", "--port", str(port)], env=env, stdout=out, stderr=out)
        try:
            _wait(process, port, log)
            yield Running(process, port, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _program() -> str:
    return str(Path(sys.executable).with_name("fieldapp"))


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"fieldapp serve did not start: {log.read_text()[-500:]}")
