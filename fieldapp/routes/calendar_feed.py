"""What calendar programs fetch: they cannot sign in, so a secret in the address says whose calendar it is."""

from typing import Any

from flask import Blueprint
from flask import Response
from flask import request

from fieldapp.domain.calendar.address import feed_of
from fieldapp.domain.calendar.fetch import fetch
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session
from fieldapp.web.ical import MEDIA_TYPE
from fieldapp.web.ical import ical
from fieldapp.web.ical import ical_tag

bp = Blueprint("calendar_feed", __name__)


@bp.get("/calendar/feed.ics")
@allow(ANYONE)
def show() -> Any:
    # in the query, which the proxies in deploy/ keep out of their logs
    secret = request.args.get("key", "")
    feed_of(session(), secret)
    # whoever knows no secret never waits for the one writer, nor makes others wait
    rollback()
    begin_writing()
    entries = fetch(session(), secret, now=now())
    commit()
    tag = ical_tag(entries)
    # written out only for who does not have it already: programs ask far more often than a plan changes
    content = b"" if request.if_none_match.contains_weak(tag) else ical(entries)
    answer = Response(content, mimetype=MEDIA_TYPE)
    # it may be kept by who asked, and is asked for again each time: with its tag, that costs next to nothing
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(tag)
    return answer.make_conditional(request)
