"""The page Calendar: an officer's secret address for calendar programs, made, renewed and revoked."""

from typing import Any

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import url_for

from fieldapp.domain.calendar.address import living_feed
from fieldapp.domain.calendar.address import make_feed
from fieldapp.domain.calendar.address import revoke_feed
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session

bp = Blueprint("calendar", __name__)


@bp.get("/calendar")
@allow("officer")
def show() -> Any:
    return render_template("calendar/page.html", feed=living_feed(session(), actor()), address="")


@bp.post("/calendar")
@allow("officer")
def make() -> Any:
    secret = make_feed(session(), actor(), now=now())
    commit()
    # no way leads back to the secret, so it is shown here and now
    address = url_for("calendar_feed.show", key=secret, _external=True)
    return render_template("calendar/page.html", feed=living_feed(session(), actor()), address=address)


@bp.post("/calendar/revoke")
@allow("officer")
def revoke() -> Any:
    revoke_feed(session(), actor(), now=now())
    commit()
    return redirect("/calendar", 303)
