"""Waiting until the machine is at rest: what ran before still shows in times taken right after it."""

import os
import time

QUIET = 0.5
LONGEST_S = 300


def load_at_rest() -> float:
    """The load of the last minute once it is low, or after five minutes as it is then."""
    until = time.monotonic() + LONGEST_S
    while (load := os.getloadavg()[0]) > QUIET and time.monotonic() < until:
        time.sleep(5)
    return load
