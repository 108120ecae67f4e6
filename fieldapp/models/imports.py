"""Caseload files that wait between the dry run and the import."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from fieldapp.models.base import Base
from fieldapp.models.base import HasId


class ImportFile(HasId, Base):
    """A caseload file as an administrator sent it. `bytes` are emptied once it is applied, the row goes after a day.

    `outcome` holds the counts of the import (new, changed, same), and is empty before it.
    """

    __tablename__ = "import_file"

    administrator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str]
    bytes: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(index=True)
    applied_at: Mapped[dt.datetime | None]
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
