"""Refuses NUL characters in forms and addresses: no person types one, and PostgreSQL cannot keep it."""

from flask import Flask
from flask import request

from fieldapp.domain.errors import Invalid
from fieldapp.web.database import SAFE

# files come in the other kind of form, whose size its own route limits; reading it here would be too early
FORM = "application/x-www-form-urlencoded"


def init_text_only(app: Flask) -> None:
    """Look at every request with a form or a query before any route does."""
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """Raise Invalid that names the field."""
    given = list(request.args.items(multi=True))
    if request.method not in SAFE and request.mimetype == FORM:
        given += request.form.items(multi=True)
    for name, value in given:
        if "\0" in name + value:
            raise Invalid({"text": "There is a character in it that is no text. Type it anew instead of pasting it."})
