"""Giving a phone the current receipt of what it sent."""

import uuid
from typing import Any

from flask import Blueprint
from flask import Response
from flask import request

from fieldapp.domain.wire.receipts import find_receipt
from fieldapp.domain.wire.receipts import sign_receipt
from fieldapp.web.access import allow
from fieldapp.web.actor import actor
from fieldapp.web.database import session
from fieldapp.web.parts import parts

bp = Blueprint("receipts", __name__)


@bp.get("/receipts/<uuid:id>")
@allow("officer")
def show(id: uuid.UUID) -> Any:
    receipt = find_receipt(session(), actor(), id, request.args.get("sha256"))
    return Response(sign_receipt(receipt, parts().office_key), mimetype="application/jose")
