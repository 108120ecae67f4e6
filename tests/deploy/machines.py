"""The program and a proxy as `docs/deploy.md` sets them up, on high ports of this machine, and a certificate."""

import datetime as dt
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.rules.sources import ROOT

HOST = "fieldapp.example.org"
ADDRESS = "127.0.0.1"
START_SECONDS = 30
FIELDAPP = str(Path(sys.executable).with_name("fieldapp"))


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(folder: Path, *words: str, typed: str = "") -> None:
    """Runs the `fieldapp` command to its end."""
    command = [FIELDAPP, *words]
    subprocess.run(command, env=environment(folder), input=typed, text=True, check=True, stdout=subprocess.DEVNULL)


def environment(folder: Path) -> dict[str, str]:
    """The settings of an office behind one proxy."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
    return {**kept, "FIELDAPP_DATA_DIR": str(folder / "data"), "FIELDAPP_TRUSTED_PROXIES": "1"}


class Process:
    """A program that runs until it is stopped; `ready` is a URL that answers once it has started."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path, port: int):
        self.command, self.env, self.log, self.port = command, env, log, port
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(self.command, env=self.env, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not listens(self.port):
            if self.ended() or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"{self.command[0]} does not listen: {self.log.read_text()[-600:]}")

    def ended(self, within: float = 0.05) -> bool:
        """Whether the program has ended, or ends within so many seconds."""
        try:
            self.running.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """kill -9."""
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    def stop(self) -> None:
        self.running.terminate()
        self.running.wait(timeout=20)


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def serve(folder: Path) -> Process:
    """`fieldapp serve` on a database that is set up."""
    port = free_port()
    command = [FIELDAPP, "serve", "--port", str(port)]
    return Process(command, environment(folder), folder / "server.out", port)


def make_certificate(folder: Path) -> None:
    """Writes a certificate for HOST, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))


def nginx(folder: Path, upstream: int) -> tuple[Process, int]:
    """nginx with deploy/nginx.conf, whose ports and places are changed; returns its plain port too."""
    make_certificate(folder)
    port, plain = free_port(), free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}").replace("listen 80", f"listen 127.0.0.1:{plain}")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}").replace("/etc/ssl/fieldapp", str(folder))
    text = text.replace("/var/log/nginx", str(folder))
    own = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/nginx.pid; daemon off; worker_processes 1; events {{}}\nhttp {{ {own}\n{text}\n}}"
    )
    command = [
        where("nginx"),
        "-p",
        str(folder),
        "-e",
        str(folder / "nginx-start.log"),
        "-c",
        str(folder / "nginx.conf"),
    ]
    return Process(command, dict(os.environ), folder / "nginx.out", port), plain


def caddy(folder: Path, upstream: int) -> tuple[Process, int]:
    """Caddy with deploy/Caddyfile, whose ports and places are changed; returns its plain port too."""
    make_certificate(folder)
    site = f"\ttls {folder}/fullchain.pem {folder}/privkey.pem\n\tbind 127.0.0.1\n"
    return _caddy(folder, upstream, lambda text: text.replace("\tencode gzip", f"{site}\tencode gzip"))


def caddy_for_a_phone(folder: Path, upstream: int) -> tuple[Process, Path]:
    """Caddy with deploy/Caddyfile as the guide changes it for one's own phone; returns the root certificate too."""
    own = f"{ADDRESS} {{\n\ttls internal\n\tbind {ADDRESS}"
    process, _plain = _caddy(folder, upstream, lambda text: text.replace(f"{HOST} {{", own))
    return process, folder / "share" / "caddy" / "pki" / "authorities" / "local" / "root.crt"


def _caddy(folder: Path, upstream: int, change: Callable[[str], str]) -> tuple[Process, int]:
    port, plain = free_port(), free_port()
    text = change((ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8"))
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}").replace("/var/log/caddy", str(folder))
    text = re.sub(
        r"^\{\n", f"{{\n\tadmin off\n\tskip_install_trust\n\thttp_port {plain}\n\thttps_port {port}\n", text, flags=re.M
    )
    (folder / "Caddyfile").write_text(text)
    env = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "share"), "XDG_CONFIG_HOME": str(folder)}
    command = [where("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    return Process(command, env, folder / "caddy.out", port), plain


def where(name: str) -> str:
    """The program's path."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise FileNotFoundError(name)
    return found
