"""The files that pages are built of: style, shapes, modules, and the worker's modules, which pages import too."""

import hashlib
from pathlib import PurePosixPath
from typing import Any

from flask import Blueprint
from flask import Response
from flask import request

from fieldapp.domain.errors import NotFound
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.assets import KINDS
from fieldapp.web.assets import build

bp = Blueprint("assets", __name__)
FOR_GOOD = "public, max-age=31536000, immutable"


@bp.get("/v/<name>/<path:file>")
@allow(ANYONE)
def show(name: str, file: str) -> Any:
    content = build().files.get(file) if name == build().name else None
    if content is None:
        raise NotFound("This file belongs to another version of fieldapp. Load the page again.")
    # no charset: modules are UTF-8 by definition, the rest takes the page's; a page asks for sixty of these
    answer = Response(content, content_type=KINDS[PurePosixPath(file).suffix])
    answer.headers["Cache-Control"] = FOR_GOOD
    answer.set_etag(hashlib.sha256(content).hexdigest()[:8])
    return answer.make_conditional(request)
