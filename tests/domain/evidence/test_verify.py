"""A stored original is proved again against what was signed."""

import hashlib

import pytest

from fieldapp.adapters.blob_store import memory_store
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.domain.evidence.verify import verify_photo
from fieldapp.models.evidence import Photo

SHA256 = hashlib.sha256(b"bytes").hexdigest()


def test_original_with_the_signed_hash_is_proved() -> None:
    blobs = memory_store()
    blobs.put_new(photo_key(SHA256), b"bytes")

    assert verify_photo(blobs, Photo(sha256=SHA256, state="stored")).proved


@pytest.mark.parametrize(
    ("content", "state", "words"),
    [
        (b"other", "stored", "altered"),
        (None, "stored", "missing"),
        (None, "awaited", "not arrived"),
        (b"bytes", "quarantined", "differ"),
    ],
)
def test_anything_else_is_said_in_words(content: bytes | None, state: str, words: str) -> None:
    blobs = memory_store()
    if content:
        blobs.put_new(photo_key(SHA256), content)

    proof = verify_photo(blobs, Photo(sha256=SHA256, state=state, problem="The hashes differ."))

    assert (proof.proved, words in proof.words) == (False, True)
