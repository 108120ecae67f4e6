"""Signing in and out."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request

from fieldapp.domain.accounts.sign_in import Admitted
from fieldapp.domain.accounts.sign_in import sign_in
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.actor import end_session
from fieldapp.web.actor import start_session
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session

bp = Blueprint("sign_in", __name__)
WORDS = {
    "wrong": "This email and password do not belong together. Try again; 5 wrong tries in 15 minutes lock the account.",
    "locked": "This account is locked after 5 wrong passwords. An administrator can release it.",
    "disabled": "This account is switched off. An administrator can switch it on.",
}


@bp.get("/sign-in")
@allow(ANYONE)
def show() -> Any:
    return render_template("sign_in/page.html", next=_inside(request.args.get("next", "")), email="", error="")


@bp.post("/sign-in")
@allow(ANYONE)
def enter() -> Any:
    email, target = request.form.get("email", ""), _inside(request.form.get("next", ""))
    result = sign_in(session(), email, request.form.get("password", ""), now=now())
    commit()
    if isinstance(result, Admitted):
        start_session(result)
        return redirect(target or "/", 303)
    return render_template("sign_in/page.html", next=target, email=email, error=WORDS[result.reason]), 422


@bp.post("/sign-out")
@allow(ANYONE)
def leave() -> Any:
    end_session()
    commit()
    answer = redirect("/sign-in?out=1", 303)
    # HTTP cache and storage of the page cache may hold people; what waits in IndexedDB must stay
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _inside(target: str) -> str:
    """Return the path to go on to, or "" when it would lead to another site."""
    parts = urlsplit(target)
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return target if safe else ""
