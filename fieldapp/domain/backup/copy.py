"""Copies blobs from one store to another, each hashed on the way; what is altered or gone is told, never copied."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.domain.backup.kept import KeptBlob
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.blobs import NotStored
from fieldapp.domain.evidence.inspect import keep


@dataclass(frozen=True)
class Copied:
    """How many blobs and bytes were copied, how many the target had, and a sentence for each that could not be."""

    blobs: int
    bytes: int
    had: int
    problems: Sequence[str]


def copy_blobs(source: BlobStore, target: BlobStore, wanted: Sequence[KeptBlob]) -> Copied:
    """Copy what the target lacks. Blobs are written once, so one that is there is left alone.

    Raises TryLater where a store cannot be reached.
    """
    there = set(target.list())
    missing = [blob for blob in wanted if blob.key not in there]
    copied, size, problems = 0, 0, []
    for blob in missing:
        problem, data = _read(source, blob)
        if problem:
            problems.append(problem)
            continue
        keep(target, blob.key, data)
        copied, size = copied + 1, size + len(data)
    return Copied(copied, size, len(wanted) - len(missing), problems)


def _read(source: BlobStore, blob: KeptBlob) -> tuple[str, bytes]:
    try:
        data = source.get(blob.key)
    except NotStored:
        return f"{blob.key} is missing from the store.", b""
    if blob.sha256 and hashlib.sha256(data).hexdigest() != blob.sha256:
        return f"{blob.key} was altered in the store: its bytes do not have the SHA-256 {blob.sha256}.", b""
    return "", data
