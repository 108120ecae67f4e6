"""The road between phone and office: a proxy on this machine that does to requests what networks do to them."""

import http.client
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from typing import Any

from tests.road import faults
from tests.road.faults import Faults

# of one hop, not of the message
HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-connection"}
WIRE = ("/sync", "/devices", "/receipts/", "/evidence/", "/.well-known/jwks.json")
# signing in is what a person does once the network is back
CALM = ("/sign-in", "/sign-out", "/worker.js")
BACKEND_SECONDS = 30
LONGEST_DELAY_S = 1.2
# a request takes about as long
MIDDLE_S = 0.02
LOGIN = b"<!doctype html><title>Free Wi-Fi</title><h1>Welcome</h1><form action=/login><button>Connect</button></form>"
BAD_GATEWAY = b"<!doctype html><title>502</title><h1>502 Bad Gateway</h1>"


@dataclass(frozen=True)
class Message:
    """A request, or an answer (then `line` is its status)."""

    line: Any
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class Road:
    """What the proxy knows. `watch` sees each request with its answer; `kill` ends the office after some seconds."""

    port: int
    faults: Faults
    watch: Callable[[str, str, bytes, int, bytes], None]
    kill: Callable[[float], None]


class FaultProxy(ThreadingHTTPServer):
    """Runs from the start of the `with` block to its end."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, road: Road, port: int = 0):
        super().__init__(("127.0.0.1", port), Handler)
        self.road = road

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"

    def __enter__(self) -> "FaultProxy":
        self._thread = threading.Thread(target=self.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away, or was killed, is what this is about."""


class Handler(BaseHTTPRequestHandler):
    """One request. Its connection ends with it: on one that was used before, the browser itself would send again."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    server: FaultProxy

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the counts are told at the end."""

    def handle_request(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        wire = self.path.startswith(WIRE)
        # what is watched is not compressed
        headers = [
            (name, value) for name, value in self.headers.items() if not wire or name.lower() != "accept-encoding"
        ]
        request = Message(self.command, headers, body)
        calm = self.path.startswith(CALM)
        fault = None if calm else self.server.road.faults.draw(wire=wire, body=len(body))
        try:
            DEEDS[fault](self, request, wire)
        except (OSError, http.client.HTTPException):
            self.gateway_error()

    do_GET = do_HEAD = do_POST = do_PATCH = do_DELETE = do_OPTIONS = handle_request

    def passed(self, request: Message, wire: bool) -> None:
        self.reply(self.forward(request))

    def drop_request(self, request: Message, wire: bool) -> None:
        self.count(faults.REQUEST_DROPPED, wire)

    def drop_answer(self, request: Message, wire: bool) -> None:
        self.forward(request)
        self.count(faults.ANSWER_DROPPED, wire)

    def cut_request(self, request: Message, wire: bool) -> None:
        backend = self.open(request)
        backend.send(request.body[: self.between(len(request.body))])
        backend.close()
        self.count(faults.REQUEST_CUT, wire)

    def cut_answer(self, request: Message, wire: bool) -> None:
        answer = self.forward(request)
        if len(answer.body) > 1 and request.line != "HEAD":
            self.reply(answer, self.between(len(answer.body)))
        self.count(faults.ANSWER_CUT, wire)

    def delay(self, request: Message, wire: bool) -> None:
        time.sleep(self.server.road.faults.chance(0.05, LONGEST_DELAY_S))
        self.reply(self.forward(request))
        self.count(faults.DELAYED, wire)

    def error_500(self, request: Message, wire: bool) -> None:
        self.reply(Message(500, [("Content-Type", "text/plain")], b"Internal Server Error"))
        self.count(faults.ERROR_500, wire)

    def error_502(self, request: Message, wire: bool) -> None:
        self.gateway_error()
        self.count(faults.ERROR_502, wire)

    def portal(self, request: Message, wire: bool) -> None:
        self.reply(Message(200, [("Content-Type", "text/html; charset=utf-8")], LOGIN))
        self.count(faults.PORTAL, wire)

    def twice(self, request: Message, wire: bool) -> None:
        """At the same moment, so that both may find that nothing is there yet; the phone hears one of them."""
        answers: list[Message] = []

        def send_again() -> None:
            with suppress(OSError, http.client.HTTPException):  # the office is down
                answers.append(self.forward(request))

        again = threading.Thread(target=send_again)
        again.start()
        first = self.forward(request)
        again.join()
        if answers:
            self.count(faults.TWICE, wire)
        self.reply(answers[0] if answers and self.server.road.faults.chance(0, 1) < 0.5 else first)

    def kill_server(self, request: Message, wire: bool) -> None:
        road = self.server.road
        road.kill(road.faults.chance(0, MIDDLE_S))
        try:
            answer = self.forward(request)
        except (OSError, http.client.HTTPException):
            self.count(faults.SERVER_KILLED, wire)
            raise
        road.faults.order(faults.SERVER_KILLED)  # it was faster; the next one may be hit in its middle
        self.reply(answer)

    def forward(self, request: Message) -> Message:
        backend = self.open(request)
        try:
            if request.body:
                backend.send(request.body)
            found = backend.getresponse()
            answer = Message(found.status, found.getheaders(), found.read())
        finally:
            backend.close()
        self.server.road.watch(request.line, self.path, request.body, answer.line, answer.body)
        return answer

    def open(self, request: Message) -> http.client.HTTPConnection:
        backend = http.client.HTTPConnection("127.0.0.1", self.server.road.port, timeout=BACKEND_SECONDS)
        backend.putrequest(request.line, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers:
            if name.lower() not in HOP:
                backend.putheader(name, value)
        backend.putheader("Connection", "close")
        backend.endheaders()
        return backend

    def reply(self, answer: Message, cut: int | None = None) -> None:
        self.send_response_only(answer.line)
        for name, value in answer.headers:
            if name.lower() not in HOP | {"content-length"}:
                self.send_header(name, value)
        without_body = answer.line in (204, 304)
        if not without_body:
            length = next((value for name, value in answer.headers if name.lower() == "content-length"), None)
            self.send_header("Content-Length", length if length and not answer.body else str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD" and not without_body:
            self.wfile.write(answer.body[:cut])

    def gateway_error(self) -> None:
        self.reply(Message(502, [("Content-Type", "text/html; charset=utf-8")], BAD_GATEWAY))

    def between(self, length: int) -> int:
        return int(self.server.road.faults.chance(1, length))

    def count(self, kind: str, wire: bool) -> None:
        self.server.road.faults.happened(kind, wire=wire)


DEEDS: dict[str | None, Callable[[Handler, Message, bool], None]] = {
    None: Handler.passed,
    faults.REQUEST_DROPPED: Handler.drop_request,
    faults.ANSWER_DROPPED: Handler.drop_answer,
    faults.REQUEST_CUT: Handler.cut_request,
    faults.ANSWER_CUT: Handler.cut_answer,
    faults.DELAYED: Handler.delay,
    faults.ERROR_500: Handler.error_500,
    faults.ERROR_502: Handler.error_502,
    faults.PORTAL: Handler.portal,
    faults.TWICE: Handler.twice,
    faults.SERVER_KILLED: Handler.kill_server,
}
