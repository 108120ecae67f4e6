"""The key of rescue files: phones lock with its public half, only the office's private half opens (RFC 7516)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey

from fieldapp.domain.wire.office_key import CURVE
from fieldapp.domain.wire.office_key import private_key_of

AGREEMENT = "ECDH-ES"
ENCRYPTION = "A256GCM"
LONGEST_PART = 2 * 1024 * 1024  # the list is one part, however long it is
HEADER_NAMES = {"alg", "enc", "kid", "epk", "typ", "file", "part"}


class _Registry(JWERegistry):
    """Parts are larger than joserfc expects of a token; the file's reader has measured them already."""

    max_ciphertext_length = LONGEST_PART


@dataclass(frozen=True)
class RescueKey:
    """An EC P-256 key with its private part, for ECDH-ES only. `kid` is the RFC 7638 thumbprint, base64url."""

    key: ECKey

    @property
    def kid(self) -> str:
        """The name under which a rescue file points to the key."""
        return self.key.thumbprint()

    def public_jwk(self) -> dict[str, Any]:
        """Return the public half for /.well-known/jwks.json."""
        return {**self.key.as_dict(private=False), "kid": self.kid, "use": "enc", "alg": AGREEMENT}

    def open(self, part: str) -> bytes:
        """Return what a compact JWE locks. Raises ValueError when it is altered or locked for another key."""
        registry = _Registry(algorithms=[AGREEMENT, ENCRYPTION], strict_check_header=False)
        try:
            found = jwe.decrypt_compact(part, self.key, registry=registry)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ValueError("cannot be opened") from error
        found.recipient = None  # the two point at each other: the part would stay in memory until they are collected
        return found.plaintext or b""


def new_rescue_key() -> RescueKey:
    """Return a fresh key."""
    return RescueKey(ECKey.generate_key(CURVE))


def rescue_key_of(jwk: Mapping[str, Any]) -> RescueKey:
    """Return the key that this private JWK is. Raises ValueError for anything else."""
    return RescueKey(private_key_of(jwk))
