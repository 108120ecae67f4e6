"""The body of a request as JSON, read as strictly as what phones sign."""

from typing import Any

from flask import request

from fieldapp.domain.wire.strict_json import parse_json


def json_body() -> Any:
    """Return what the body says. Raises Invalid on `body`."""
    return parse_json(request.get_data(), "body")
