"""The one place where the web layer reads the clock."""

import datetime as dt

from flask import current_app
from flask import g

from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import the_agency
from fieldapp.models.agency import Agency
from fieldapp.web.database import session


def now() -> dt.datetime:
    """Return the moment, aware, in UTC; an app made for a test may bring its own clock."""
    clock = current_app.config.get("FIELDAPP_CLOCK")
    moment: dt.datetime = clock() if clock else dt.datetime.now(dt.UTC)
    return moment


def agency() -> Agency:
    """Return the agency, read once a request."""
    if "agency" not in g:
        g.agency = the_agency(session())
        session().expunge(g.agency)
    found: Agency = g.agency
    return found


def today() -> dt.date:
    """Return the local date in the agency's zone."""
    return local_date(agency().zone, now())
