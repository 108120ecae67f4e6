"""The slow road between phone and office: a proxy on this machine that shares a bandwidth and adds the latency."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from tools.bench.wire import Wire

# two packets: small enough that connections take turns, as on a real link
CHUNK = 2 * 1460
# how far ahead of the link a connection may read
AHEAD_S = 0.03


@dataclass(frozen=True)
class Profile:
    """A network: bits a second in each direction, the round trip in seconds."""

    name: str
    down: float
    up: float
    round_trip: float


SLOW_4G = Profile("slow 4G", 1.6e6, 0.75e6, 0.150)
SLOW_3G = Profile("slow 3G", 0.4e6, 0.4e6, 0.400)
FAST = Profile("no limit", 1e10, 1e10, 0.0)


class Lane:
    """One direction of the link, shared by all connections: first come, first served, byte by byte."""

    def __init__(self) -> None:
        self.free_at = 0.0

    def send(self, size: int, bits_a_second: float, ready: float) -> float:
        """Return when the last of these bytes has left, for bytes that are ready at that time."""
        self.free_at = max(self.free_at, ready) + size * 8 / bits_a_second
        return self.free_at


class Road:
    """The proxy, in a thread of its own. `profile` may change while it runs; `cut` refuses and breaks everything."""

    def __init__(self, office_port: int):
        self.office_port = office_port
        self.profile = FAST
        self.wire = Wire()
        self.cut = False
        self.port = 0
        self.lanes = {"down": Lane(), "up": Lane()}
        self.open: set[asyncio.StreamWriter] = set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def start(self) -> "Road":
        """Listen at a free port."""
        self.thread.start()
        server = self._run(asyncio.start_server(self._connection, "127.0.0.1", 0, limit=CHUNK))
        self.port = server.sockets[0].getsockname()[1]
        return self

    def use(self, profile: Profile) -> None:
        """From now on the road is like this; connections of before are closed, so that none is warm."""
        self.profile = profile
        self._run(self._close_all())

    def cut_off(self, cut: bool) -> None:
        """No signal at all, or signal again."""
        self.cut = cut
        self._run(self._close_all())

    def stop(self) -> None:
        """Close everything."""
        self._run(self._close_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    async def _close_all(self) -> None:
        for writer in self.open:
            writer.transport.abort()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened = time.monotonic()
        if self.cut:
            writer.transport.abort()
            return
        connection = self.wire.connected()
        to_office = None
        try:
            from_office, to_office = await asyncio.open_connection("127.0.0.1", self.office_port, limit=CHUNK)
            self.open |= {writer, to_office}
            # the handshake: what the phone says cannot leave it before its SYN was answered
            established = opened + self.profile.round_trip
            await asyncio.gather(
                self._carry("up", reader, to_office, connection.up, established),
                self._carry("down", from_office, writer, connection.down, 0.0),
            )
        except OSError:
            pass
        finally:
            for each in (writer, to_office):
                if each:
                    self.open.discard(each)
                    each.close()

    async def _carry(
        self,
        direction: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        note: Callable[[bytes], None],
        not_before: float,
    ) -> None:
        """Read at the speed of the link, and hand over half a round trip later."""
        arriving: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivery = asyncio.create_task(self._deliver(arriving, writer, note))
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                profile = self.profile
                bits = profile.down if direction == "down" else profile.up
                left = self.lanes[direction].send(len(data), bits, max(time.monotonic(), not_before))
                arriving.put_nowait((left + profile.round_trip / 2, data))
                await asyncio.sleep(left - time.monotonic() - AHEAD_S)
        arriving.put_nowait((time.monotonic() + self.profile.round_trip / 2, b""))
        await delivery

    async def _deliver(
        self, arriving: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter, note: Callable[[bytes], None]
    ) -> None:
        while True:
            at, data = await arriving.get()
            await asyncio.sleep(at - time.monotonic())
            if not data or writer.is_closing():
                break
            note(data)
            writer.write(data)
        with contextlib.suppress(OSError):
            if writer.can_write_eof():
                writer.write_eof()
