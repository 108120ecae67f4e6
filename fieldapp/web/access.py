"""`@allow`: every route says who may call it. A route without it does not start."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask
from flask import g
from flask import redirect
from flask import request
from flask import url_for

from fieldapp.domain.errors import Forbidden
from fieldapp.web.actor import current_actor
from fieldapp.web.answers import wants_json
from fieldapp.web.answers import words
from fieldapp.web.database import begin_request

View = TypeVar("View", bound=Callable[..., Any])
ANYONE = "anyone"
SIGNED_IN = ("officer", "supervisor", "administrator")


def allow(*roles: str, writes: bool = True) -> Callable[[View], View]:
    """Let only these roles call the route; `allow(ANYONE)` opens it to the world.

    Signed-out people are sent to the sign-in page, programs get 401; another role gets 403. A POST that only looks
    something up says `writes=False`, and takes no lock.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            refusal = None if ANYONE in roles else _refusal(roles)
            if refusal is not None:
                return refusal
            begin_request(writes=writes)
            return view(*args, **kwargs)

        checked.allowed = roles  # type: ignore[attr-defined]
        return checked  # type: ignore[return-value]

    return decorate


def refuse_open_routes(app: Flask) -> None:
    """Raise at start when a route lacks `@allow`: deny by default."""
    for endpoint, view in app.view_functions.items():
        if not hasattr(view, "allowed"):
            raise RuntimeError(f"{endpoint} has no @allow(...): say who may call it.")


def _refusal(roles: tuple[str, ...]) -> Any:
    """Return the answer for somebody who is not signed in, or None. Raises Forbidden for another role."""
    who = current_actor()
    if who is None:
        return _ask_to_sign_in()
    if request.headers.get("Fieldapp-Officer", str(who.id)) != str(who.id):
        return words("Somebody else is signed in on this phone. Sign in to send what is yours.", 401)
    g.reader = who.id
    if who.role not in roles:
        raise Forbidden("This page is not part of your role. Go back, or ask your administrator for access.")
    return None


def _ask_to_sign_in() -> Any:
    if wants_json():
        return words("Sign in to send what waits on this phone.", 401)
    if request.headers.get("HX-Request"):
        # a fragment is no page to come back to
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        target = f"{page.path}?{page.query}" if page.query else page.path or None
        return "", 204, {"HX-Redirect": url_for("sign_in.show", next=target)}
    return redirect(url_for("sign_in.show", next=request.full_path.rstrip("?") if request.method == "GET" else None))
