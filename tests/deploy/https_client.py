"""A client over real HTTPS with the calls that `tests.phone.Phone` makes of Flask's test client."""

import gzip
import http.client
import json as json_module
import ssl
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """An answer of the server, with the names that Flask's test responses have."""

    status_code: int
    headers: Message
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()

    @property
    def json(self) -> Any:
        return self.get_json()

    def get_json(self) -> Any:
        return json_module.loads(self.data)

    def get_data(self, as_text: bool = False) -> Any:
        return self.text if as_text else self.data


class HttpsClient:
    """Speaks HTTP/1.1 over TLS to one port of this machine, a connection a request, and keeps Secure cookies."""

    def __init__(self, host: str, port: int):
        self.site = f"{host}:{port}"
        self.port = port
        self.host = host
        self.cookies: dict[str, str] = {}

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        given = {"Host": self.site, **(headers or {})}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=trusting(self.host))
        try:
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return self._kept(Answer(answer.status, answer.headers, answer.read()))
        finally:
            connection.close()

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self.request("GET", path, headers=headers)

    def head(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self.request("HEAD", path, headers=headers)

    def post(self, path: str, data: Any = b"", json: Any = None, headers: dict[str, str] | None = None) -> Answer:
        if json is not None:
            return self._send("POST", path, json_module.dumps(json).encode(), "application/json", headers)
        body = urlencode(data).encode() if isinstance(data, dict) else data
        return self._send("POST", path, body, FORM, headers)

    def patch(self, path: str, data: bytes, headers: dict[str, str], content_type: str) -> Answer:
        return self._send("PATCH", path, data, content_type, headers)

    def _send(self, method: str, path: str, body: bytes, kind: str, headers: dict[str, str] | None) -> Answer:
        return self.request(method, path, body, {"Content-Type": kind, **(headers or {})})

    def _kept(self, answer: Answer) -> Answer:
        for line in answer.headers.get_all("Set-Cookie") or ():
            pair, *flags = line.split("; ")
            assert "Secure" in flags, f"this cookie would go over plain HTTP too: {line}"
            name, _, value = pair.partition("=")
            self.cookies[name] = value
        encoded = answer.headers.get("Content-Encoding") == "gzip" and answer.data
        return Answer(answer.status_code, answer.headers, gzip.decompress(answer.data)) if encoded else answer


def trusting(host: str, *protocols: str) -> ssl.SSLContext:
    """A context that takes any certificate and asks for `host` by name."""

    class Named(ssl.SSLContext):
        def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
            return super().wrap_socket(*args, **{**options, "server_hostname": host})

    context = Named(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context
