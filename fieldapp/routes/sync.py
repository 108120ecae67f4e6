"""Taking in what phones send."""

from typing import Any

from flask import Blueprint

from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.wire.receipts import moment_text
from fieldapp.domain.wire.receive import receive
from fieldapp.domain.wire.received import Office
from fieldapp.domain.wire.sync_request import read_sync
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.clock import agency
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session
from fieldapp.web.json_body import json_body
from fieldapp.web.parts import parts
from fieldapp.web.travel import travel

bp = Blueprint("sync", __name__)


@bp.post("/sync")
@allow("officer")
def take_in() -> Any:
    moment = now()
    request = read_sync(json_body())
    office = Office(agency(), shipped_library(), parts().blobs, parts().pictures, travel())
    results = receive(session(), actor(), request, office, parts().office_key, now=moment)
    commit()
    return {"server_now": moment_text(moment), "results": [result.as_json() for result in results]}
