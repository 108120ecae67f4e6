"""One question over HTTP that is answered in time or not at all: name lookup, connecting and every byte included."""

import json
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from http.client import HTTPException
from http.client import HTTPSConnection
from typing import Any
from urllib.parse import SplitResult
from urllib.parse import urlsplit

MOST_BYTES = 4_000_000
HEADERS = {"Accept": "application/json", "User-Agent": "fieldapp", "Connection": "close"}


class NoAnswer(Exception):
    """Nothing came, or not in time, or too much of it. The text is a code for the log."""


@dataclass(frozen=True)
class Answer:
    """A status and a body of at most `MOST_BYTES`."""

    status: int
    body: bytes


def ask(base: str, path: str, question: Any, limit_s: float) -> Answer:
    """GET `path` below `base`, or POST `question` there as JSON unless it is None. Raises NoAnswer after `limit_s`.

    Redirections are not followed and no proxy is used: what is asked reaches the host in `base` and no other.
    """
    exchange = _Exchange(urlsplit(base), path, question, limit_s)
    exchange.start()
    exchange.join(limit_s)
    if exchange.is_alive():
        exchange.cut()
        raise NoAnswer("out of time")
    if exchange.answer is None:
        raise NoAnswer(exchange.trouble)
    return exchange.answer


class _Exchange(threading.Thread):
    """A thread of its own: a name lookup cannot be interrupted, and a socket's timeout begins anew at each byte."""

    def __init__(self, base: SplitResult, path: str, question: Any, limit_s: float):
        super().__init__(daemon=True)
        self.base = base
        self.target = f"{base.path.rstrip('/')}/{path}{'?' if base.query else ''}{base.query}"
        self.question = None if question is None else json.dumps(question).encode()
        self.limit_s = limit_s
        self.answer: Answer | None = None
        self.trouble = ""
        self._socket: socket.socket | None = None
        self._over = False

    def run(self) -> None:
        """Leave `answer`, or the `trouble` by its kind."""
        try:
            self.answer = self._talk()
        except (OSError, HTTPException, ValueError) as error:
            # ValueError: what a library makes of a header that is none, or of a socket closed under it
            self.trouble = type(error).__name__

    def cut(self) -> None:
        """Nobody waits any longer: end the connection, and the thread with it."""
        self._over = True
        if self._socket is not None:
            with suppress(OSError):  # it ended by itself just now
                self._socket.shutdown(socket.SHUT_RDWR)

    def _talk(self) -> Answer:
        connection = self._connection()
        try:
            connection.connect()
            self._socket = connection.sock
            if self._over:
                raise TimeoutError
            headers = HEADERS | ({"Content-Type": "application/json"} if self.question is not None else {})
            connection.request("POST" if self.question is not None else "GET", self.target, self.question, headers)
            response = connection.getresponse()
            body = response.read(MOST_BYTES + 1)
            if len(body) > MOST_BYTES:
                raise ValueError
            return Answer(response.status, body)
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        kind = HTTPSConnection if self.base.scheme == "https" else HTTPConnection
        return kind(self.base.hostname or "", self.base.port, timeout=self.limit_s)
