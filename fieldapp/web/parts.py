"""The outside things of one app (blob store, solver, geocoder, office key …), handed to the domain as arguments."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from flask import current_app

from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.pictures import Pictures
from fieldapp.domain.maps.basemap import Basemap
from fieldapp.domain.rescue.key import RescueKey
from fieldapp.domain.routing.ports import RouteLines
from fieldapp.domain.routing.ports import RouteSolver
from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.team import TeamSolver
from fieldapp.domain.wire.office_key import OfficeKey
from fieldapp.models.agency import Agency


@dataclass(frozen=True)
class Parts:
    """Outside things behind the domain's protocols; made once in `app.py`.

    `travel` gives travel times in the agency's manner: its road factor and speed may change while the app runs. It may
    ask others and take seconds; `known_travel` does neither, for requests that write. `lines` are drawn on maps.
    """

    blobs: BlobStore
    pictures: Pictures
    office_key: OfficeKey
    rescue_key: RescueKey
    travel: Callable[[Agency], TravelTimes]
    known_travel: Callable[[Agency], TravelTimes]
    lines: RouteLines
    solver: RouteSolver
    basemap: Basemap
    team_solver: TeamSolver


def init_parts(app: Flask, parts: Parts) -> None:
    """Keep the parts with the app."""
    app.extensions["fieldapp_parts"] = parts


def parts() -> Parts:
    """Return the parts of the running app."""
    found: Parts = current_app.extensions["fieldapp_parts"]
    return found
