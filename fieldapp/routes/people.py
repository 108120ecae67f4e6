"""People on the caseload: the list with its search, and one person's file."""

import uuid
from typing import Any

from flask import Blueprint
from flask import render_template
from flask import request

from fieldapp.domain.people.file import MOST_FOUND
from fieldapp.domain.people.file import people_found
from fieldapp.domain.people.file import person_file
from fieldapp.domain.people.past import past_contacts
from fieldapp.domain.people.past import past_notes
from fieldapp.web.access import SIGNED_IN
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.answers import part_or_page
from fieldapp.web.clock import agency
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.layout import layout_of
from fieldapp.web.past_lines import history_lines
from fieldapp.web.person_page import people_lines
from fieldapp.web.person_page import person_page
from fieldapp.web.reading import note_reading

bp = Blueprint("people", __name__)
HISTORY = 20


@bp.get("/people")
@allow(*SIGNED_IN)
def show() -> Any:
    return render_template("people/page.html", layout=layout_of(actor()), words="", **_found(""))


@bp.post("/people")
@allow(*SIGNED_IN, writes=False)
def find() -> Any:
    """Find by name or case number; posted, because a name does not belong in an address or in its logs."""
    words = request.form.get("words", "").strip()
    given = {"layout": layout_of(actor()), "words": words, **_found(words)}
    return part_or_page("people/_list.html", "people/page.html", **given)


@bp.get("/people/<uuid:id>")
@allow(*SIGNED_IN)
def person(id: uuid.UUID) -> Any:
    file = person_file(session(), actor(), id, today())
    note_reading("supervisee.read", id)
    contacts, notes = past_contacts(session(), id, HISTORY), past_notes(session(), id, HISTORY)
    page = person_page(file, history_lines(contacts, notes, agency(), today(), HISTORY), agency(), today())
    return render_template("people/person.html", layout=layout_of(actor()), file=file, page=page, history=HISTORY)


def _found(words: str) -> dict[str, Any]:
    people = people_found(session(), actor(), today(), words)
    return {"lines": people_lines(people[:MOST_FOUND], today()), "more": len(people) > MOST_FOUND}
