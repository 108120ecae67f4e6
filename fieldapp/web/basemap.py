"""What a page with a map must know of the agency's basemap."""

from typing import Any

from flask import url_for

from fieldapp.domain.maps.area import facts_or_problem
from fieldapp.domain.maps.basemap import Basemap
from fieldapp.domain.maps.tiles import LAST_ZOOM


def basemap_data(basemap: Basemap) -> tuple[dict[str, Any] | None, str]:
    """Return what a map's script asks for tiles by, None where there are none; and why a file cannot be used, or ""."""
    facts, problem = facts_or_problem(basemap)
    if facts is None:
        return None, problem
    return {"address": url_for("maps.basemap"), "max_zoom": min(facts.last_zoom, LAST_ZOOM)}, ""
