"""What came over the wire: devices, submissions as they arrived, phones' reports, and exceptions for the supervisor."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId


class Device(HasId, Base):
    """A phone's signing key. `kid` is the RFC 7638 thumbprint of the public key; a key belongs to one officer."""

    __tablename__ = "device"

    kid: Mapped[str] = mapped_column(unique=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    public_jwk: Mapped[dict[str, Any]]
    label: Mapped[str] = mapped_column(default="")
    enrolled_at: Mapped[dt.datetime]
    signed_off_at: Mapped[dt.datetime | None]


class Submission(Base):
    """A signed submission, kept as it came. The primary key makes a second visit from the same submission impossible.

    `state`: stored or set_aside (kept, but could not be applied: `reason` says why).
    """

    __tablename__ = "submission"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Code)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"))
    made_at: Mapped[dt.datetime]
    received_at: Mapped[dt.datetime] = mapped_column(index=True)
    clock_skew_s: Mapped[float]
    app: Mapped[str] = mapped_column(default="")
    jws: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(default="")


class ConflictingSubmission(HasId, Base):
    """Other bytes under an id that is taken: kept beside the first, for the supervisor to decide."""

    __tablename__ = "conflicting_submission"
    __table_args__ = (UniqueConstraint("submission_id", "sha256"),)

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"))
    received_at: Mapped[dt.datetime]
    jws: Mapped[str]
    sha256: Mapped[str]


class PhoneReport(Base):
    """What a phone last said it still holds: one row a device. Bytes and free space as the browser told them."""

    __tablename__ = "phone_report"

    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"), primary_key=True)
    reported_at: Mapped[dt.datetime]
    clock_skew_s: Mapped[float]
    waiting: Mapped[int] = mapped_column(default=0)
    oldest_at: Mapped[dt.datetime | None]
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    free: Mapped[int | None] = mapped_column(BigInteger)
    app: Mapped[str] = mapped_column(default="")


class FieldException(HasId, Base):
    """Something that needs a supervisor's decision.

    `code` says what kind; it is unique for its subject, so that repeats do not pile up.
    """

    __tablename__ = "field_exception"
    __table_args__ = (UniqueConstraint("code", "subject"),)

    code: Mapped[str] = mapped_column(Code)
    subject: Mapped[str]
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    supervisee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("supervisee.id"), index=True)
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visit.id"), index=True)
    words: Mapped[str]
    opened_at: Mapped[dt.datetime] = mapped_column(index=True)
    closed_at: Mapped[dt.datetime | None]
