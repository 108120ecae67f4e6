"""A day as GPX 1.1 (https://www.topografix.com/GPX/1/1/), which every map program reads."""

import datetime as dt
from xml.etree import ElementTree as ET

from fieldapp.domain.plans.track import Point
from fieldapp.domain.plans.track import Track
from fieldapp.models.agency import Agency
from fieldapp.web.filters import clock

MEDIA_TYPE = "application/gpx+xml"
NAMESPACE = "http://www.topografix.com/GPX/1/1"


def gpx(track: Track, agency: Agency, *, now: dt.datetime) -> bytes:
    """Return the file: each stop as a waypoint, and all of them as one route."""
    root = ET.Element("gpx", {"xmlns": NAMESPACE, "version": "1.1", "creator": "fieldapp"})
    about = ET.SubElement(root, "metadata")
    _text(about, "name", track.on.isoformat())
    _text(about, "time", f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}")
    for point in track.stops:
        _place(root, "wpt", point, agency)
    route = ET.SubElement(root, "rte")
    _text(route, "name", track.on.isoformat())
    for point in track.way:
        _place(route, "rtept", point, agency)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _place(parent: ET.Element, kind: str, point: Point, agency: Agency) -> None:
    at = ET.SubElement(parent, kind, {"lat": f"{point.lat:.6f}", "lon": f"{point.lon:.6f}"})
    _text(at, "name", point.name)
    if point.begins and point.ends:
        _text(at, "desc", f"{clock(point.begins, agency)} to {clock(point.ends, agency)}")


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
