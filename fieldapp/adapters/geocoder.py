"""Geocoders: none (the default: addresses leave the agency only if it says so) or any service that geopy speaks to."""

import logging
import math
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.exc import ConfigurationError
from geopy.exc import GeocoderAuthenticationFailure
from geopy.exc import GeocoderInsufficientPrivileges
from geopy.exc import GeocoderNotFound
from geopy.exc import GeocoderQueryError
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service

from fieldapp.adapters.house_numbers import MORE_TO_ASK
from fieldapp.adapters.house_numbers import is_the_house
from fieldapp.domain.errors import Invalid
from fieldapp.domain.geocoding import GeocodedPosition
from fieldapp.domain.geocoding import Geocoder
from fieldapp.domain.geocoding import GeocoderUnavailable
from fieldapp.domain.geocoding import Quality

# Geopy writes each address it asks for to its debug log; addresses belong in no log. (Its other way to HTTP, the
# requests library, does so too: hence the plain one below.)
logging.getLogger("geopy").setLevel(logging.WARNING)

AGENT = "fieldapp"
NEEDS_AGENT = ("nominatim", "photon", "pickpoint")


class NoGeocoder:
    """Knows no address and asks nobody; positions come with the import or are pinned by hand."""

    def locate(self, address: str) -> GeocodedPosition | None:
        """Always None."""
        return None


class GeopyGeocoder:
    """Implements `Geocoder` by a geopy service; waits so that no more than `per_second` questions are asked.

    `options` are the arguments of the service's class in geopy: domain, scheme, api_key, user_agent …
    """

    def __init__(self, service: str, options: Mapping[str, Any], *, timeout_s: float = 5.0, per_second: float = 1.0):
        if not per_second > 0 or not timeout_s > 0:
            raise Invalid({"geocoder": "The geocoder's rate and timeout must be more than 0."})
        self.service = service.lower()
        # The limiter's own retries would keep a person waiting; who asks decides whether to ask again.
        self._ask = RateLimiter(
            _geopy_service(self.service, options, timeout_s).geocode,
            min_delay_seconds=1 / per_second,
            max_retries=0,
            swallow_exceptions=False,
        )
        self._more = MORE_TO_ASK.get(self.service, {})

    def locate(self, address: str) -> GeocodedPosition | None:
        """The best match of an address on one line, or None. Raises `GeocoderUnavailable` and `Invalid`."""
        line = " ".join(address.split())
        if not line:
            return None
        found = _answer(lambda: self._ask(line, **self._more))
        if found is None or not (math.isfinite(found.latitude) and math.isfinite(found.longitude)):
            return None
        quality: Quality = "exact" if is_the_house(line, found.raw) else "approximate"
        return GeocodedPosition(found.latitude, found.longitude, quality, str(found.address), self.service)


def make_geocoder(
    service: str, options: Mapping[str, Any] | None = None, *, timeout_s: float = 5.0, per_second: float = 1.0
) -> Geocoder:
    """The geocoder that the settings ask for: "none", or a name that geopy knows ("nominatim", "photon" …).

    Raises `Invalid` when the name or the options are wrong, so that the program stops at its start.
    """
    if service.lower() in ("", "none"):
        return NoGeocoder()
    return GeopyGeocoder(service, options or {}, timeout_s=timeout_s, per_second=per_second)


def _geopy_service(service: str, options: Mapping[str, Any], timeout_s: float) -> Any:
    agent = {"user_agent": AGENT} if service in NEEDS_AGENT else {}
    try:
        return get_geocoder_for_service(service)(
            **{**agent, "timeout": timeout_s, "adapter_factory": URLLibAdapter, **options}
        )
    except GeocoderNotFound as error:
        raise Invalid({"geocoder": f'There is no geocoder "{service}". Use none, nominatim or photon.'}) from error
    except (TypeError, ConfigurationError) as error:
        raise Invalid({"geocoder": f"The options of the geocoder {service} do not fit: {error}"}) from error


def _answer(ask: Callable[[], Any]) -> Any:
    """The service's answer, its errors turned into ours; neither text nor log gets the address."""
    try:
        return ask()
    except GeocoderQueryError as error:
        raise Invalid(
            {"address": "The geocoder cannot read this address. Correct it, or set the pin by hand."}
        ) from error
    except (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, ConfigurationError) as error:
        raise Invalid(
            {"geocoder": "The geocoder refuses our key. Have an administrator check its settings."}
        ) from error
    except (GeopyError, OSError, ValueError, KeyError, AttributeError) as error:
        # Geopy lets through what goes wrong in reading an answer that is none.
        raise GeocoderUnavailable(
            "The geocoder does not answer. Set the pin by hand, or try again later.", 60
        ) from error
