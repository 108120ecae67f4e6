"""The tus 1.0 protocol's own headers and statuses, around whatever the routes do."""

from typing import Any

from flask import Blueprint
from flask import Response
from flask import request

from fieldapp.domain.errors import Invalid
from fieldapp.domain.evidence.tus import CHECKSUMS
from fieldapp.domain.evidence.tus import EXTENSIONS
from fieldapp.domain.evidence.tus import MOST_PART_BYTES
from fieldapp.domain.evidence.tus import VERSION
from fieldapp.domain.evidence.tus import ChecksumMismatch
from fieldapp.domain.evidence.tus import check_sum
from fieldapp.domain.evidence.uploads import TooLarge
from fieldapp.domain.wire.visit import MOST_PHOTO_BYTES
from fieldapp.web.answers import words
from fieldapp.web.database import rollback

PART_TYPE = "application/offset+octet-stream"
LONGEST_NUMBER = 15
MISMATCH = 460


def init_tus(bp: Blueprint) -> None:
    """Check the version before each request and name it in each answer; give tus's errors their statuses."""
    bp.before_request(_refuse_other_versions)
    bp.after_request(_name_version)
    bp.register_error_handler(ChecksumMismatch, _refused(MISMATCH))
    bp.register_error_handler(TooLarge, _refused(413))


def capabilities() -> Response:
    """Return the answer to OPTIONS."""
    answer = Response(status=204)
    answer.headers["Tus-Version"] = VERSION
    answer.headers["Tus-Extension"] = EXTENSIONS
    answer.headers["Tus-Max-Size"] = str(MOST_PHOTO_BYTES)
    answer.headers["Tus-Checksum-Algorithm"] = ",".join(CHECKSUMS)
    return answer


def whole_number(header: str) -> int:
    """Return a header that must be a whole number from 0. Raises Invalid."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise Invalid({header: f"{header} must be a whole number of bytes."})
    return int(text)


def part_of_body() -> bytes:
    """Return the body of a PATCH, checked against its checksum. Raises Invalid, ChecksumMismatch, HTTP's 413."""
    if request.mimetype != PART_TYPE:
        raise Invalid({"Content-Type": f"Content-Type must be {PART_TYPE}."})
    request.max_content_length = MOST_PART_BYTES
    part = request.get_data(cache=False)
    checksum = request.headers.get("Upload-Checksum")
    if checksum is not None:
        check_sum(checksum, part)
    return part


def _refuse_other_versions() -> Response | None:
    if request.method == "OPTIONS" or request.headers.get("Tus-Resumable") == VERSION:
        return None
    answer = words(f"This office speaks tus {VERSION} only. Send Tus-Resumable: {VERSION}.", 412)
    answer.headers["Tus-Version"] = VERSION
    return answer


def _name_version(answer: Response) -> Response:
    answer.headers["Tus-Resumable"] = VERSION
    return answer


def _refused(status: int) -> Any:
    def answer(error: Invalid) -> Response:
        rollback()
        return words(str(error), status, errors=error.errors)

    return answer
