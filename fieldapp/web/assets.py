"""Static files with a hash in their address, so that they may be kept for a year; and the worker's folder."""

import hashlib
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin

from flask import Flask
from flask import Response
from flask import request

STATIC = Path(__file__).parent.parent / "static"
PACKAGED = Path(__file__).parent.parent / "service_worker"
IMPORTS = re.compile(r"""^(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]""", re.MULTILINE)
WORKER = PACKAGED if PACKAGED.is_dir() else Path(__file__).parent.parent.parent / "service-worker"


def init_assets(app: Flask) -> None:
    """Give templates `asset()`, `modules()` and the program's version, and let versioned answers be kept."""
    app.jinja_env.globals.update(asset=asset, modules=modules, app_version=version("fieldapp"))
    app.after_request(_keep_versioned)


@cache
def asset(path: str) -> str:
    """Return the address of a static file with the first 10 hex digits of its SHA-256. Raises FileNotFoundError."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()
    return f"/static/{path}?v={digest[:10]}"


@cache
def modules(entry: str) -> tuple[str, ...]:
    """Return the addresses of all modules that a page module needs, so that a page can ask for them at once.

    Without it, the browser learns of each from the one before, a round trip at a time. What a module imports later
    (`import()`) is not among them. Raises FileNotFoundError.
    """
    found: dict[str, None] = {}
    waiting = [f"/static/{entry}"]
    while waiting:
        here = waiting.pop(0)
        text = _source(here).read_text(encoding="utf-8")
        fresh = {urljoin(here, name): None for name in IMPORTS.findall(text)}.keys() - found.keys()
        waiting += sorted(fresh)
        found |= dict.fromkeys(sorted(fresh))
    return tuple(found)


def _source(url: str) -> Path:
    folder, _, path = url.removeprefix("/").partition("/")
    return {"static": STATIC, "service-worker": WORKER}[folder] / path


def _keep_versioned(answer: Response) -> Response:
    if request.path.startswith(("/static/", "/service-worker/")) and answer.status_code in (200, 206, 304):
        # modules import each other by plain addresses; those are asked for again each time, by ETag
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
        if answer.status_code == 304:
            answer.close()  # nobody reads the body of "not modified", and werkzeug would leave its file open
    return answer
