"""Kills a browser as a phone does that runs out of memory or battery: at once, with nothing said before."""

import os
import signal
import subprocess
from pathlib import Path

CHILDREN = ("--type=", "-contentproc")


def kill_browser(profile: Path) -> None:
    """SIGKILL for the browser on this profile; its children end with it."""
    listed = subprocess.run(["ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        pid, _space, command = line.strip().partition(" ")
        if str(profile) in command and not any(f" {child}" in command for child in CHILDREN):
            os.kill(int(pid), signal.SIGKILL)
