"""The short code of a place: what it is called wherever a plan leaves the app, so that no name has to leave with it."""

import hashlib
import uuid

# neither vowels, so that no code is a word, nor digits and letters that look alike
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 4


def place_code(address_id: uuid.UUID, place: str) -> str:
    """Return such as "K7QM-H": the same for an address each time, ending in the first letter of `place`.

    It is drawn from the address's random id alone: neither the person nor the place can be worked out from it.
    """
    number = int.from_bytes(hashlib.sha256(b"place code " + address_id.bytes).digest()[:16])
    letters = ""
    for _ in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters += ALPHABET[at]
    return f"{letters}-{place[:1].upper()}"
