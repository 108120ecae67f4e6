"""Codes of places: short, stable, of letters that cannot be mistaken, and made of nothing but a random id."""

import inspect
import re
import uuid

from fieldapp.domain.plans.codes import place_code

FORM = re.compile(r"[2-9BCDFGHJKMNPQRSTVWXZ]{4}-[HW]")


def test_a_place_keeps_its_code_and_another_has_another() -> None:
    ids = [uuid.UUID(int=number) for number in range(2000)]
    codes = {place_code(id, "home") for id in ids}

    assert place_code(ids[7], "home") == place_code(uuid.UUID(int=7), "home") == "V6JV-H"
    assert len(codes) > 1990
    assert all(FORM.fullmatch(code) for code in codes)


def test_the_last_letter_says_home_or_work() -> None:
    id = uuid.uuid4()

    assert place_code(id, "work").endswith("-W")
    assert place_code(id, "work")[:4] == place_code(id, "home")[:4]


def test_nothing_goes_into_a_code_but_the_id_and_the_kind_of_place() -> None:
    assert list(inspect.signature(place_code).parameters) == ["address_id", "place"]
