"""What the windows and the roads of a day allow: which stop may follow which, until when, and at what least cost."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]

NEVER = 1 << 40
"""Seconds after all days."""

FAR = 1 << 60
"""A cost above that of all days."""

SPAN = 1 << 41
"""More than any time, so that a stop's number times this, and a time, are one number to be sorted by."""


@dataclass(frozen=True)
class Bounds:
    """A day in arrays. Rows and columns are its stops, then start (as a row) and end (as a column) as the last one.

    `excess`: what going from one to another adds to `least`, the least cost of all days; FAR where no day does.
    `latest`: when a visit begins at the latest. `bits`: a stop's bit in the words that say which stops were made.
    """

    drive: Ints
    service: Ints
    opens: Ints
    closes: Ints
    latest: Ints
    excess: Ints
    least: int
    bits: Words
    _turns: Ints
    _lost: Words

    def begin(self, stop: Ints, now: Ints) -> Ints:
        """When visits begin that are arrived at now: now, or as a window opens, or NEVER."""
        opens, closes = self.opens[stop], self.closes[stop]
        found: Ints = np.where(closes >= now[:, None], np.maximum(opens, now[:, None]), NEVER).min(axis=1)
        return found

    def out_of_reach(self, stop: Ints, now: Ints) -> Words:
        """The bits of the stops that begin too late for their windows when one leaves a stop now."""
        rank = np.searchsorted(self._turns, stop * SPAN + now) - stop * len(self.drive)
        lost: Words = self._lost[stop, rank]
        return lost


def bounds(problem: dict[str, Any]) -> Bounds:
    """The bounds of all days that make every stop of a problem of `route_worker.solve`; there must be such a day."""
    drive, service, opens, closes = _arrays(problem)
    early, late = problem["shift"]
    count, lunch = len(drive) - 1, problem["lunch"]
    reach = _reach(drive, service)
    latest = np.minimum(np.append(closes.max(axis=1), late), late - service - np.append(reach[:-1, count], 0))
    soonest = np.maximum(np.append(opens.min(axis=1), early), early + np.append(reach[count, :-1], 0)) + service
    follows = _follows(soonest, latest, drive, reach, service)
    out, into = _potentials(np.where(follows, drive, NEVER))
    weight = problem["travel_weight"] + 1  # a second on the road is one of the day too
    least = weight * int(out.sum() + into.sum()) + int(service.sum()) + (lunch["seconds"] if lunch else 0)
    excess = np.where(follows, weight * (drive - out[:, None] - into), FAR)
    bits = _bits(count)
    turns, lost = _lost(latest - reach, bits)
    return Bounds(drive, service, opens, closes, latest, excess, least, bits, turns, lost)


def _arrays(problem: dict[str, Any]) -> tuple[Ints, Ints, Ints, Ints]:
    """Drives and services, and the windows: as many columns as the stop with most of them has."""
    stops, seconds = problem["stops"], np.array(problem["seconds"], dtype=np.int64)
    at = [stop["at"] for stop in stops]
    drive = seconds[np.ix_([*at, 0], [*at, 1])]
    service = np.array([*(stop["service"] for stop in stops), 0], dtype=np.int64)
    most = max(len(stop["windows"]) for stop in stops)
    windows = [[*stop["windows"], *[(NEVER, -1)] * (most - len(stop["windows"]))] for stop in stops]
    opens, closes = np.moveaxis(np.array(windows, dtype=np.int64), 2, 0)
    return drive, service, opens, closes


def _reach(drive: Ints, service: Ints) -> Ints:
    """The least seconds from leaving one to beginning at another, by way of others where that is sooner."""
    reach = drive.copy()
    np.fill_diagonal(reach, NEVER)
    for by in range(len(drive) - 1):
        reach = np.minimum(reach, reach[:, by, None] + service[by] + reach[by])
    return reach


def _follows(soonest: Ints, latest: Ints, drive: Ints, reach: Ints, service: Ints) -> Flags:
    """Whether a day may go straight from one to another: each third one must then fit in before or after both."""
    follows = soonest[:, None] + drive <= latest
    np.fill_diagonal(follows, False)
    done = np.maximum(soonest, soonest[:, None] + drive + service)  # with the second, straight from the first
    for third in range(len(drive) - 1):
        there = soonest[third] + reach[third]
        before = (np.maximum(soonest, there + service)[:, None] + drive <= latest) & (there <= latest)[:, None]
        after = done + reach[:, third] <= latest[third]
        before[-1], after[:, -1] = False, False  # nothing is before the start or after the end
        before[third], before[:, third] = True, True
        follows &= before | after
    return follows


def _potentials(cost: Ints) -> tuple[Ints, Ints]:
    """What leaving each costs and what coming to each does, in sum the least that an assignment of all costs.

    No entry of `cost` is less than its two potentials. It is the Hungarian method, a row at a time.
    """
    count = len(cost)
    cost = np.hstack([cost, np.zeros((count, 1), dtype=np.int64)])
    out, into = np.zeros(count, dtype=np.int64), np.zeros(count + 1, dtype=np.int64)
    row_of = np.full(count + 1, -1)  # the last column stands for the row that has none yet
    for row in range(count):
        row_of[count], column = row, count
        least, before = np.full(count + 1, FAR), np.full(count + 1, count)
        done = np.zeros(count + 1, dtype=bool)
        while row_of[column] >= 0:
            done[column] = True
            here = row_of[column]
            more = cost[here] - out[here] - into
            nearer = ~done & (more < least)
            least[nearer], before[nearer] = more[nearer], column
            column = int(np.where(done, FAR, least)[:count].argmin())
            step = least[column]
            out[row_of[done]] += step
            into[done] -= step
            least[~done] -= step
        while column != count:
            row_of[column] = row_of[before[column]]
            column = int(before[column])
    return out, into[:count]


def _bits(count: int) -> Words:
    """A row of words a stop, with its own bit set."""
    bits = np.zeros((count, (count + 63) // 64), dtype=np.uint64)
    each = np.arange(count)
    bits[each, each // 64] = np.uint64(1) << (each % 64).astype(np.uint64)
    return bits


def _lost(leave_by: Ints, bits: Words) -> tuple[Ints, Words]:
    """The times after which one stop more cannot be reached from each stop, sorted; and all those lost by then."""
    count = len(bits)
    leave_by = np.maximum(leave_by[:count], 0)
    leave_by[np.arange(count), np.arange(count)] = NEVER
    by_time = np.argsort(leave_by, axis=1, kind="stable")
    turns = np.take_along_axis(leave_by, by_time, axis=1) + np.arange(count)[:, None] * SPAN
    gone = np.vstack([bits, np.zeros((1, bits.shape[1]), dtype=np.uint64)])[by_time]  # the end is checked by `latest`
    none = np.zeros((count, 1, bits.shape[1]), dtype=np.uint64)
    return turns.ravel(), np.bitwise_or.accumulate(np.concatenate([none, gone], axis=1), axis=1)
