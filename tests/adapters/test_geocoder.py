"""Geocoding through geopy against a local server with answers as Nominatim gives them."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldapp.adapters.geocoder import GeopyGeocoder
from fieldapp.adapters.geocoder import NoGeocoder
from fieldapp.adapters.geocoder import make_geocoder
from fieldapp.domain.errors import Invalid
from fieldapp.domain.geocoding import GeocoderUnavailable
from tests.geocoders import Service
from tests.geocoders import service

RECORDED = json.loads(Path(__file__).with_name("nominatim.json").read_text(encoding="utf-8"))


@pytest.fixture
def server() -> Iterator[Service]:
    with service(RECORDED, []) as made:
        yield made


def geocoder(server: Service, **more: Any) -> GeopyGeocoder:
    options = {"domain": server.domain, "scheme": "http"}
    return make_geocoder("nominatim", options, **{"per_second": 1000, "timeout_s": 20, **more})


def test_matched_house_number_is_exact(server):
    found = geocoder(server).locate("100 Holliday Street, Baltimore, MD")
    assert (found.lat, found.lon) == (39.2909, -76.6105)
    assert (found.quality, found.source) == ("exact", "nominatim")
    assert found.matched.startswith("Baltimore City Hall, 100, Holliday Street")


def test_street_without_the_house_number_is_approximate(server):
    assert geocoder(server).locate("9780 Holliday Street, Baltimore, MD").quality == "approximate"


def test_another_house_number_than_asked_is_approximate(server):
    assert geocoder(server).locate("102 Holliday Street, Baltimore, MD").quality == "approximate"


def test_house_number_with_letter_matches_in_either_case(server):
    assert geocoder(server).locate("12B Keith Avenue, Baltimore, MD").quality == "exact"


def test_unknown_address_is_nothing(server):
    assert geocoder(server).locate("1 Nowhere Lane, Atlantis") is None


def test_blank_address_is_not_asked(server):
    assert geocoder(server).locate(" \n ") is None
    assert server.asked == []


def test_line_breaks_and_double_spaces_make_no_other_question(server):
    geocoder(server).locate("100  Holliday Street,\nBaltimore, MD")
    ((query, agent),) = server.asked
    assert query["q"] == ["100 Holliday Street, Baltimore, MD"]
    assert agent == "fieldapp"


@pytest.mark.parametrize("question", ["status 500", "status 503", "status 429", "garbage"])
def test_service_in_trouble_says_try_later_without_the_address(server, question: str, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(GeocoderUnavailable, match="by hand") as refused:
        geocoder(server).locate(question)
    assert question not in str(refused.value)
    assert len(server.asked) == 1, "no retry keeps a person waiting"
    assert all(question not in record.getMessage() for record in caplog.records)


def test_silent_service_is_given_up_after_the_timeout(server):
    with pytest.raises(GeocoderUnavailable):
        geocoder(server, timeout_s=0.1).locate("silence")


def test_service_that_is_not_there_says_try_later(server):
    with pytest.raises(GeocoderUnavailable):
        make_geocoder("nominatim", {"domain": "127.0.0.1:9", "scheme": "http"}).locate("1 Main Street")


def test_refused_key_is_a_matter_for_the_administrator(server):
    with pytest.raises(Invalid) as refused:
        geocoder(server).locate("status 401")
    assert "administrator" in refused.value.errors["geocoder"]


def test_address_that_the_service_cannot_read_is_named(server):
    with pytest.raises(Invalid) as refused:
        geocoder(server).locate("status 400")
    assert "address" in refused.value.errors


def test_questions_keep_the_rate(server):
    slow = geocoder(server, per_second=20)
    clock = iter(range(100))
    naps: list[float] = []
    slow._ask._clock = lambda: next(clock) / 1000
    slow._ask._sleep = naps.append
    slow.locate("a")
    slow.locate("b")
    assert naps
    assert 0.04 < naps[0] <= 0.05


@pytest.mark.parametrize("service", ["none", "NONE", ""])
def test_without_a_service_nobody_is_asked(service: str):
    quiet = make_geocoder(service)
    assert isinstance(quiet, NoGeocoder)
    assert quiet.locate("100 Holliday Street, Baltimore, MD") is None


@pytest.mark.parametrize(
    ("service", "options", "more"),
    [
        pytest.param("nosuch", {}, {}, id="unknown service"),
        pytest.param("google", {}, {}, id="service without its key"),
        pytest.param("nominatim", {"colour": "red"}, {}, id="unknown option"),
        pytest.param("nominatim", {}, {"per_second": 0}, id="no rate"),
        pytest.param("nominatim", {}, {"timeout_s": -1}, id="no time"),
    ],
)
def test_wrong_settings_are_refused_at_the_start(service: str, options: dict[str, str], more: dict[str, float]):
    with pytest.raises(Invalid) as refused:
        make_geocoder(service, options, **more)
    assert list(refused.value.errors) == ["geocoder"]


@pytest.mark.parametrize("service", ["photon", "arcgis", "banfrance", "pelias"])
def test_other_services_of_geopy_can_be_set(service: str):
    options = {"domain": "localhost"} if service == "pelias" else {}
    assert make_geocoder(service, options).service == service
