"""The phone's own solver is tried with what the office makes of the same days."""

import json

from tests.domain.routing.rest_cases import FILE
from tests.domain.routing.rest_cases import cases


def test_cases_of_the_phone_are_what_the_office_makes_of_them() -> None:
    written = json.loads(FILE.read_text(encoding="utf-8"))

    # as JSON, in which tuples are lists
    assert written == json.loads(json.dumps(cases())), "python -m tests.domain.routing.rest_cases"
