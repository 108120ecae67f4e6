"""The contract of a blob store, kept by the folder and the memory store alike."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fieldapp.adapters.blob_store import ObstoreBlobs
from fieldapp.adapters.blob_store import folder_store
from fieldapp.adapters.blob_store import memory_store
from fieldapp.adapters.blob_store import open_blob_store
from fieldapp.domain.errors import TryLater
from fieldapp.domain.evidence.blobs import AlreadyStored
from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.blobs import NotStored

KEY = "originals/2f/2f6e.jpg"


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    make: dict[str, Callable[[], ObstoreBlobs]] = {
        "folder": lambda: folder_store(tmp_path / "blobs"),
        "memory": memory_store,
    }
    return make[request.param]()


def test_what_was_put_comes_back_byte_for_byte(store: BlobStore) -> None:
    data = bytes(range(256)) * 9000

    store.put_new(KEY, data)

    assert store.get(KEY) == data
    assert b"".join(store.chunks(KEY)) == data


def test_second_put_is_refused_and_leaves_the_first_bytes(store: BlobStore) -> None:
    store.put_new(KEY, b"first")

    with pytest.raises(AlreadyStored):
        store.put_new(KEY, b"second")

    assert store.get(KEY) == b"first"


def test_of_many_puts_at_once_exactly_one_wins(store: BlobStore) -> None:
    def put(number: int) -> bytes | None:
        data = b"%d" % number * 100_000
        try:
            store.put_new(KEY, data)
        except AlreadyStored:
            return None
        return data

    with ThreadPoolExecutor(8) as pool:
        winners = [data for data in pool.map(put, range(8)) if data]

    assert winners == [store.get(KEY)]


@pytest.mark.parametrize("read", ["get", "chunks"])
def test_reading_what_is_not_there_says_so_at_once(store: BlobStore, read: str) -> None:
    with pytest.raises(NotStored):
        getattr(store, read)(KEY)


def test_exists_tells_stored_from_missing(store: BlobStore) -> None:
    store.put_new(KEY, b"here")

    assert store.exists(KEY)
    assert not store.exists("originals/2f/other.jpg")
    assert not store.exists("originals/2f")


def test_deleted_is_gone_and_deleting_again_is_no_error(store: BlobStore) -> None:
    store.put_new(KEY, b"here")

    store.delete(KEY)
    store.delete(KEY)

    assert not store.exists(KEY)


def test_list_gives_the_keys_below_a_prefix_in_order(store: BlobStore) -> None:
    for key in ["originals/b.jpg", "originals/a.jpg", "originals-old/c.jpg", "thumbnails/a.jpg"]:
        store.put_new(key, b"x")

    assert store.list("originals") == ["originals/a.jpg", "originals/b.jpg"]
    assert len(store.list()) == 4
    assert store.list("quarantine") == []


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../secret", "a/../../b", "a//b", "a/", "Ä.jpg", "a b", "A.jpg", ".hidden", "a\x00b"]
)
def test_a_key_that_could_lead_elsewhere_is_refused(store: BlobStore, key: str) -> None:
    for call in (store.get, store.chunks, store.exists, store.delete, lambda key: store.put_new(key, b"x")):
        with pytest.raises(ValueError, match="cannot be a key"):
            call(key)


def test_another_process_sees_what_a_folder_store_wrote(tmp_path: Path) -> None:
    open_blob_store(str(tmp_path / "new" / "blobs")).put_new(KEY, b"here")

    assert open_blob_store(str(tmp_path / "new" / "blobs")).get(KEY) == b"here"
    assert (tmp_path / "new" / "blobs" / KEY).read_bytes() == b"here"


def test_a_store_that_cannot_take_it_asks_to_try_later(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    (tmp_path / "originals").write_text("a file where a folder has to be")

    with pytest.raises(TryLater, match="try again"):
        store.put_new(KEY, b"x")


def test_an_unknown_kind_of_place_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match="s3://bucket/prefix"):
        open_blob_store("ftp://somewhere/else")
