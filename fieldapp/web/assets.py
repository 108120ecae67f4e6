"""Static files with a hash in their address, so that they may be kept for a year; and the worker's folder."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask
from flask import Response
from flask import request

STATIC = Path(__file__).parent.parent / "static"
PACKAGED = Path(__file__).parent.parent / "service_worker"
WORKER = PACKAGED if PACKAGED.is_dir() else Path(__file__).parent.parent.parent / "service-worker"


def init_assets(app: Flask) -> None:
    """Give templates `asset()` and let versioned answers be kept."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_versioned)


@cache
def asset(path: str) -> str:
    """Return the address of a static file with the first 10 hex digits of its SHA-256. Raises FileNotFoundError."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()
    return f"/static/{path}?v={digest[:10]}"


def _keep_versioned(answer: Response) -> Response:
    if request.path.startswith(("/static/", "/service-worker/")) and answer.status_code in (200, 206, 304):
        # modules import each other by plain addresses; those are asked for again each time, by ETag
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
    return answer
