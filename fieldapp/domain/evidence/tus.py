"""What the tus 1.0 protocol says in its headers, as values: metadata and checksums."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from fieldapp.domain.errors import Invalid

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,checksum"
CHECKSUMS = ("sha256", "sha1")
MOST_PART_BYTES = 1024 * 1024


class ChecksumMismatch(Invalid):
    """The part is not what its sender hashed; tus answers 460 and the part is thrown away."""

    def __init__(self) -> None:
        super().__init__({"Upload-Checksum": "This part was altered on the way. Send it again."})


def parse_metadata(header: str) -> Mapping[str, str]:
    """Return Upload-Metadata as texts by name: `name base64,name base64`. Raises Invalid."""
    found: dict[str, str] = {}
    for pair in header.split(",") if header.strip() else []:
        name, _, encoded = pair.strip().partition(" ")
        try:
            text = base64.b64decode(encoded, validate=True).decode()
        except ValueError:
            raise _bad_metadata() from None
        if not name or name in found:
            raise _bad_metadata()
        found[name] = text
    return found


def check_sum(header: str, part: bytes) -> None:
    """Compare a part with its Upload-Checksum. Raises Invalid for another algorithm, ChecksumMismatch."""
    algorithm, _, encoded = header.strip().partition(" ")
    try:
        expected = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        expected = b""
    if algorithm not in CHECKSUMS or not expected:
        words = f"Upload-Checksum must be one of {', '.join(CHECKSUMS)}, a space and the hash as base64."
        raise Invalid({"Upload-Checksum": words})
    if not hmac.compare_digest(hashlib.new(algorithm, part).digest(), expected):
        raise ChecksumMismatch


def _bad_metadata() -> Invalid:
    return Invalid({"Upload-Metadata": "Upload-Metadata must be names, each with a base64 value, parted by commas."})
