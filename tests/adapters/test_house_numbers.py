"""Services name the house that they matched each in words of its own; a spot between houses is no house."""

import json
from pathlib import Path
from typing import Any

import pytest

from fieldapp.adapters.geocoder import make_geocoder
from fieldapp.adapters.house_numbers import is_the_house
from tests.geocoders import service

RECORDED = json.loads(Path(__file__).with_name("other_services.json").read_text(encoding="utf-8"))
HOUSE, BETWEEN, STREET = (f"{number} Holliday Street, Baltimore" for number in (100, 104, 9780))


@pytest.mark.parametrize(
    ("name", "line", "quality"),
    [
        ("photon", HOUSE, "exact"),
        ("photon", STREET, "approximate"),
        ("pelias", HOUSE, "exact"),
        ("pelias", BETWEEN, "approximate"),
        ("pelias", STREET, "approximate"),
        ("arcgis", HOUSE, "exact"),
        ("arcgis", BETWEEN, "approximate"),
        ("arcgis", STREET, "approximate"),
    ],
)
def test_only_the_very_house_is_exact(name: str, line: str, quality: str) -> None:
    with service(RECORDED[name], {}) as server:
        found = make_geocoder(name, {"domain": server.domain, "scheme": "http"}, per_second=1000).locate(line)
    assert found is not None
    assert (found.quality, found.source) == (quality, name)
    assert 39.29 < found.lat < 39.292


@pytest.mark.parametrize("name", ["photon", "pelias", "arcgis"])
def test_unknown_address_is_nothing(name: str) -> None:
    with service({}, {"features": [], "candidates": []}) as server:
        assert make_geocoder(name, {"domain": server.domain, "scheme": "http"}).locate("1 Nowhere Lane") is None


def test_arcgis_is_asked_for_the_fields_that_name_the_house() -> None:
    with service(RECORDED["arcgis"], {}) as server:
        make_geocoder("arcgis", {"domain": server.domain, "scheme": "http"}).locate(HOUSE)
        ((query, _),) = server.asked
    assert query["outFields"] == ["AddNum,Addr_type"]


GOOGLE = {"address_components": [{"long_name": "100", "short_name": "100", "types": ["street_number"]}]}


@pytest.mark.parametrize(
    ("raw", "exact"),
    [
        pytest.param({**GOOGLE, "geometry": {"location_type": "ROOFTOP"}}, True, id="google"),
        pytest.param({**GOOGLE, "geometry": {"location_type": "RANGE_INTERPOLATED"}}, False, id="google, between"),
        pytest.param({"address": "100", "properties": {"accuracy": "rooftop"}}, True, id="mapbox"),
        pytest.param({"address": "100", "properties": {"accuracy": "interpolated"}}, False, id="mapbox, between"),
        pytest.param({"address": {"houseNumber": "100"}, "houseNumberType": "PA"}, True, id="here"),
        pytest.param({"address": {"houseNumber": "100"}, "houseNumberType": "interpolated"}, False, id="here, between"),
        pytest.param({"type": "Point Address", "address": {"streetNumber": "100"}}, True, id="tomtom"),
        pytest.param({"type": "Address Range", "address": {"streetNumber": "100"}}, False, id="tomtom, between"),
        pytest.param({"address_components": {"number": "100"}, "accuracy_type": "rooftop"}, True, id="geocodio"),
        pytest.param({"components": {"house_number": 100}}, True, id="opencage, a number"),
        pytest.param({"components": {"primary_number": "102"}}, False, id="smarty, another house"),
        pytest.param(None, False, id="nothing"),
    ],
)
def test_other_services_name_the_house_in_their_own_words(raw: Any, exact: bool) -> None:
    assert is_the_house(HOUSE, raw) == exact
