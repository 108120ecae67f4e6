"""The bytes of a photo come from the store piece by piece, however large it is."""

import os
from pathlib import Path

from sqlalchemy.orm import Session

from fieldapp.adapters.blob_store import folder_store
from fieldapp.domain.evidence.inspect import photo_key
from fieldapp.domain.office.photo_files import original
from tests import people
from tests import visits

MEBIBYTE = 1024 * 1024


def test_large_original_comes_in_pieces_of_about_a_mebibyte(session: Session, tmp_path: Path) -> None:
    people.agency(session)
    officer = people.officer(session)
    content = os.urandom(5 * MEBIBYTE + 1)
    visit = visits.visit(session, officer, people.supervisee(session, officer))
    photo = visits.photo(session, visit, content, state="stored", found_media_type="image/png")
    blobs = folder_store(tmp_path)
    blobs.put_new(photo_key(photo.sha256), content)
    pieces = list(original(session, people.actor(officer), blobs, photo.id, people.TODAY).chunks)
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 2 * MEBIBYTE
