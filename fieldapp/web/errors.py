"""Turns the domain's refusals into answers: a page with a way on for people, JSON for programs."""

import logging
from typing import Any

from flask import Flask
from flask import Response
from flask import current_app
from flask import make_response
from flask import request
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import FieldappError
from fieldapp.domain.errors import Forbidden
from fieldapp.domain.errors import Invalid
from fieldapp.domain.errors import NotFound
from fieldapp.domain.errors import TryLater
from fieldapp.web.answers import wants_json
from fieldapp.web.answers import words
from fieldapp.web.database import database_code
from fieldapp.web.database import is_passing
from fieldapp.web.database import rollback

STATUS: dict[type[FieldappError], int] = {NotFound: 404, Forbidden: 403, Conflict: 409, Invalid: 422, TryLater: 503}
HTTP_WORDS = {
    404: "There is nothing at this address. Check it, or go back to the start.",
    405: "This address cannot be used that way. Go back and try from the page.",
    413: "This is too large to be sent at once. Send it in smaller pieces.",
    416: "The file has no such part. Load the page again.",
}
BUSY_SECONDS = 5
log = logging.getLogger("fieldapp")


def init_errors(app: Flask) -> None:
    """Register the handlers. Tracebacks go to the log without the request's data; people get a sentence."""
    app.register_error_handler(FieldappError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def error_answer(status: int, message: str, **more: Any) -> Response:
    """Return an error in the caller's form. `more` may hold `errors` (field to sentence) and `seconds` to wait."""
    if wants_json():
        return words(message, status, **more)
    # without the context of other pages: this one must also come when the database does not answer
    page = current_app.jinja_env.get_template("errors/page.html")
    return make_response(page.render(status=status, message=message, **more), status)


def _refused(error: FieldappError) -> Response:
    rollback()
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if isinstance(error, TryLater):
        answer = error_answer(status, str(error), seconds=error.seconds)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    return error_answer(status, str(error), **({"errors": error.errors} if isinstance(error, Invalid) else {}))


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    rollback()
    answer = error_answer(
        error.code, HTTP_WORDS.get(error.code, "The office could not read this request. Go back and try again.")
    )
    if error.code == 405:
        answer.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or []))
    if isinstance(error, RequestedRangeNotSatisfiable) and error.length is not None:
        answer.headers["Content-Range"] = f"bytes */{error.length}"
    return answer


def _broken(error: Exception) -> Response:
    rollback()
    if is_passing(error):
        log.warning("the database is busy: %s", type(error).__name__)
        return _refused(TryLater("The office is busy. Nothing is lost; this is tried again in a moment.", BUSY_SECONDS))
    code = database_code(error)
    # what databases say quotes what people wrote; the kind and the code are enough to find it
    shown = error if code is None else None
    log.error("unexpected %s %s at %s", type(error).__name__, code or "", request.endpoint, exc_info=shown)
    return error_answer(
        500, "The office made a mistake. What you entered on this phone is kept. Try again in a minute."
    )
