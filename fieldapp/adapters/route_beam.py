"""A search for a cheaper order of a day's stops, a stop at a time, that often proves that there is none.

Of two beginnings of a day that made the same stops and end at the same one, the one with more travel and a later time
is dropped. So is one after which some stop is out of reach, and one that cannot become cheaper than the order given.
Windows leave so few of them that all can be kept, and what is found is best. Where they are too many, the most
promising are kept.
"""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from fieldapp.adapters.route_bounds import NEVER
from fieldapp.adapters.route_bounds import SPAN
from fieldapp.adapters.route_bounds import Bounds
from fieldapp.adapters.route_bounds import Flags
from fieldapp.adapters.route_bounds import Ints
from fieldapp.adapters.route_bounds import Words
from fieldapp.adapters.route_bounds import bounds
from fieldapp.adapters.route_polish import day_cost

FEW_STOPS = 25
"""So many stops are searched again and again in the time that a beam takes."""

BEAMS = ((2000, 18), (1000, 8))
"""How many beginnings are kept, and how many places each stop may be from where it was."""


@dataclass(frozen=True)
class _Layer:
    """Beginnings of a day with equally many stops, an entry of each column for each.

    `cost`: the least that any day which begins so costs. `before`: the entry of the last layer that this continues.
    """

    made: Words
    last: Ints
    fed: Flags
    travel: Ints
    now: Ints
    cost: Ints
    before: Ints

    def only(self, chosen: Any) -> "_Layer":
        return _Layer(*(column[chosen] for column in vars(self).values()))

    def and_also(self, other: "_Layer") -> "_Layer":
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        return _Layer(*(np.concatenate(columns) for columns in both))

    def __len__(self) -> int:
        return len(self.last)


class _Near:
    """The order that a search stays near to: each stop's place in it, and what its two legs cost above the least."""

    def __init__(self, order: list[int], moved: int, known: Bounds):
        way = [-1, *order, -1]
        legs = known.excess[way[:-1], way[1:]]
        self.moved, self.bits = moved, known.bits
        self.place, self.usual = np.zeros(len(order), dtype=np.int64), np.zeros(len(order), dtype=np.int64)
        self.place[order] = np.arange(len(order))
        self.usual[order] = (legs[:-1] + legs[1:]) // 2
        self.order = order

    def allowed(self, place: int) -> Flags:
        """Whether each stop may have this place."""
        flags: Flags = np.abs(self.place - place) <= self.moved
        return flags

    def due(self, place: int) -> Words:
        """The bits of the stops that must have this place at the latest."""
        words: Words = np.bitwise_or.reduce(self.bits[self.order[: max(0, place - self.moved + 1)]], axis=0)
        return words


class Beam:
    """Searches among the orders of all stops of one problem, as `route_worker.solve` takes it, until a time.

    There must be an order that holds. `proved`: nothing is cheaper than the best of what `better` gave.
    """

    def __init__(self, problem: dict[str, Any], until: float):
        self.problem = problem
        self.known = bounds(problem)
        self.lunch = problem["lunch"]
        self.shift = problem["shift"]
        self.until = until
        self.few = len(problem["stops"]) <= FEW_STOPS
        self.proved = False
        self._tried: int | None = None

    def better(self, order: list[int]) -> list[int]:
        """An order that costs no more than this one, which must hold."""
        order = self._best(order)
        if self.proved or self.few:
            return order
        cost, beams = day_cost(self.problem, order), [*BEAMS]
        while cost is not None and beams:
            width, moved = beams[0]
            found, _ = self._cheaper(cost, width, _Near(order, moved, self.known))
            order, beams = (found, [*BEAMS]) if found else (order, beams[1:])
            cost = day_cost(self.problem, order)
        return self._best(order)

    def _best(self, order: list[int]) -> list[int]:
        """The best of all orders where so few are promising; it is not tried twice below the same cost."""
        cost = day_cost(self.problem, order)
        if cost is None or (self._tried is not None and cost >= self._tried):
            return order
        self._tried = cost
        found, self.proved = self._cheaper(cost, 1000 if self.few else 3000, None)
        return found or order

    def _cheaper(self, cost: int, width: int, near: _Near | None) -> tuple[list[int] | None, bool]:
        """An order that costs less than this, if one is found, and whether no other can cost less still.

        Without an order to stay near to, the search ends where more beginnings than `width` would have to be kept.
        """
        layers = [self._start()]
        for place in range(len(self.known.bits)):
            layer = _best_of_each(self._longer(layers[-1], place, cost, near))
            if (near is None and len(layer) > width) or time.monotonic() >= self.until:
                return None, False
            if not len(layer):
                return None, near is None
            layers.append(_most_promising(layer, width, near) if near else layer)
        return self._finish(layers, cost), near is None

    def _start(self) -> _Layer:
        """The beginning without a stop."""
        none = np.zeros(1, dtype=np.int64)
        made = np.zeros((1, self.known.bits.shape[1]), dtype=np.uint64)
        fed, now = np.array([not self.lunch]), none + self.shift[0]
        return _Layer(made, none - 1, fed, none, now, none + self.known.least, none)

    def _longer(self, layer: _Layer, place: int, cost: int, near: _Near | None) -> _Layer:
        """All beginnings of one stop more from which a day can still be made that costs less."""
        known = self.known
        left = ~_made(layer, len(known.bits))
        left &= layer.cost[:, None] + known.excess[layer.last, :-1] < cost
        left &= layer.now[:, None] + known.drive[layer.last, :-1] <= known.latest[:-1]
        if near:
            left &= near.allowed(place)
        entry, stop = np.nonzero(left)
        longer = self._went(layer, entry, stop, fed=layer.fed[entry])
        if self.lunch:
            hungry = np.flatnonzero(~layer.fed[entry])
            eaten = self._went(layer, entry[hungry], stop[hungry], fed=None)
            longer = longer.and_also(eaten)
        longer = longer.only((longer.cost < cost) & (longer.now < NEVER))
        must = known.out_of_reach(longer.last, longer.now)
        if near:
            must = must | near.due(place)
        return longer.only((must & ~longer.made == 0).all(axis=1))

    def _went(self, layer: _Layer, entry: Ints, stop: Ints, fed: Flags | None) -> _Layer:
        """These entries with this stop made; where `fed` is None, with lunch on the way to it."""
        known, last, left = self.known, layer.last[entry], layer.now[entry]
        drive = known.drive[last, stop]
        ready = left + drive if fed is not None else self._eat(left, drive)
        begin = known.begin(stop, ready)
        waited = begin - left - drive - (0 if fed is not None else self.lunch["seconds"])
        now = np.where(begin <= known.latest[stop], begin + known.service[stop], NEVER)
        return _Layer(
            made=layer.made[entry] | known.bits[stop],
            last=stop,
            fed=np.ones(len(entry), dtype=bool) if fed is None else fed,
            travel=layer.travel[entry] + drive,
            now=now,
            cost=layer.cost[entry] + known.excess[last, stop] + waited,
            before=entry,
        )

    def _eat(self, left: Ints, drive: Ints) -> Ints:
        """When a leg and lunch at its beginning or end are done, whichever is sooner."""
        done = np.full(len(left), NEVER)
        for start, rest in ((left, drive), (left + drive, 0)):
            start = np.maximum(start, self.lunch["earliest"])
            over = start + self.lunch["seconds"] + rest
            done = np.minimum(done, np.where(start <= self.lunch["latest"], over, NEVER))
        return done

    def _finish(self, layers: list[_Layer], cost: int) -> list[int] | None:
        """The cheapest order of the last layer, if it costs less."""
        full = layers[-1]
        drive = self.known.drive[full.last, -1]
        back = full.now + drive
        if self.lunch:
            back = np.where(full.fed, back, self._eat(full.now, drive))
        total = self.problem["travel_weight"] * (full.travel + drive) + back - self.shift[0]
        total = np.where(back <= self.shift[1], total, cost)
        entry = int(total.argmin())
        if total[entry] >= cost:
            return None
        order = []
        for layer in reversed(layers[1:]):
            order.append(int(layer.last[entry]))
            entry = int(layer.before[entry])
        return order[::-1]


def _best_of_each(layer: _Layer) -> _Layer:
    """Without those that another one equals in what is made and excels in travel and time."""
    at = layer.last * 2 + layer.fed
    layer = layer.only(np.lexsort((layer.now, layer.travel, at, *layer.made.T)))
    at = layer.last * 2 + layer.fed
    new = np.ones(len(layer), dtype=bool)
    new[1:] = (layer.made[1:] != layer.made[:-1]).any(axis=1) | (at[1:] != at[:-1])
    # Sorted by travel, one is worth keeping that is sooner than all before it; each group is below the last one.
    now = layer.now - np.cumsum(new) * SPAN
    new[1:] |= now[1:] < np.minimum.accumulate(now)[:-1]
    return layer.only(new)


def _most_promising(layer: _Layer, width: int, near: _Near) -> _Layer:
    """Those that cost least above what their stops cost in the order that is to be bettered."""
    if len(layer) <= width:
        return layer
    above = layer.cost - _made(layer, len(near.usual)) @ near.usual
    return layer.only(np.argsort(above, kind="stable")[:width])


def _made(layer: _Layer, count: int) -> Flags:
    """Whether each entry has made each of so many stops."""
    stop = np.arange(count)
    flags: Flags = (layer.made[:, stop // 64] >> (stop % 64).astype(np.uint64)) & np.uint64(1) == 1
    return flags
