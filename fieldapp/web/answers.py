"""Answers that routes share: JSON or text for programs, a whole page or its fragment for people."""

from typing import Any

from flask import Response
from flask import jsonify
from flask import make_response
from flask import render_template
from flask import request
from flask_htmx import HTMX  # type: ignore[import-untyped]  # the library has no types

htmx = HTMX()
# paths that phones and tus clients speak to: they get words in a form they can read, never a sign-in page
WIRE = ("/sync", "/devices", "/receipts/", "/evidence/", "/replan/", "/.well-known/")


def wants_json() -> bool:
    """Say whether the caller is a program of the wire, not a person with a page."""
    return request.path.startswith(WIRE)


def words(message: str, status: int, **more: Any) -> Response:
    """Return an error for a program: {"error": sentence} with the status."""
    answer = jsonify(error=message, **more)
    answer.status_code = status
    return answer


def part_or_page(part: str, page: str, status: int = 200, **context: Any) -> Response:
    """Return the fragment for an htmx request and the whole page otherwise, so that forms work without JavaScript."""
    wanted = part if htmx and not htmx.boosted else page
    return make_response(render_template(wanted, **context), status)
