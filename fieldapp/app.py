"""create_app(): the one place where the parts are put together."""

import datetime as dt
from typing import Any

from flask import Flask
from flask import url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldapp.adapters.blob_store import open_blob_store
from fieldapp.adapters.images import PillowPictures
from fieldapp.adapters.office_keys import read_office_key
from fieldapp.adapters.office_keys import read_rescue_key
from fieldapp.adapters.pmtiles_file import PmtilesBasemap
from fieldapp.adapters.roads import open_roads
from fieldapp.adapters.route_solver import PyvrpRouteSolver
from fieldapp.adapters.team_solver import PyvrpTeamSolver
from fieldapp.routes import assets
from fieldapp.routes import board
from fieldapp.routes import briefing
from fieldapp.routes import calendar
from fieldapp.routes import calendar_feed
from fieldapp.routes import checklists
from fieldapp.routes import devices
from fieldapp.routes import field_visits
from fieldapp.routes import imports
from fieldapp.routes import itineraries
from fieldapp.routes import itinerary_shares
from fieldapp.routes import lookups
from fieldapp.routes import manifest
from fieldapp.routes import maps
from fieldapp.routes import offline
from fieldapp.routes import outbox
from fieldapp.routes import people
from fieldapp.routes import photos
from fieldapp.routes import plan
from fieldapp.routes import plan_decisions
from fieldapp.routes import plan_order
from fieldapp.routes import plan_track
from fieldapp.routes import positions
from fieldapp.routes import previews
from fieldapp.routes import receipts
from fieldapp.routes import replan
from fieldapp.routes import sign_in
from fieldapp.routes import standing
from fieldapp.routes import start
from fieldapp.routes import sync
from fieldapp.routes import today
from fieldapp.routes import unplanned
from fieldapp.routes import uploads
from fieldapp.routes import visits
from fieldapp.routes import well_known
from fieldapp.settings import Settings
from fieldapp.settings import from_environment
from fieldapp.web.access import refuse_open_routes
from fieldapp.web.actor import current_actor
from fieldapp.web.actor import init_sign_in
from fieldapp.web.answers import htmx
from fieldapp.web.assets import init_assets
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.compression import init_compression
from fieldapp.web.database import init_database
from fieldapp.web.errors import init_errors
from fieldapp.web.filters import register_filters
from fieldapp.web.headers import init_headers
from fieldapp.web.parts import Parts
from fieldapp.web.parts import init_parts
from fieldapp.web.reading import init_reading
from fieldapp.web.text_only import init_text_only

BLUEPRINTS = (
    start.bp,
    standing.bp,
    sign_in.bp,
    assets.bp,
    checklists.bp,
    manifest.bp,
    offline.bp,
    today.bp,
    plan.bp,
    plan_order.bp,
    maps.bp,
    plan_track.bp,
    calendar.bp,
    calendar_feed.bp,
    plan_decisions.bp,
    replan.bp,
    briefing.bp,
    people.bp,
    field_visits.bp,
    unplanned.bp,
    outbox.bp,
    imports.bp,
    lookups.bp,
    positions.bp,
    devices.bp,
    receipts.bp,
    sync.bp,
    uploads.bp,
    previews.bp,
    well_known.bp,
    board.bp,
    itineraries.bp,
    itinerary_shares.bp,
    visits.bp,
    photos.bp,
)
LARGEST_BODY = 8 * 1024 * 1024


def create_app(settings: Settings | None = None, parts: Parts | None = None, **config: Any) -> Flask:
    """Return the application. `parts` replaces the outside things, `config` Flask's configuration, both for tests."""
    settings = settings or from_environment()
    app = Flask("fieldapp", static_folder=None)
    app.config.update(_config(settings), **config)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    init_database(app, settings.database_url)
    init_parts(app, parts or real_parts(settings))
    init_sign_in(app)
    init_compression(app)
    init_headers(app, settings)
    init_text_only(app)
    init_reading(app)
    init_errors(app)
    init_assets(app)
    htmx.init_app(app)
    register_filters(app)
    app.context_processor(lambda: {"actor": current_actor(), "agency": agency(), "url_for": url_for, "asked_at": now()})
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    refuse_open_routes(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask says so
    return app


def _config(settings: Settings) -> dict[str, Any]:
    return {
        "FIELDAPP": settings,
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "fieldapp",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": dt.timedelta(hours=settings.session_hours),
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
    }


def real_parts(settings: Settings) -> Parts:
    """Return the outside things that these settings ask for; makes folders and the office's keys at first use."""
    roads = open_roads(settings.roads_url, settings.database_url)
    return Parts(
        blobs=open_blob_store(settings.blobs),
        pictures=PillowPictures(),
        office_key=read_office_key(settings.office_key_file),
        rescue_key=read_rescue_key(settings.rescue_key_file),
        travel=roads.travel,
        known_travel=roads.known_travel,
        lines=roads.lines,
        solver=PyvrpRouteSolver(search_s=settings.solver_seconds),
        basemap=PmtilesBasemap(settings.basemap_file),
        team_solver=PyvrpTeamSolver(),
    )
