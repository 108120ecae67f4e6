"""`fieldapp serve` starts on a database that is ready, and says in a sentence why it does not."""

import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from fieldapp.models.engine import make_engine
from tests.cli.conftest import Run


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def test_empty_database_is_not_served(run: Run) -> None:
    ran = run("serve")
    assert (ran.code, ran.err) == (
        1, "The database is empty or not up to date. Run `fieldapp setup`, then try again.\n",
    )  # fmt: skip


def test_database_of_a_newer_version_is_not_served(ready: Run, empty_url: str) -> None:
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for command in ("serve", "setup"):
        ran = ready(command)
        assert (ran.code, "newer version of fieldapp" in ran.err) == (1, True)


def test_busy_port_gets_a_sentence(ready: Run, taken_port: int) -> None:
    ran = ready("serve", "--port", str(taken_port))
    assert ran.code == 1
    assert ran.err.startswith(f"Port {taken_port} is in use. Stop the program that has it")


def test_ready_database_is_served_until_interrupted(ready: Run, free_port: int) -> None:
    command = [sys.executable, "-c", "import sys; from fieldapp.cli.main import main; sys.exit(main())", "serve"]
    with subprocess.Popen([*command, "--port", str(free_port)], stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout
            assert str(free_port) in program.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/health", timeout=10) as answer:
                assert (answer.status, answer.headers["Server"]) == (200, None)
            program.send_signal(signal.SIGINT)
            assert program.wait(timeout=20) == 0
        finally:
            program.kill()


def test_five_hundred_phones_that_keep_their_connections_are_all_answered_without_a_word(
    ready: Run, free_port: int
) -> None:
    command = [sys.executable, "-c", "import sys; from fieldapp.cli.main import main; sys.exit(main())", "serve"]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with ExitStack() as closing:
        program = closing.enter_context(subprocess.Popen([*command, "--port", str(free_port)], **piped))  # type: ignore[call-overload]
        closing.callback(program.kill)
        program.stdout.readline()
        phones = [
            closing.enter_context(socket.create_connection(("127.0.0.1", free_port), timeout=20)) for _ in range(500)
        ]
        for phone in phones:
            phone.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert {phone.recv(15) for phone in phones} == {b"HTTP/1.1 200 OK"}
        program.kill()
        assert program.stderr.read() == ""
