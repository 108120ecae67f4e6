"""Photos as evidence, and the uploads that bring their bytes."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code


class Photo(Base):
    """A photo that a signed visit names. `state`: awaited, stored (bytes proved against `sha256`), quarantined.

    `problem` says in words why a stored file has no thumbnail or why bytes were quarantined.
    """

    __tablename__ = "photo"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    position: Mapped[int]
    item: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    bytes: Mapped[int]
    media_type: Mapped[str]
    taken_at: Mapped[dt.datetime]
    position_state: Mapped[str] = mapped_column(Code)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    position_accuracy_m: Mapped[float | None]
    no_position_reason: Mapped[str] = mapped_column(default="")
    caption: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(Code)
    state: Mapped[str] = mapped_column(Code, default="awaited")
    stored_at: Mapped[dt.datetime | None]
    found_media_type: Mapped[str] = mapped_column(default="")
    width: Mapped[int | None]
    height: Mapped[int | None]
    has_thumbnail: Mapped[bool] = mapped_column(default=False)
    problem: Mapped[str] = mapped_column(default="")


class PhotoPreview(Base):
    """A small picture that stands in for a photo until its original shows itself. Made by the phone, proved by nothing.

    `bytes` is its size as it is kept.
    """

    __tablename__ = "photo_preview"

    photo_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("photo.id"), primary_key=True)
    received_at: Mapped[dt.datetime]
    bytes: Mapped[int]


class Upload(Base):
    """A tus upload under way or complete: `received` of `length` bytes, kept as parts in the blob store.

    It may complete before the visit that names the photo has arrived; then `photo_id` waits to be claimed.
    """

    __tablename__ = "upload"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    photo_id: Mapped[uuid.UUID] = mapped_column(index=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(index=True)
    sha256: Mapped[str]
    media_type: Mapped[str]
    length: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime]
    completed_at: Mapped[dt.datetime | None]
    found_sha256: Mapped[str] = mapped_column(default="")
    blob_key: Mapped[str] = mapped_column(default="")
