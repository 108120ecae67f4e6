"""The office's public keys: one to check its receipts with, one to lock rescue files with (RFC 7517)."""

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
    signing = parts().office_key.public_jwks()["keys"]
    answer = jsonify({"keys": [*signing, parts().rescue_key.public_jwk()]})
    answer.headers["Cache-Control"] = KEPT
    return answer
