"""The service worker's modules, which pages import too."""

from typing import Any

from flask import Blueprint
from flask import send_from_directory

from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.assets import WORKER

bp = Blueprint("assets", __name__)


@bp.get("/service-worker/<path:file>")
@allow(ANYONE)
def worker(file: str) -> Any:
    kinds = {"js": "text/javascript"}
    return send_from_directory(WORKER, file, mimetype=kinds.get(file.rpartition(".")[2], "text/plain"))
