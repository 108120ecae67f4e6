"""`fieldapp roads`: builds with Valhalla's own programs (stand-ins here), and hands over to its service."""

import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.adapters import road_environment
from tests.cli.conftest import Run

PBF = b"\x00\x00\x00\x0e\n\tOSMHeader\x18"
CONFIG = '{"mjolnir": {}, "thor": {"costmatrix": {}, "service": {}}, "loki": {"service": {}}, "odin": {"service": {}}, "service_limits": {"auto": {}}, "httpd": {"service": {}}}'  # fmt: skip  # noqa: E501
PYTHON = f"""#!/bin/sh
case "$*" in
  *print_bin_path*) dirname "$0" ;;
  *valhalla_build_config*) echo '{CONFIG}' ;;
esac
"""
BUILD = """#!/bin/sh
echo built with $2
grep -q broken "$3" && exit 3
grep -q empty "$3" || { mkdir -p tiles/0 && echo tile > tiles/0/1.gph; }
"""
SERVICE = """#!/bin/sh
echo serves "$@" in $(basename $(pwd)); exec sleep 30
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose environment is there, with stand-ins for its programs."""
    bin = tmp_path / "data" / "roads" / "python" / "bin"
    bin.mkdir(parents=True)
    for name, text in (("python", PYTHON), ("valhalla_build_tiles", BUILD), ("valhalla_service", SERVICE)):
        (bin / name).write_text(text)
        (bin / name).chmod((bin / name).stat().st_mode | stat.S_IXUSR)
    (bin.parent / road_environment.MARK).write_text(road_environment.PINNED.read_text())
    return tmp_path / "data" / "roads"


def osm(tmp_path: Path, more: bytes = b"") -> str:
    file = tmp_path / "region.osm.pbf"
    file.write_bytes(PBF + more)
    return str(file)


def test_a_build_is_what_is_served_next(run: Run, data: Path, tmp_path: Path) -> None:
    ran = run("roads", "build", osm(tmp_path))

    assert ran.code == 0, ran.err
    assert "1 tiles" in ran.out
    assert "FIELDAPP_ROADS_URL=http://127.0.0.1:8002" in ran.out
    built = data / (data / "current").read_text()
    assert str(built / "tiles") in (built / "valhalla.json").read_text()


@pytest.mark.parametrize(("more", "said"), [(b"broken", "build.log says why"), (b"empty", "holds no roads")])
def test_a_build_that_fails_leaves_the_roads_of_before(
    run: Run, data: Path, tmp_path: Path, more: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("roads", "build", osm(tmp_path))
    before = (data / "current").read_text()
    (data / before).rename(data / "20200101T000000Z")
    (data / "current").write_text("20200101T000000Z")
    ran = run("roads", "build", osm(tmp_path, more))

    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert (data / "current").read_text() == "20200101T000000Z"


def test_what_is_no_map_data_is_refused_before_anything_is_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    assert "is no OpenStreetMap data" in run("roads", "build", str(tmp_path / "letter.txt")).err
    assert "cannot be read" in run("roads", "build", str(tmp_path / "nowhere.osm.pbf")).err
    assert not (tmp_path / "data" / "roads").exists()


def test_a_python_that_is_too_old_or_none_is_told_with_the_remedy(run: Run, tmp_path: Path) -> None:
    ran = run("roads", "build", "--python", str(tmp_path / "no-python"), osm(tmp_path))
    assert ran.code == 1
    assert "needs Python 3.12" in ran.err


def test_nothing_built_is_not_served(run: Run) -> None:
    assert "Run `fieldapp roads build" in run("roads", "serve").err


def test_a_port_that_is_taken_is_named(run: Run, data: Path, tmp_path: Path) -> None:
    run("roads", "build", osm(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} is in use" in run("roads", "serve", "--port", str(port)).err
    assert "--port must lie" in run("roads", "serve", "--port", "0").err


def test_serve_becomes_the_service_on_this_machine_alone(run: Run, data: Path, tmp_path: Path) -> None:
    run("roads", "build", osm(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as asked:
        port = asked.getsockname()[1]
    command = [sys.executable, "-c", "import sys; from fieldapp.cli.main import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, "roads", "serve", "--port", str(port)],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"FIELDAPP_DATA_DIR": str(data.parent)},
    ) as served:  # fmt: skip
        assert served.stdout is not None
        assert f"http://127.0.0.1:{port}" in served.stdout.readline()
        assert served.stdout.readline() == f"serves valhalla.json 2 in run-{port}\n"
        served.send_signal(signal.SIGTERM)
    assert served.returncode == -signal.SIGTERM
    assert f"tcp://127.0.0.1:{port}" in (data / f"run-{port}" / "valhalla.json").read_text()
