"""How one tries it on one's own phone: a site named by its address, with an issuer of its own that the phone trusts."""

import http.client
import ssl
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import people
from tests.deploy import machines
from tests.deploy.test_proxies import SETUP


def test_site_by_its_address_is_trusted_with_its_own_root_and_with_nothing_else(tmp_path: Path) -> None:
    try:
        machines.where("caddy")
    except FileNotFoundError:
        pytest.skip("caddy is not installed here: the way to try it on a phone was not tried with it")
    machines.program(tmp_path, *SETUP, typed=people.PASSWORD)
    with ExitStack() as stopping:
        server = machines.serve(tmp_path)
        stopping.callback(server.stop)
        proxy, root = machines.caddy_for_a_phone(tmp_path, server.port)
        stopping.callback(proxy.stop)

        with pytest.raises(ssl.SSLCertVerificationError):
            worker_of(proxy.port, ssl.create_default_context())
        answer = worker_of(proxy.port, ssl.create_default_context(cafile=root))

    assert (answer.status, answer.headers["Service-Worker-Allowed"]) == (200, "/")


def worker_of(port: int, trusted: ssl.SSLContext) -> http.client.HTTPResponse:
    connection = http.client.HTTPSConnection(machines.ADDRESS, port, timeout=20, context=trusted)
    try:
        connection.request("GET", "/worker.js")
        return connection.getresponse()
    finally:
        connection.close()
