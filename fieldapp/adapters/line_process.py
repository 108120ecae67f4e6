"""A long-lived child process that answers a line for each line, within a time limit or not at all."""

import os
import subprocess
import threading
import weakref
from collections.abc import Sequence

GRACE_S = 1.0
"""How long a child has to end by itself once its standard input is closed."""


class LineProcessFailed(Exception):
    """The child ended, hung until it was killed, or could not be started."""


class LineProcess:
    """One child process, started when first needed and again after it has died.

    Safe to use from several threads, which take turns, and after `fork`, where each process has a child of its own.
    The child is started anew (`exec`), so it inherits neither the threads nor the locks of a web server.
    """

    def __init__(self, command: Sequence[str]):
        self._command = list(command)
        self._turn = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._end: weakref.finalize[[subprocess.Popen[str]], LineProcess] | None = None
        _all.add(self)

    def ask(self, line: str, timeout_s: float) -> str:
        """The child's answer, without its line end. Seconds count from when it is our turn, which is awaited as long.

        Raises `LineProcessFailed`; the next call then begins with a new child.
        """
        if not self._turn.acquire(timeout=timeout_s):
            raise LineProcessFailed("busy")
        try:
            return self._exchange(self._running(), line, timeout_s)
        except OSError as error:
            raise LineProcessFailed(type(error).__name__) from error
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the child; a later `ask` starts another."""
        with self._turn:
            self._stop()

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def _running(self) -> "subprocess.Popen[str]":
        if self._child is None or self._child.poll() is not None:
            self._stop()
            self._child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii"
            )
            self._end = weakref.finalize(self, _end, self._child)
        return self._child

    def _exchange(self, child: "subprocess.Popen[str]", line: str, timeout_s: float) -> str:
        assert child.stdin is not None
        assert child.stdout is not None
        # Killing the child ends whatever we are waiting for: a full pipe as well as a missing answer.
        alarm = threading.Timer(timeout_s, child.kill)
        alarm.daemon = True
        alarm.start()
        try:
            child.stdin.write(line + "\n")
            child.stdin.flush()
            answer = child.stdout.readline()
        except BaseException:
            self._stop()
            raise
        finally:
            alarm.cancel()
        if not answer.endswith("\n"):
            self._stop()
            raise LineProcessFailed("no answer")
        return answer[:-1]

    def _stop(self) -> None:
        if self._end:
            self._end()
        self._child, self._end = None, None

    def _forget(self) -> None:
        """Begin anew in a forked process: the child is the parent's, who goes on using it."""
        if self._end:
            self._end.detach()
        if self._child:
            self._child.returncode = 0  # else deleting it here would wait for a process that is not our child
        self._turn = threading.Lock()
        self._child, self._end = None, None


def _end(child: "subprocess.Popen[str]") -> None:
    """Close the pipes, wait a moment, then kill."""
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe:
                pipe.close()
        except OSError:  # what was still to be written to a dead child
            pass
    try:
        child.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


_all: "weakref.WeakSet[LineProcess]" = weakref.WeakSet()


def _after_fork() -> None:
    for each in list(_all):
        each._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
