"""pytest plugin: tests reach this machine only; a connection to any other ends the test with a sentence."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class NetworkIsOff(AssertionError):
    """A test tried to reach another machine."""


def is_here(family: int, address: Any) -> bool:
    """Whether the address is a Unix socket or the loopback interface."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0])
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def network_is_off() -> Iterator[None]:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse(sock: socket.socket, address: Any) -> None:
        if not is_here(sock.family, address):
            raise NetworkIsOff(f"A test reached for {address}. Give the code a server on 127.0.0.1 or a fake instead.")

    def guarded_connect(sock: socket.socket, address: Any) -> None:
        refuse(sock, address)
        return connect(sock, address)

    def guarded_connect_ex(sock: socket.socket, address: Any) -> int:
        refuse(sock, address)
        return connect_ex(sock, address)

    socket.socket.connect, socket.socket.connect_ex = guarded_connect, guarded_connect_ex  # type: ignore[method-assign]
    yield
    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex  # type: ignore[method-assign]
