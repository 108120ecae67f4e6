"""Checklist templates for the phone. A version never changes and names nobody, so it is kept for good."""

from typing import Any

from flask import Blueprint
from flask import Response

from fieldapp.domain.checklist.library import SHIPPED
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow

bp = Blueprint("checklists", __name__)


@bp.get("/checklists/<name>.json")
@allow(ANYONE)
def show(name: str) -> Any:
    template = shipped_library().named(name)
    content = (SHIPPED / f"{template.key}-{template.version}.json").read_bytes()
    answer = Response(content, mimetype="application/json")
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
