"""The import page: choose a file, see what it would do and every problem in it, then import all of it."""

import uuid
from typing import Any

from flask import Blueprint
from flask import make_response
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for

from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.files import dry_run
from fieldapp.domain.imports.files import held_file
from fieldapp.domain.imports.files import hold_file
from fieldapp.domain.imports.files import import_held_file
from fieldapp.domain.imports.table import MOST_BYTES
from fieldapp.models.imports import ImportFile
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.answers import htmx
from fieldapp.web.answers import part_or_page
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session
from fieldapp.web.lookup_panel import lookup_panel

bp = Blueprint("imports", __name__, url_prefix="/import")
PART, PAGE = "imports/_step.html", "imports/page.html"
# the file and what a form puts around it; a larger file is refused by its own sentence, a much larger one by 413
LARGEST_FORM = MOST_BYTES + 1024 * 1024


@bp.get("")
@allow("administrator")
def show() -> Any:
    return render_template(PAGE, **_context())


@bp.post("")
@allow("administrator")
def send() -> Any:
    request.max_content_length = LARGEST_FORM
    file = request.files.get("file")
    try:
        held = hold_file(
            session(),
            actor(),
            (file.filename or "").replace("\0", "") if file else "",
            file.read() if file else b"",
            now=now(),
        )
    except Invalid as error:
        return part_or_page(PART, PAGE, 422, **_context(), error=str(error))
    commit()
    return _next_step(held)


@bp.get("/<uuid:file_id>")
@allow("administrator")
def show_file(file_id: uuid.UUID) -> Any:
    return render_template(PAGE, **_context(held_file(session(), actor(), file_id, now=now())))


@bp.post("/<uuid:file_id>")
@allow("administrator")
def apply(file_id: uuid.UUID) -> Any:
    held = import_held_file(session(), actor(), file_id, now=now())
    commit()
    return _next_step(held)


def _next_step(held: ImportFile) -> Any:
    """Answer with the step after a POST: as a fragment under its own address, or by a redirect to it."""
    address = url_for("imports.show_file", file_id=held.id)
    if not htmx:
        return redirect(address, 303)
    answer = make_response(render_template(PART, **_context(held)))
    answer.headers["HX-Push-Url"] = address
    return answer


def _context(held: ImportFile | None = None) -> dict[str, Any]:
    waits = held is not None and held.applied_at is None
    return {
        "held": held,
        "plan": dry_run(session(), held, now=now()) if held and waits else None,
        "lookup": lookup_panel(),
    }
