"""People who sign in, their teams, and the sign-ins themselves."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from fieldapp.models.base import Base
from fieldapp.models.base import Code
from fieldapp.models.base import HasId

ROLES = ("officer", "supervisor", "administrator")


class Team(HasId, Base):
    """Officers and the supervisors who answer for them."""

    __tablename__ = "team"

    name: Mapped[str] = mapped_column(unique=True)


class User(HasId, Base):
    """An officer, supervisor or administrator. `email` is kept in lower case and is the sign-in name."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint(f"role in {ROLES}", name="role"),)

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(Code)
    team_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("team.id"), index=True)
    phone: Mapped[str] = mapped_column(default="")
    home_lat: Mapped[float | None]
    home_lon: Mapped[float | None]
    password_hash: Mapped[str] = mapped_column(default="")
    locked_at: Mapped[dt.datetime | None]
    disabled_at: Mapped[dt.datetime | None]

    team: Mapped[Team | None] = relationship()


class SignIn(HasId, Base):
    """One session of one user; the cookie holds a random token of which only the SHA-256 is here."""

    __tablename__ = "sign_in"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    user: Mapped[User] = relationship()


class FailedSignIn(HasId, Base):
    """A wrong password for an existing account, counted to lock it (CJIS AC-7)."""

    __tablename__ = "failed_sign_in"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
