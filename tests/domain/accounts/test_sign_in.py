"""Signing in: the right password, counted failures, and the three ends of a session."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.accounts.passwords import hash_password
from fieldapp.domain.accounts.passwords import password_matches
from fieldapp.domain.accounts.sign_in import Admitted
from fieldapp.domain.accounts.sign_in import Turned
from fieldapp.domain.accounts.sign_in import needs_touch
from fieldapp.domain.accounts.sign_in import sign_in
from fieldapp.domain.accounts.sign_in import sign_out
from fieldapp.domain.accounts.sign_in import signed_in
from fieldapp.domain.accounts.sign_in import touch
from fieldapp.domain.errors import Invalid
from fieldapp.models.audit import AuditEntry
from fieldapp.models.user import SignIn
from tests import people

LIFETIME, IDLE = dt.timedelta(hours=12), dt.timedelta(minutes=30)


def enter(session: Session, email: str, password: str = people.PASSWORD, minutes: float = 0) -> Admitted | Turned:
    return sign_in(session, email, password, now=people.NOW + dt.timedelta(minutes=minutes))


def alive(session: Session, token: str, minutes: float) -> bool:
    now = people.NOW + dt.timedelta(minutes=minutes)
    return signed_in(session, token, now=now, lifetime=LIFETIME, idle=IDLE) is not None


def test_right_password_starts_a_session_whatever_the_case_of_the_email(session: Session) -> None:
    user = people.officer(session)
    result = enter(session, f" {user.email.upper()} ")
    assert isinstance(result, Admitted)
    assert result.actor.id == user.id
    assert alive(session, result.token, 1)


def test_the_token_itself_is_not_in_the_database(session: Session) -> None:
    result = enter(session, people.officer(session).email)
    assert isinstance(result, Admitted)
    assert result.token not in session.scalars(select(SignIn.token_sha256)).all()


def test_wrong_password_and_unknown_email_get_the_same_answer(session: Session) -> None:
    user = people.officer(session)
    assert enter(session, user.email, "something else") == enter(session, "nobody@agency.example") == Turned("wrong")


def test_a_user_without_a_password_cannot_sign_in_with_an_empty_one(session: Session) -> None:
    user = people.officer(session, password_hash="")
    assert enter(session, user.email, "") == Turned("wrong")


def test_fifth_failure_in_15_minutes_locks_the_account(session: Session) -> None:
    user = people.officer(session)
    for minute in range(4):
        enter(session, user.email, "wrong", minutes=minute)
    assert isinstance(enter(session, user.email, minutes=4), Admitted)
    enter(session, user.email, "wrong", minutes=5)
    assert enter(session, user.email, minutes=6) == Turned("locked")


def test_failures_older_than_15_minutes_do_not_lock(session: Session) -> None:
    user = people.officer(session)
    for minute in (0, 4, 8, 12, 20, 24, 28):
        enter(session, user.email, "wrong", minutes=minute)
    assert isinstance(enter(session, user.email, minutes=29), Admitted)


def test_a_locked_account_says_so_only_to_who_knows_the_password(session: Session) -> None:
    user = people.officer(session, locked_at=people.NOW)
    assert enter(session, user.email, "wrong") == Turned("wrong")
    assert enter(session, user.email) == Turned("locked")


def test_a_disabled_account_cannot_sign_in(session: Session) -> None:
    assert enter(session, people.officer(session, disabled_at=people.NOW).email) == Turned("disabled")


def test_session_ends_after_30_idle_minutes(session: Session) -> None:
    result = enter(session, people.officer(session).email)
    assert isinstance(result, Admitted)
    assert alive(session, result.token, 30)
    assert not alive(session, result.token, 30.1)


def test_session_in_use_ends_after_12_hours(session: Session) -> None:
    result = enter(session, people.officer(session).email)
    assert isinstance(result, Admitted)
    row = session.scalars(select(SignIn)).one()
    touch(session, row.id, now=people.NOW + dt.timedelta(hours=11, minutes=50))
    session.expire_all()
    assert alive(session, result.token, 12 * 60)
    assert not alive(session, result.token, 12 * 60 + 1)


def test_session_ends_at_sign_out_and_at_once_when_the_account_is_locked(session: Session) -> None:
    user = people.officer(session)
    first, second = enter(session, user.email), enter(session, user.email)
    assert isinstance(first, Admitted)
    assert isinstance(second, Admitted)
    sign_out(session, first.token, now=people.NOW)
    assert not alive(session, first.token, 1)
    assert alive(session, second.token, 1)
    user.locked_at = people.NOW
    session.flush()
    assert not alive(session, second.token, 1)


def test_signing_out_twice_is_written_once(session: Session) -> None:
    result = enter(session, people.officer(session).email)
    assert isinstance(result, Admitted)
    sign_out(session, result.token, now=people.NOW)
    sign_out(session, result.token, now=people.NOW)
    sign_out(session, "no such token", now=people.NOW)
    assert session.scalars(select(AuditEntry.event)).all().count("sign_out") == 1


def test_last_activity_is_written_once_a_minute_at_most(session: Session) -> None:
    enter(session, people.officer(session).email)
    row = session.scalars(select(SignIn)).one()
    assert not needs_touch(row, people.NOW + dt.timedelta(seconds=59))
    assert needs_touch(row, people.NOW + dt.timedelta(seconds=60))


def test_a_password_under_8_characters_is_refused() -> None:
    with pytest.raises(Invalid, match="at least 8"):
        hash_password("1234567")


def test_a_damaged_hash_matches_no_password() -> None:
    assert not password_matches("not a hash", "anything")
