"""What can go wrong on the road, drawn from a seed and counted when it has really happened."""

import threading
from collections import Counter
from random import Random

REQUEST_DROPPED = "request dropped"
ANSWER_DROPPED = "answer dropped after the commit"
REQUEST_CUT = "request cut in its middle"
ANSWER_CUT = "answer cut in its middle"
DELAYED = "delayed"
ERROR_500 = "error 500"
ERROR_502 = "error 502, a page"
PORTAL = "captive portal"
TWICE = "delivered twice"
SERVER_KILLED = "server killed"
BROWSER_KILLED = "browser killed"
SESSION_OVER = "session over (401)"

BY_THE_PROXY = (
    REQUEST_DROPPED,
    ANSWER_DROPPED,
    REQUEST_CUT,
    ANSWER_CUT,
    DELAYED,
    ERROR_500,
    ERROR_502,
    PORTAL,
    TWICE,
)
EVERY_KIND = (*BY_THE_PROXY, SERVER_KILLED, BROWSER_KILLED, SESSION_OVER)
# these tear apart what is sent, so there must be something
NEED_A_BODY = (REQUEST_CUT,)
# the rest of a page comes again by itself; what is sent is what must survive
SHARE_OF_PAGES = 0.1


class Faults:
    """Decides what happens to each request. Each kind comes once before any comes again."""

    def __init__(self, random: Random, share: float):
        """`share` of the requests that carry submissions or photos go wrong while `on`."""
        self.random, self.share = random, share
        self.on = False
        self.counts: Counter[str] = Counter()
        self.on_pages = 0
        self._deck: list[str] = []
        self._ordered: list[str] = []
        self._lock = threading.Lock()

    def order(self, kind: str) -> None:
        """The next request that carries something gets this one."""
        with self._lock:
            self._ordered.append(kind)

    def draw(self, *, wire: bool, body: int) -> str | None:
        """The fault for a request whose body has so many bytes; None when it is let through."""
        with self._lock:
            if not self.on:
                return None
            if wire and self._ordered:
                return self._ordered.pop()
            if self.random.random() >= (self.share if wire else SHARE_OF_PAGES):
                return None
            return self._next(body)

    def chance(self, least: float, most: float) -> float:
        """A number in between, such as seconds of a delay."""
        with self._lock:
            return self.random.uniform(least, most)

    def happened(self, kind: str, *, wire: bool = True) -> None:
        """Counts a fault that was really injected."""
        with self._lock:
            if wire:
                self.counts[kind] += 1
            else:
                self.on_pages += 1

    def missing(self) -> list[str]:
        """The kinds that never happened."""
        return [kind for kind in EVERY_KIND if not self.counts[kind]]

    def _next(self, body: int) -> str:
        if not self._deck:
            self._deck = list(BY_THE_PROXY)
            self.random.shuffle(self._deck)
        fitting = [kind for kind in self._deck if body > 1 or kind not in NEED_A_BODY]
        kind = fitting[0] if fitting else DELAYED
        if kind in self._deck:
            self._deck.remove(kind)
        return kind
