"""Checklist templates for the phone. A version never changes, so it may be kept for good."""

import re
from typing import Any

from flask import Blueprint
from flask import Response

from fieldapp.domain.checklist.library import SHIPPED
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.errors import NotFound
from fieldapp.web.access import SIGNED_IN
from fieldapp.web.access import allow

bp = Blueprint("checklists", __name__)


@bp.get("/checklists/<name>.json")
@allow(*SIGNED_IN)
def show(name: str) -> Any:
    found = re.fullmatch(r"([a-z_]{1,32})-(\d{1,6})", name)
    if not found:
        raise NotFound("There is no such checklist. Its address looks like /checklists/home-1.json.")
    template = shipped_library().exact(found[1], int(found[2]))
    content = (SHIPPED / f"{template.key}-{template.version}.json").read_bytes()
    answer = Response(content, mimetype="application/json")
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
