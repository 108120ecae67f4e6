"""The office's signing key: it signs receipts, and anyone may check them with its public half (RFC 7517, RFC 7638)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey

ALGORITHM = "ES256"
CURVE = "P-256"


@dataclass(frozen=True)
class OfficeKey:
    """An EC P-256 key with its private part. `kid` is the RFC 7638 thumbprint, base64url."""

    key: ECKey

    @property
    def kid(self) -> str:
        """The name under which receipts point to the key."""
        return self.key.thumbprint()

    def public_jwks(self) -> dict[str, Any]:
        """Return the JWK set for /.well-known/jwks.json: the public half only."""
        public = {**self.key.as_dict(private=False), "kid": self.kid, "use": "sig", "alg": ALGORITHM}
        return {"keys": [public]}

    def sign(self, payload: bytes, typ: str) -> str:
        """Return a compact JWS (RFC 7515, ES256) over these bytes with `typ` in its header."""
        return jws.serialize_compact(
            {"alg": ALGORITHM, "kid": self.kid, "typ": typ}, payload, self.key, algorithms=[ALGORITHM]
        )


def new_office_key() -> OfficeKey:
    """Return a fresh key."""
    return OfficeKey(ECKey.generate_key(CURVE))


def office_key_of(jwk: Mapping[str, Any]) -> OfficeKey:
    """Return the key that this private JWK is. Raises ValueError for anything else."""
    return OfficeKey(private_key_of(jwk))


def private_key_of(jwk: Mapping[str, Any]) -> ECKey:
    """Return the private EC P-256 key that this JWK is. Raises ValueError for anything else."""
    try:
        key = ECKey.import_key(dict(jwk))
        right = key.is_private and key.curve_name == CURVE
    except Exception as error:
        raise ValueError("not an EC key") from error
    if not right:
        raise ValueError("not a private key on P-256")
    return key


def private_jwk(key: OfficeKey) -> dict[str, Any]:
    """Return the JWK with the private part, for the key file and nothing else."""
    return dict(key.key.as_dict(private=True))
