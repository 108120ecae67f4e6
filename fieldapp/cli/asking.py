"""Questions on the terminal: an option that was not given is asked for, a password never shows."""

import getpass
import sys

from fieldapp.domain.errors import Invalid


def answer(given: str | None, question: str, option: str) -> str:
    """Return the option's value, or ask for it. Raises Invalid where nobody is there to answer."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Invalid({option: f"Give {option}: nobody is at the terminal to be asked."})
    return input(f"{question}: ").strip()


def password(whose: str) -> str:
    """Return a password typed twice, or one line of standard input where that is no terminal. Raises Invalid."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise Invalid({"password": f"Write the password for {whose} to standard input, on one line."})
        return line
    first = getpass.getpass(f"Password for {whose}: ")
    if getpass.getpass("The same again: ") != first:
        raise Invalid({"password": "The two passwords differ. Nothing was changed; try again."})
    return first
