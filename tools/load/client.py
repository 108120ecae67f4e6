"""Hundreds of phones in one process: keep-alive HTTP/1.1 over asyncio, as bare as it can be, to leave the processors to
the server."""

import asyncio
import base64
import datetime as dt
import json
import time
from collections.abc import AsyncIterator
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from dataclasses import field

from tests.phone import iso
from tools.load.office import Carried
from tools.load.traffic import Bring
from tools.load.traffic import Post
from tools.load.traffic import Traffic
from tools.load.visits import PHOTO_BYTES
from tools.load.visits import Photo
from tools.load.visits import photo_bytes

TIMEOUT_S = 30


@dataclass
class Seen:
    """What the phones saw. Times in seconds since the start; a latency counts from the moment the post was due."""

    latencies: list[float] = field(default_factory=list)
    upload_latencies: list[float] = field(default_factory=list)
    late_starts: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    receipts: list[tuple[str, str]] = field(default_factory=list)
    stored_at: list[float] = field(default_factory=list)
    fetched: dict[str, str] = field(default_factory=dict)


class Failed(Exception):
    """An answer that is not the right one; the text says what came instead."""


class Connection:
    """One connection, which is kept open; one request at a time."""

    def __init__(self, port: int):
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> None:
        """Connect."""
        self.streams = await asyncio.open_connection("127.0.0.1", self.port)

    def close(self) -> None:
        """Disconnect; the next question connects anew."""
        if self.streams:
            self.streams[1].close()
            self.streams = None

    async def ask(
        self, method: str, path: str, expected: int, headers: str = "", body: bytes = b""
    ) -> tuple[dict[str, str], bytes]:
        """Headers (lower case) and body of the answer. Raises Failed."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                status, found, content = await self._ask(method, path, headers, body)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.close()
            raise Failed(f"{method} {_place(path)}: {type(error).__name__}") from error
        if status != expected:
            raise Failed(f"{method} {_place(path)}: {status} {content[:160]!r}")
        return found, content

    async def _ask(self, method: str, path: str, headers: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.streams is None:
            await self.open()
        assert self.streams is not None
        reader, writer = self.streams
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        content = await reader.readexactly(int(found.get("content-length", "0")))
        if found.get("connection", "").lower() == "close":
            self.close()
        return int(first.split()[1]), found, content


class Phones:
    """All phones at one server: each over a connection of its own, or through a proxy that uses free ones again."""

    def __init__(self, office: Sequence[Carried], port: int, *, proxied: bool):
        self.office, self.port, self.proxied, self.seen = office, port, proxied, Seen()
        self.turns = [asyncio.Lock() for _ in office]
        self.own = [] if proxied else [Connection(port) for _ in office]
        self.free: list[Connection] = []
        self.started = 0.0
        self.answered: dict[str, asyncio.Event] = {}

    async def run(self, traffic: Traffic) -> Seen:
        """Send everything when it is due, whether or not earlier answers have come."""
        await asyncio.gather(*(each.open() for each in self.own))
        under_way: set[asyncio.Task[None]] = set()
        self.started = time.perf_counter()
        for event in traffic.events:
            await asyncio.sleep(self.started + event.at - time.perf_counter())
            self.seen.late_starts.append(self._now() - event.at)
            task = asyncio.create_task(self._event(event))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)
        for each in [*self.own, *self.free]:
            each.close()
        return self.seen

    @asynccontextmanager
    async def _connection(self, phone: int, *, apart: bool = False) -> AsyncIterator[Connection]:
        """The phone's connection once it is free; `apart`: a new one at once."""
        if apart:
            connection = Connection(self.port)
            yield connection
            connection.close()
            return
        async with self.turns[phone]:
            if not self.proxied:
                yield self.own[phone]
                return
            connection = self.free.pop() if self.free else Connection(self.port)
            try:
                yield connection
            finally:
                self.free.append(connection)

    def _now(self) -> float:
        return time.perf_counter() - self.started

    async def _event(self, event: Post | Bring) -> None:
        try:
            await (self._post(event) if isinstance(event, Post) else self._bring(event))
        except Failed as error:
            self.seen.errors.append(str(error))
        finally:
            if isinstance(event, Post):
                self.answered[event.signed.id].set()

    async def _post(self, post: Post) -> None:
        first, due = self.answered.setdefault(post.signed.id, asyncio.Event()), post.at
        if post.after:
            await first.wait()
            due = max(due, self._now())
        cookie = f"Cookie: {self.office[post.phone].cookie}\r\n"
        async with self._connection(post.phone, apart=post.apart) as connection:
            now = iso(dt.datetime.now(dt.UTC))
            waiting = '{"count":1,"oldest":null,"bytes":9000,"free":1000000000}'
            body = f'{{"device_now":"{now}","waiting":{waiting},"submissions":["{post.signed.jws}"]}}'
            headers = f"{cookie}Content-Type: application/json\r\nAccept: application/json\r\n"
            _head, content = await connection.ask("POST", "/sync", 200, headers, body.encode())
        self._judge(post, due, json.loads(content)["results"][0])

    def _judge(self, post: Post, due: float, result: dict[str, str]) -> None:
        self.seen.latencies.append(self._now() - due)
        self.seen.states.append(result["state"])
        if result["state"] not in post.states or result["id"] != post.signed.id:
            raise Failed(f"POST /sync: {result['state']} ({result.get('reason', '')}), not {' or '.join(post.states)}")
        self.seen.receipts.append((post.signed.sha256, result["receipt"]))
        if result["state"] == "stored":
            self.seen.stored_at.append(self._now())

    async def _bring(self, event: Bring) -> None:
        content = await asyncio.to_thread(photo_bytes, event.photo.id)
        common = f"Cookie: {self.office[event.phone].cookie}\r\nTus-Resumable: 1.0.0\r\n"
        async with self._connection(event.phone) as connection:
            head, _ = await connection.ask("POST", "/evidence/uploads", 201, common + _metadata(event.photo))
            offset = "Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n"
            await connection.ask("PATCH", head["location"], 204, common + offset, content)
        self.seen.upload_latencies.append(self._now() - event.at)


async def fetch(port: int, path: str) -> bytes:
    """The body of an open page."""
    connection = Connection(port)
    _head, content = await connection.ask("GET", path, 200)
    connection.close()
    return content


def _metadata(photo: Photo) -> str:
    parts = {"photo": photo.id, "submission": photo.visit, "sha256": photo.sha256, "type": "image/jpeg"}
    words = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in parts.items())
    return f"Upload-Length: {PHOTO_BYTES}\r\nUpload-Metadata: {words}\r\n"


def _place(path: str) -> str:
    return "/".join(part if len(part) < 30 else "…" for part in path.split("/"))
