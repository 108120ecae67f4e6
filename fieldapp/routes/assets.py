"""The service worker's modules, which pages import too."""

from typing import Any

from flask import Blueprint
from flask import Response
from flask import abort
from flask import request
from werkzeug.security import safe_join

from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.assets import WORKER

bp = Blueprint("assets", __name__)


@bp.get("/service-worker/<path:file>")
@allow(ANYONE)
def worker(file: str) -> Any:
    path = safe_join(str(WORKER), file)
    try:
        with open(path or "", "rb") as opened:
            # read at once: they are small, and a phone that goes away in the middle leaves no file open
            content = opened.read()
    except OSError:
        abort(404)
    answer = Response(content, mimetype="text/javascript" if file.endswith(".js") else "text/plain")
    answer.add_etag()
    return answer.make_conditional(request)
