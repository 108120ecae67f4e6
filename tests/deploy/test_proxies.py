"""The program behind nginx and behind Caddy, with the files in deploy/ as they are but for ports and places."""

import hashlib
import http.client
import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from fieldapp.models.engine import make_engine
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.user import User
from fieldapp.web.assets import asset
from tests import people
from tests.deploy import machines
from tests.deploy.https_client import Answer
from tests.deploy.https_client import HttpsClient
from tests.deploy.https_client import trusting
from tests.deploy.machines import HOST
from tests.deploy.machines import Process
from tests.phone import TUS
from tests.phone import Phone
from tests.phone import photo

SETUP = ("setup", "--agency", "Harbor", "--zone", "America/New_York", "--email", "ada@example.org", "--name", "Ada")
MEBIBYTE = 1024 * 1024


@dataclass
class Site:
    """An office behind a proxy: `port` is its HTTPS port, `plain` its HTTP port."""

    folder: Path
    server: Process
    port: int
    plain: int
    officer: User
    person: Supervisee

    def client(self) -> HttpsClient:
        return HttpsClient(HOST, self.port)

    def phone(self) -> Phone:
        """The officer's phone, signed in."""
        client = self.client()
        assert sign_in(client, self.officer).status_code == 303
        phone = Phone(client, self.officer.id)  # type: ignore[arg-type]  # it has the calls that a phone makes
        assert phone.enrol().status_code == 200
        return phone


def sign_in(client: HttpsClient, user: User, **headers: str) -> Answer:
    return client.post("/sign-in", {"email": user.email, "password": people.PASSWORD}, headers=headers)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    try:
        machines.where(request.param)
    except FileNotFoundError:
        pytest.skip(f"{request.param} is not installed here: the configuration in deploy/ was not tried with it")
    folder = tmp_path_factory.mktemp(request.param)
    folder.chmod(0o711)  # nginx's workers are another user
    machines.program(folder, *SETUP, typed=people.PASSWORD)
    officer, person = arrange(folder)
    with ExitStack() as stopping:
        server = machines.serve(folder)
        stopping.callback(server.stop)
        proxy, plain = getattr(machines, request.param)(folder, server.port)
        stopping.callback(proxy.stop)
        yield Site(folder, server, proxy.port, plain, officer, person)


def arrange(folder: Path) -> tuple[User, Supervisee]:
    engine = make_engine(f"sqlite:///{folder / 'data' / 'fieldapp.sqlite'}")
    with Session(engine, expire_on_commit=False) as session:
        officer = people.officer(session)
        person = people.supervisee(session, officer)
        session.commit()
    engine.dispose()
    return officer, person


def test_plain_http_leads_to_https(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.plain, timeout=10)
    connection.request("GET", "/today", headers={"Host": HOST})
    answer = connection.getresponse()
    connection.close()

    assert answer.status == 308
    assert answer.headers["Location"].startswith(f"https://{HOST}")


def test_signing_in_gives_a_secure_cookie_and_leads_on_within_the_site(site: Site) -> None:
    client = site.client()

    answer = sign_in(client, site.officer, Origin=f"https://{client.site}")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert client.get("/").headers["Location"] == "/today"


def test_request_from_another_site_is_refused_whatever_headers_it_forges(site: Site) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.7"}

    answer = sign_in(site.client(), site.officer, Origin="https://evil.example", **forged)

    assert answer.status_code == 403


def test_forged_scheme_does_not_make_the_site_insecure(site: Site) -> None:
    answer = site.client().get("/health", headers={"X-Forwarded-Proto": "http"})

    assert "Strict-Transport-Security" in answer.headers


def test_http_2_is_spoken(site: Site) -> None:
    context = trusting(HOST, "h2", "http/1.1")
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as plain, context.wrap_socket(plain) as secure:
        assert secure.selected_alpn_protocol() == "h2"


def test_photo_uploaded_through_the_proxy_survives_a_killed_server(site: Site) -> None:
    content = random.Random(4).randbytes(3 * MEBIBYTE)
    phone, shown = site.phone(), photo(content)
    visit = phone.visit(site.person, photos=[shown])
    assert phone.sync(visit)[0]["state"] == "stored"
    url = phone.begin_upload(visit, shown, len(content)).headers["Location"]
    assert phone.patch(url, 0, content[:MEBIBYTE]).status_code == 204

    site.server.kill()
    down = phone.patch(url, MEBIBYTE, content[MEBIBYTE : 2 * MEBIBYTE])
    site.server.start()
    offset = int(phone._client.head(url, headers=TUS).headers["Upload-Offset"])
    for start in range(offset, len(content), MEBIBYTE):
        assert phone.patch(url, start, content[start : start + MEBIBYTE]).status_code == 204

    assert down.status_code == 502
    assert offset == MEBIBYTE
    sha256 = hashlib.sha256(content).hexdigest()
    stored = site.folder / "data" / "blobs" / "photos" / sha256[:2] / sha256
    assert stored.read_bytes() == content
    assert phone.sync(visit)[0]["state"] == "same"


def test_too_large_a_part_gets_the_programs_own_sentence(site: Site) -> None:
    phone, content = site.phone(), bytes(2 * MEBIBYTE)
    shown = photo(content)
    url = phone.begin_upload(phone.visit(site.person, photos=[shown]), shown, len(content)).headers["Location"]

    answer = phone.patch(url, 0, content[: MEBIBYTE + 1])

    assert answer.status_code == 413
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_text_is_compressed_and_asked_for_again_by_its_tag(site: Site) -> None:
    client, wants = site.client(), {"Accept-Encoding": "gzip"}
    first = client.get(asset("css/app.css"), headers=wants)

    again = client.get(asset("css/app.css"), headers={**wants, "If-None-Match": first.headers["ETag"]})

    assert first.headers["Content-Encoding"] == "gzip"
    assert (again.status_code, again.data) == (304, b"")


def test_pages_are_kept_by_nobody(site: Site) -> None:
    assert site.client().get("/sign-in").headers["Cache-Control"] == "no-store"


def test_logs_hold_no_query_string_and_no_cookie(site: Site) -> None:
    client = site.client()
    sign_in(client, site.officer)
    asked = "/people?q=Surname"
    assert client.get("/calendar/feed.ics?key=Sesame").status_code == 404
    client.get(asked, headers={"Referer": f"https://{client.site}/people?q=Earlier"})
    site.server.kill()
    assert client.get(asked).status_code == 502
    site.server.start()

    logs = [file for file in site.folder.iterdir() if file.suffix in (".log", ".out")]
    written = "".join(file.read_text() for file in logs)

    assert "/people" in written
    assert "/calendar/feed.ics" in written
    for private in ("Surname", "Earlier", "Sesame", client.cookies["fieldapp"], site.officer.email):
        assert private not in written
