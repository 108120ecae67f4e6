"""Taking in previews of photos whose originals are still on the phone."""

import uuid
from typing import Any

from flask import Blueprint
from flask import request

from fieldapp.domain.errors import Invalid
from fieldapp.domain.evidence.previews import MOST_PREVIEW_BYTES
from fieldapp.domain.evidence.previews import keep_preview
from fieldapp.domain.evidence.previews import read_preview
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session
from fieldapp.web.parts import parts

bp = Blueprint("previews", __name__)


@bp.put("/evidence/previews/<uuid:id>")
@allow("officer", writes=False)
def keep(id: uuid.UUID) -> Any:
    if request.mimetype != "image/jpeg":
        raise Invalid({"Content-Type": "Content-Type must be image/jpeg."})
    request.max_content_length = MOST_PREVIEW_BYTES
    # made anew while no transaction is open: nobody waits for the database because of a picture
    picture = read_preview(parts().pictures, request.get_data(cache=False))
    rollback()
    begin_writing()
    keep_preview(session(), actor(), parts().blobs, id, picture, now=now())
    commit()
    return {"id": str(id)}
