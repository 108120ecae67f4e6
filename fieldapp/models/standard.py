"""Contact standards as dated rows, and approved exceptions from them."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId


class StandardException(HasId, Base):
    """An approved deviation: one occurrence of one standard is moved to `until` or, without it, waived."""

    __tablename__ = "standard_exception"

    supervisee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervisee.id"), index=True)
    standard_key: Mapped[str] = mapped_column(Code)
    due_on: Mapped[dt.date]
    until: Mapped[dt.date | None]
    reason: Mapped[str]
    approved_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[dt.datetime]
