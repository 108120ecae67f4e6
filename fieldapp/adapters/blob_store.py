"""The blob store through obstore: a folder of this machine or a bucket of any S3 service, by the same calls."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from obstore.exceptions import AlreadyExistsError
from obstore.exceptions import BaseError
from obstore.store import LocalStore
from obstore.store import MemoryStore
from obstore.store import ObjectStore
from obstore.store import S3Store

from fieldapp.domain.errors import TryLater
from fieldapp.domain.evidence.blobs import AlreadyStored
from fieldapp.domain.evidence.blobs import NotStored

KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
CHUNK_BYTES = 1024 * 1024
RETRY_SECONDS = 30


def open_blob_store(place: str) -> "ObstoreBlobs":
    """Return the store at a folder's path or an `s3://bucket/prefix` URL.

    S3 credentials, region and endpoint come from the usual AWS_* variables. Raises ValueError for another URL.
    """
    if place.startswith("s3://"):
        return ObstoreBlobs(S3Store.from_url(place))
    if "://" in place:
        raise ValueError(f"{place.split('://')[0]}:// is no place for photos. Give a folder or s3://bucket/prefix.")
    return folder_store(Path(place))


def folder_store(folder: Path) -> "ObstoreBlobs":
    """Return the store in a folder, which is made if need be and readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return ObstoreBlobs(LocalStore(folder), folder)


def memory_store() -> "ObstoreBlobs":
    """Return a store that lasts as long as the process."""
    return ObstoreBlobs(MemoryStore())


class ObstoreBlobs:
    """A BlobStore over any of obstore's stores; `folder` is that of a local one, whose writes are then made to last."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    def put_new(self, key: str, data: bytes) -> None:
        """Store all of the bytes, or none. Raises AlreadyStored."""
        with _answers(key):
            self._store.put(key, data, mode="create")
        if self._folder is not None:
            _flush(self._folder / key, self._folder)

    def get(self, key: str) -> bytes:
        """Return all bytes of a blob. Raises NotStored."""
        with _answers(key):
            return bytes(self._store.get(key).bytes())

    def chunks(self, key: str) -> Iterator[bytes]:
        """Return a blob in pieces of about a mebibyte. Raises NotStored at once, not at the first piece."""
        with _answers(key):
            found = self._store.get(key)
        return (bytes(chunk) for chunk in found.stream(min_chunk_size=CHUNK_BYTES))

    def exists(self, key: str) -> bool:
        """Whether something is stored under the key."""
        try:
            with _answers(key):
                self._store.head(key)
        except NotStored:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove a blob; one that is not there is no error."""
        try:
            with _answers(key):
                self._store.delete(key)
        except NotStored:
            return

    def list(self, prefix: str = "") -> list[str]:
        """Return the keys below a prefix of whole segments, in order."""
        with _answers(prefix or "all"):
            return sorted(found["path"] for batch in self._store.list(prefix or None) for found in batch)


@contextmanager
def _answers(key: str) -> Iterator[None]:
    """Check the key and say what goes wrong in the domain's words."""
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} cannot be a key: lower-case letters, digits, dot, dash and underscore, parted by /")
    try:
        yield
    except AlreadyExistsError as error:
        raise AlreadyStored("This picture is stored already; it was left as it is.") from error
    except FileNotFoundError as error:
        raise NotStored("This picture is not in the store.") from error
    except BaseError as error:
        raise TryLater(
            "The store of photos cannot be reached. Nothing is lost: try again soon.", RETRY_SECONDS
        ) from error


def _flush(path: Path, top: Path) -> None:
    """Have the disk keep a file and the names that lead to it: obstore writes and renames, but waits for no disk."""
    for each in [path, *path.parents]:
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if each == top:
            return
