"""A rescue file is used only when every part of it was opened and proved; anything else is a sentence."""

import base64
import io
import json
import os
import tracemalloc
import uuid
from typing import Any

import pytest

from fieldapp.domain.errors import Invalid
from fieldapp.domain.rescue.key import new_rescue_key
from fieldapp.domain.rescue.read import read_rescue
from tests.phone import Phone
from tests.phone import Signed
from tests.phone import photo
from tests.rescue import PIECE
from tests.rescue import RescueFile
from tests.rescue import lock

KEY = new_rescue_key()


def rescue_file() -> RescueFile:
    """A submission, a photo of three parts, a draft."""
    phone = Phone(None, uuid.uuid4())
    visit = phone.submission("visit", {})
    content = os.urandom(2 * PIECE + 5)
    made = RescueFile(phone, KEY).submission(visit).photo(photo(content), visit, content)
    return made.add("draft", b'{"draft": {}}')


def refusal(content: bytes) -> str:
    """What is said of a file with this content."""
    with pytest.raises(Invalid) as caught:
        read_rescue(io.BytesIO(content), KEY)
    assert list(caught.value.errors) == ["file"]
    return str(caught.value)


def joined(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def test_whole_file_gives_back_every_byte() -> None:
    made = rescue_file()

    rescue = read_rescue(made.open(), KEY)

    assert [rescue.content(item) for item in rescue.contents.items] == [content for _entry, content in made.items]
    assert [item.kind for item in rescue.contents.items] == ["submission", "photo", "draft"]
    assert rescue.contents.officer == made.phone.officer_id
    assert rescue.contents.kid == made.phone.kid


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"no rescue file\n", b"{}\n", b"\xff\xfe\x00" * 50, b"a.b.c.d.e\n", b"eyJ9.a\n"]
)
def test_any_other_file_is_said_to_be_none(content: bytes) -> None:
    assert "rescue file" in refusal(content) or "empty" in refusal(content)


def test_endless_line_is_given_up_soon() -> None:
    assert "no rescue file" in refusal(b"e" * (80 * PIECE))


@pytest.mark.parametrize("cut", [1, 100, PIECE, 2 * PIECE])
def test_cut_off_file_is_not_whole_wherever_it_was_cut(cut: int) -> None:
    content = rescue_file().bytes()

    assert "not whole" in refusal(content[:-cut])


def test_file_without_its_last_lines_is_not_whole() -> None:
    lines = rescue_file().lines()

    assert all("not whole" in refusal(joined(lines[:count])) for count in range(1, len(lines)))


@pytest.mark.parametrize("place", [0, 1, 3, 4, 5])
def test_part_that_was_altered_is_named(place: int) -> None:
    lines = rescue_file().lines()
    head, key, iv, text, tag = lines[place].split(".")
    lines[place] = ".".join([head, key, iv, ("B" if text[0] == "A" else "A") + text[1:], tag])

    assert f"altered or damaged at part {place + 1}" in refusal(joined(lines))


def test_parts_in_another_order_twice_or_of_another_file_are_found() -> None:
    lines, others = rescue_file().lines(), rescue_file().lines()

    assert "altered" in refusal(joined([lines[0], lines[2], lines[1], *lines[3:]]))
    assert "not whole" in refusal(joined([lines[0], *lines]))
    assert "not whole" in refusal(joined([lines[0], *lines[2:]]))
    assert "altered" in refusal(joined([*others[:1], *lines[1:]]))
    assert "altered" in refusal(joined([*lines[:-1], others[-1]]))


def test_file_of_another_office_names_the_key() -> None:
    made = rescue_file()
    made.key = new_rescue_key()

    assert f"locked for another office (key {made.key.kid})" in refusal(made.bytes())


def test_key_id_of_ours_over_anothers_lock_is_altered() -> None:
    made = rescue_file()
    other = {**new_rescue_key().public_jwk(), "kid": KEY.kid}
    lines = made.lines()
    lines[0] = lock(made.items[0][1], other, typ="fieldapp-rescue+jwe", file=made.id, part=0)

    assert "altered or damaged at part 1" in refusal(joined(lines))


@pytest.mark.parametrize(
    "header",
    [{"alg": "dir"}, {"alg": "none"}, {"enc": "A128GCM"}, {"zip": "DEF"}, {"crit": ["x"]}, {"typ": "JWT"}, {"kid": 5}],
)
def test_other_header_is_refused_before_anything_is_opened(header: dict[str, Any]) -> None:
    lines = rescue_file().lines()
    head, rest = lines[0].split(".", 1)
    said = {**json.loads(base64.urlsafe_b64decode(head + "==")), **header}
    lines[0] = f"{base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b'=').decode()}.{rest}"

    assert "no rescue file" in refusal(joined(lines))


def test_list_that_no_phone_or_another_phone_signed_is_refused() -> None:
    made = rescue_file()
    other = Phone(None, made.phone.officer_id)
    stranger = {name: other.jwk[name] for name in ("kty", "crv", "x", "y")}

    assert "not signed by the phone" in refusal(made.bytes(jwk=stranger))
    assert "jwk" in refusal(made.bytes(jwk=other.key.as_dict(private=True)))


def test_submission_in_the_place_of_the_list_is_no_list() -> None:
    made = rescue_file()
    signed: Signed = made.phone.submission("note", {})
    last = lock(signed.jws.encode(), KEY.public_jwk(), typ="fieldapp-rescue-list+jwe", file=made.id, part=5)

    assert "typ" in refusal(joined([*made.lines()[:-1], last]))


@pytest.mark.parametrize(
    "changes",
    [
        {"items": None},
        {"items": [{}]},
        {"file": "x"},
        {"officer": 7},
        {"made_at": "now"},
        {"items": [{"kind": "duress"}]},
    ],
)
def test_list_with_a_wrong_field_names_it(changes: dict[str, Any]) -> None:
    assert next(iter(changes)) in refusal(rescue_file().bytes(**changes))


def test_newer_version_asks_to_update_the_office() -> None:
    assert "Update the office's program" in refusal(rescue_file().bytes(version=2))


def test_hash_or_size_that_is_not_what_the_list_says_is_altered() -> None:
    for wrong in ({"sha256": "0" * 64}, {"bytes": 4}):
        assert "altered" in refusal(rescue_file().add("photo", b"12345", **wrong).bytes())


def test_large_file_is_read_with_little_memory() -> None:
    phone = Phone(None, uuid.uuid4())
    made = RescueFile(phone, KEY)
    for _ in range(3):
        made.add("photo", os.urandom(40 * PIECE))
    file = made.open()
    made.items.clear()
    tracemalloc.start()
    read_rescue(file, KEY)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 32 * PIECE
