"""Visits as the office reads them: the archive, one in full, and what was signed for it."""

import uuid
from typing import Any

from flask import Blueprint
from flask import Response
from flask import redirect
from flask import render_template
from flask import request

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.errors import Invalid
from fieldapp.domain.office.arrivals import archive
from fieldapp.domain.office.photo_lines import visit_photos
from fieldapp.domain.office.record import visit_record
from fieldapp.domain.office.signed import signed_submission
from fieldapp.domain.office.signed import visit_receipt
from fieldapp.domain.office.wanted import Wanted
from fieldapp.domain.office.wanted import chosen_people
from fieldapp.domain.office.wanted import visited_people
from fieldapp.domain.wire.receipts import sign_receipt
from fieldapp.web.access import SIGNED_IN
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.parts import parts
from fieldapp.web.reading import note_reading
from fieldapp.web.visit_lists import NOTHING
from fieldapp.web.visit_lists import Asked
from fieldapp.web.visit_lists import address
from fieldapp.web.visit_lists import asked
from fieldapp.web.visit_lists import choices
from fieldapp.web.visit_lists import keeping

bp = Blueprint("visits", __name__)
OFFICE = ("supervisor", "administrator")


@bp.get("/visits")
@allow(*OFFICE)
def index() -> Any:
    return _index(asked())


@bp.get("/visits/list")
@allow(*OFFICE)
def index_part() -> Any:
    ask = asked()
    answer = render_template("visits/_list.html", **_list(ask))
    return answer, ask.status, keeping(address("visits.index", ask.wanted))


@bp.post("/visits/find")
@allow(*OFFICE, writes=False)
def find() -> Any:
    # names go in the body: an address ends up in logs and in the browser's history
    try:
        people = visited_people(session(), actor(), today(), request.form.get("q", ""))
    except Invalid as error:
        return _index(Asked(Wanted(), error.errors))
    return redirect(address("visits.index", Wanted(people=tuple(person.id for person in people))), 303)


@bp.get("/visits/<uuid:id>")
@allow(*SIGNED_IN)
def show(id: uuid.UUID) -> Any:
    record = visit_record(session(), actor(), id, shipped_library(), today())
    note_reading("visit.read", id)
    return render_template("visits/page.html", record=record, photos=record.photos)


@bp.get("/visits/<uuid:id>/photos")
@allow(*SIGNED_IN)
def show_photos(id: uuid.UUID) -> Any:
    """Show how far the photos are. The page asks this by itself, so no reading is noted but that of the page.

    204 while nothing has arrived since the page was made (`have`): what the reader has opened stays open.
    """
    photos = visit_photos(session(), actor(), id, shipped_library(), today())
    if request.args.get("have") == photos.standing:
        return Response(status=204)
    return render_template("visits/_photos.html", photos=photos)


@bp.get("/visits/<uuid:id>/submission.jws")
@allow(*SIGNED_IN)
def show_submission(id: uuid.UUID) -> Any:
    kept = signed_submission(session(), actor(), id, today(), request.args.get("sha256", ""))
    note_reading("submission.exported", id)
    return _as_file(kept.jws, f"visit-{id}.jws")


@bp.get("/visits/<uuid:id>/receipt.jws")
@allow(*SIGNED_IN)
def show_receipt(id: uuid.UUID) -> Any:
    receipt = visit_receipt(session(), actor(), id, today(), request.args.get("sha256", ""))
    note_reading("receipt.exported", id)
    return _as_file(sign_receipt(receipt, parts().office_key), f"visit-{id}-receipt.jws")


def _index(ask: Asked) -> Any:
    return render_template("visits/index.html", q=request.form.get("q", ""), **_list(ask), **choices()), ask.status


def _list(ask: Asked) -> dict[str, Any]:
    wanted, found = ask.wanted, NOTHING
    if not ask.errors:
        found = archive(session(), actor(), wanted, shipped_library(), today(), agency().zone)
    return {
        "found": found,
        "wanted": wanted,
        "errors": ask.errors,
        "people": chosen_people(session(), actor(), today(), wanted.people),
        "newer": address("visits.index", wanted, page=wanted.page - 1),
        "older": address("visits.index", wanted, page=wanted.page + 1),
    }


def _as_file(text: str, name: str) -> Response:
    return Response(text, mimetype="text/plain", headers={"Content-Disposition": f"attachment; filename={name}"})
