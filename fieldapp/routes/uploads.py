"""Photos' bytes by tus 1.0: any tus client can send them and go on after any interruption."""

import uuid
from typing import Any

from flask import Blueprint
from flask import Response
from flask import request
from flask import url_for

from fieldapp.domain.evidence.complete import assemble
from fieldapp.domain.evidence.complete import finish_upload
from fieldapp.domain.evidence.previews import drop_superseded
from fieldapp.domain.evidence.tus import parse_metadata
from fieldapp.domain.evidence.uploads import LastPart
from fieldapp.domain.evidence.uploads import add_part
from fieldapp.domain.evidence.uploads import begin_upload
from fieldapp.domain.evidence.uploads import drop_parts
from fieldapp.domain.evidence.uploads import find_upload
from fieldapp.domain.evidence.uploads import give_up_upload
from fieldapp.models.evidence import Upload
from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import session
from fieldapp.web.parts import parts
from fieldapp.web.tus import capabilities
from fieldapp.web.tus import init_tus
from fieldapp.web.tus import part_of_body
from fieldapp.web.tus import whole_number

bp = Blueprint("uploads", __name__, url_prefix="/evidence/uploads")
init_tus(bp)


@bp.route("", methods=["OPTIONS"])
@bp.route("/<uuid:id>", methods=["OPTIONS"])
@allow(ANYONE)
def ask(id: uuid.UUID | None = None) -> Any:
    return capabilities()


@bp.post("", provide_automatic_options=False)
@allow("officer")
def begin() -> Any:
    metadata = parse_metadata(request.headers.get("Upload-Metadata", ""))
    upload, replaced = begin_upload(session(), actor(), whole_number("Upload-Length"), metadata, now=now())
    commit()
    drop_parts(parts().blobs, replaced)
    answer = _standing(upload, 201)
    answer.headers["Location"] = url_for("uploads.look", id=upload.id)
    return answer


@bp.route("/<uuid:id>", methods=["HEAD"], provide_automatic_options=False)
@allow("officer")
def look(id: uuid.UUID) -> Any:
    return _standing(find_upload(session(), actor(), id), 200)


@bp.patch("/<uuid:id>", provide_automatic_options=False)
@allow("officer")
def send(id: uuid.UUID) -> Any:
    done = add_part(session(), actor(), parts().blobs, id, whole_number("Upload-Offset"), part_of_body())
    commit()
    return _standing(_finish(done) if isinstance(done, LastPart) else done, 204)


@bp.delete("/<uuid:id>", provide_automatic_options=False)
@allow("officer")
def give_up(id: uuid.UUID) -> Any:
    give_up_upload(session(), actor(), id)
    commit()
    drop_parts(parts().blobs, [id])
    return Response(status=204)


def _finish(last: LastPart) -> Upload:
    """Join and hash while no transaction is open: a photo takes longer than anybody should wait for the database."""
    original = assemble(parts().blobs, parts().pictures, last)
    begin_writing()
    upload = finish_upload(session(), actor(), parts().blobs, parts().pictures, original, now=now())
    commit()
    drop_parts(parts().blobs, [last.upload_id])
    drop_superseded(session(), parts().blobs, upload.photo_id)
    return upload


def _standing(upload: Upload, status: int) -> Response:
    answer = Response(status=status)
    answer.headers["Upload-Offset"] = str(upload.received)
    answer.headers["Upload-Length"] = str(upload.length)
    return answer
