"""Photos for those who may see the visit: originals as they came, thumbnails, and previews."""

import uuid
from typing import Any

from flask import Blueprint
from flask import Response

from fieldapp.domain.office.photo_files import PhotoFile
from fieldapp.domain.office.photo_files import original
from fieldapp.domain.office.photo_files import preview
from fieldapp.domain.office.photo_files import thumbnail
from fieldapp.web.access import SIGNED_IN
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import today
from fieldapp.web.database import session
from fieldapp.web.parts import parts
from fieldapp.web.reading import note_reading

bp = Blueprint("photos", __name__)
# the bytes come from outside: whatever is in them, a browser may show a picture and do nothing else
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
}


@bp.get("/photos/<uuid:id>")
@allow(*SIGNED_IN)
def show(id: uuid.UUID) -> Any:
    file = original(session(), actor(), parts().blobs, id, today())
    note_reading("photo.read", id)
    return _streamed(file)


@bp.get("/photos/<uuid:id>/thumbnail")
@allow(*SIGNED_IN)
def show_thumbnail(id: uuid.UUID) -> Any:
    """Show it small. No reading is noted: that of the visit's page, which shows them all, covers its thumbnails."""
    return _streamed(thumbnail(session(), actor(), parts().blobs, id, today()))


@bp.get("/photos/<uuid:id>/preview")
@allow(*SIGNED_IN)
def show_preview(id: uuid.UUID) -> Any:
    """Show what the phone sent ahead of the original; as with thumbnails, no reading is noted."""
    return _streamed(preview(session(), actor(), parts().blobs, id, today()))


def _streamed(file: PhotoFile) -> Response:
    headers = {**HEADERS, "Content-Disposition": f"inline; filename={file.name}"}
    return Response(file.chunks, mimetype=file.media_type, headers=headers)
