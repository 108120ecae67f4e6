"""The GPX file: elements in the order that GPX 1.1 asks for, positions in degrees, and text that cannot break it."""

import datetime as dt
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from fieldapp.domain.plans.track import Point
from fieldapp.domain.plans.track import Track
from fieldapp.web.gpx import NAMESPACE
from fieldapp.web.gpx import gpx
from tests import people

NOW = people.NOW
STOP = Point("1 K7QM-H", 39.29038, -76.61219, NOW, NOW + dt.timedelta(minutes=15))
UNTIMED = Point("2 <&>", -0.0000004, 180.0)


@dataclass(frozen=True)
class Baltimore:
    zone: str = "America/New_York"
    distance_unit: str = "mi"
    clock: int = 24


def read(*stops: Point, way: tuple[Point, ...] | None = None) -> ET.Element:
    track = Track(people.TODAY, stops, stops if way is None else way)
    return ET.fromstring(gpx(track, Baltimore(), now=NOW))


def names(element: ET.Element) -> list[str]:
    return [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]


def test_the_file_is_gpx_1_1_with_waypoints_before_the_route() -> None:
    root = read(STOP, UNTIMED, way=(Point("Start", 39.0, -76.0), STOP, UNTIMED))

    assert root.tag == f"{{{NAMESPACE}}}gpx"
    assert root.attrib == {"version": "1.1", "creator": "fieldapp"}
    assert names(root) == ["metadata", "wpt", "wpt", "rte"]
    assert names(root[0]) == ["name", "time"]
    assert names(root[3]) == ["name", "rtept", "rtept", "rtept"]
    assert names(root[1]) == ["name", "desc"]


def test_a_stop_has_its_position_its_name_and_its_times_as_the_agency_writes_them() -> None:
    stop = read(STOP)[1]

    assert stop.attrib == {"lat": "39.290380", "lon": "-76.612190"}
    assert [child.text for child in stop] == ["1 K7QM-H", "14:00 to 14:15"]


def test_signs_of_markup_in_a_text_stay_text() -> None:
    stop = read(UNTIMED)[1]

    assert [child.text for child in stop] == ["2 <&>"]
    assert float(stop.attrib["lat"]) == 0
