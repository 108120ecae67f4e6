"""A geocoding service on this machine for tests: answers in recorded shapes, and notes every question."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import urlsplit

QUESTION = ("q", "singleLine", "text")  # as Nominatim and Photon, ArcGIS, and Pelias call it


class Service(ThreadingHTTPServer):
    """`answers` by question; `nothing` is what is answered to others. `asked` are the queries and their user agents.

    The address "status 503" gets that status, "garbage" what is no JSON, "silence", or any in `held`, nothing until
    the test is over.
    """

    def __init__(self, answers: dict[str, Any], nothing: Any) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.answers, self.nothing = answers, nothing
        self.asked: list[tuple[dict[str, list[str]], str]] = []
        self.held, self.holds, self.over = {"silence"}, threading.Event(), threading.Event()

    @property
    def domain(self) -> str:
        """Where it is, as geopy's options name it."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def questions(self) -> list[str]:
        """What was asked, in order."""
        return [question_in(query) for query, _ in self.asked]


class Answer(BaseHTTPRequestHandler):
    """Answers one question."""

    server: Service

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.server.asked.append((query, self.headers["User-Agent"]))
        question = question_in(query)
        if question in self.server.held:
            self.server.holds.set()
            self.server.over.wait(30)
        status = int(question.split()[1]) if question.startswith("status ") else 200
        found = self.server.answers.get(question, self.server.nothing)
        body = b"<html>" if question == "garbage" else json.dumps(found).encode()
        with suppress(OSError):  # who asked may have been killed
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Keep quiet."""


def question_in(query: dict[str, list[str]]) -> str:
    """The address that was asked for."""
    return next(query[name][0] for name in QUESTION if name in query)


@contextmanager
def service(answers: dict[str, Any], nothing: Any) -> Iterator[Service]:
    """Runs a service with these answers."""
    made = Service(answers, nothing)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.over.set()
    made.shutdown()
    thread.join()
    made.server_close()


def nominatim_house(line: str, lat: float = 39.2909, lon: float = -76.6105) -> list[dict[str, Any]]:
    """What Nominatim answers where it knows the house with which the line begins."""
    number = line.split()[0]
    return [{"lat": str(lat), "lon": str(lon), "display_name": line, "address": {"house_number": number}}]


def nominatim_street(line: str, lat: float = 39.2915, lon: float = -76.6104) -> list[dict[str, Any]]:
    """What Nominatim answers where it knows the street alone."""
    return [{"lat": str(lat), "lon": str(lon), "display_name": line, "address": {"road": line}}]
