"""The store of original bytes as the domain sees it: written once, read back, never overwritten."""

from collections.abc import Iterator
from typing import Protocol

from fieldapp.domain.errors import Conflict
from fieldapp.domain.errors import NotFound


class AlreadyStored(Conflict):
    """The key is taken; what is there was left untouched."""


class NotStored(NotFound):
    """Nothing is stored under the key."""


class BlobStore(Protocol):
    """Bytes by key. Keys are lower-case path segments of letters, digits, dot, dash and underscore, parted by `/`.

    Every method raises ValueError for any other key, and TryLater where the store cannot be reached just now.
    """

    def put_new(self, key: str, data: bytes) -> None:
        """Store all of the bytes, or none; they survive a power cut once this returns. Raises AlreadyStored."""

    def get(self, key: str) -> bytes:
        """Return all bytes of a blob. Raises NotStored."""

    def chunks(self, key: str) -> Iterator[bytes]:
        """Return the bytes of a blob piece by piece, for pictures too large to hold twice. Raises NotStored."""

    def exists(self, key: str) -> bool:
        """Whether something is stored under the key."""

    def delete(self, key: str) -> None:
        """Remove a blob; one that is not there is no error."""

    def list(self, prefix: str = "") -> list[str]:
        """Return the keys below a prefix of whole segments, in order; all of them without a prefix."""
