"""Passwords: Argon2id with OWASP's parameters (19 MiB, 2 passes), and the least that one must be."""

import argon2

from fieldapp.domain.errors import Invalid

LEAST_LENGTH = 8
HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# checked when the account does not exist, so that the answer takes as long as for one that does
NOBODY = HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return the Argon2id hash. Raises Invalid when the password is too short (CJIS IA-5: at least 8 characters)."""
    if len(password) < LEAST_LENGTH:
        raise Invalid({"password": f"A password needs at least {LEAST_LENGTH} characters."})
    return HASHER.hash(password)


def password_matches(hashed: str, password: str) -> bool:
    """Say whether the password belongs to the hash; an empty hash matches nothing and takes as long."""
    try:
        return HASHER.verify(hashed or NOBODY, password) and bool(hashed)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
