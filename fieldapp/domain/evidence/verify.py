"""Proves a stored original again: its bytes against the hash that the officer signed."""

import hashlib
from dataclasses import dataclass

from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.blobs import NotStored
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.models.evidence import Photo


@dataclass(frozen=True)
class Proof:
    """`proved` is True when the stored bytes have the signed hash; `words` say what was found."""

    proved: bool
    words: str


def verify_photo(blobs: BlobStore, photo: Photo) -> Proof:
    """Hash the original as it lies in the store now and compare it with the signed SHA-256."""
    if photo.state != "stored":
        return Proof(False, "The original has not arrived." if photo.state == "awaited" else photo.problem)
    found = hashlib.sha256()
    try:
        for chunk in blobs.chunks(photo_key(photo.sha256)):
            found.update(chunk)
    except NotStored:
        return Proof(False, "The original is missing from the store. Restore it from the backup.")
    if found.hexdigest() != photo.sha256:
        return Proof(False, "The original was altered in the store. Restore it from the backup.")
    return Proof(True, "The original has the hash that the officer signed.")
