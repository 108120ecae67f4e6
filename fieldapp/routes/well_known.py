"""The office's public keys, by which anyone can check its receipts."""

from typing import Any

from flask import Blueprint
from flask import jsonify

from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.parts import parts

bp = Blueprint("well_known", __name__)
KEPT = "public, max-age=3600"


@bp.get("/.well-known/jwks.json")
@allow(ANYONE)
def keys() -> Any:
    answer = jsonify(parts().office_key.public_jwks())
    answer.headers["Cache-Control"] = KEPT
    return answer
