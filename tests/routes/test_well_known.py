"""The office's public keys, and receipts checked with nothing else."""

from flask.testing import FlaskClient
from joserfc.jwk import KeySet
from joserfc.jws import deserialize_compact

from fieldapp.models.supervisee import Supervisee
from tests.phone import Phone


def test_anyone_gets_the_public_keys_and_may_keep_them(client: FlaskClient) -> None:
    answer = client.get("/.well-known/jwks.json")

    assert answer.status_code == 200
    assert "max-age" in answer.headers["Cache-Control"]
    keys = answer.get_json()["keys"]
    assert [set(key) for key in keys] == [{"kty", "crv", "x", "y", "kid", "use", "alg"}] * 2
    assert [(key["use"], key["alg"]) for key in keys] == [("sig", "ES256"), ("enc", "ECDH-ES")]
    assert keys[0]["kid"] != keys[1]["kid"]


def test_receipt_is_verifiable_with_those_keys_alone(phone: Phone, person: Supervisee, client: FlaskClient) -> None:
    (result,) = phone.sync(phone.visit(person))

    keys = KeySet.import_key_set(client.get("/.well-known/jwks.json").get_json())
    proved = deserialize_compact(result["receipt"], keys, algorithms=["ES256"])

    assert proved.headers()["typ"] == "fieldapp-receipt+jws"
    assert result["id"].encode() in proved.payload
