"""A calendar's address: random, known by its hash alone, one at a time, ended by whatever ends a user's sessions."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.accounts.sign_in import end_sessions
from fieldapp.domain.accounts.users import disable_user
from fieldapp.domain.accounts.users import enable_user
from fieldapp.domain.accounts.users import release_user
from fieldapp.domain.backup.restored import begin_anew
from fieldapp.domain.calendar.address import feed_of
from fieldapp.domain.calendar.address import living_feed
from fieldapp.domain.calendar.address import make_feed
from fieldapp.domain.calendar.address import revoke_feed
from fieldapp.domain.errors import NotFound
from fieldapp.models.audit import AuditEntry
from fieldapp.models.calendar import CalendarFeed
from fieldapp.models.user import User
from tests import people

NOW = people.NOW


@pytest.fixture
def officer(session: Session) -> User:
    people.agency(session)
    return people.officer(session)


@pytest.fixture
def secret(session: Session, officer: User) -> str:
    return make_feed(session, people.actor(officer), now=NOW)


def refusal(session: Session, secret: str) -> str:
    with pytest.raises(NotFound) as refused:
        feed_of(session, secret)
    return str(refused.value)


def test_a_secret_has_256_bits_and_leads_to_its_officer(session: Session, officer: User, secret: str) -> None:
    feed, whose = feed_of(session, secret)

    assert len(secret) == 43
    assert whose is officer
    assert living_feed(session, people.actor(officer)) is feed


def test_the_secret_is_neither_in_the_table_nor_in_the_audit_log(session: Session, secret: str) -> None:
    feed = session.scalars(select(CalendarFeed)).one()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "calendar.made")).one()

    assert len(feed.secret_sha256) == 64
    assert secret not in "".join(str(getattr(feed, column.name)) for column in CalendarFeed.__table__.columns)
    assert secret not in f"{entry.subject} {entry.details}"


def test_a_new_address_ends_the_one_before(session: Session, officer: User, secret: str) -> None:
    second = make_feed(session, people.actor(officer), now=NOW)

    assert second != secret
    assert feed_of(session, second)[1] is officer
    assert refusal(session, secret)


def end(session: Session, officer: User) -> None:
    revoke_feed(session, people.actor(officer), now=NOW)


def leave(session: Session, officer: User) -> None:
    disable_user(session, None, officer.email, now=NOW)


def sign_out_everywhere(session: Session, officer: User) -> None:
    end_sessions(session, officer.id, now=NOW)


def restore(session: Session, officer: User) -> None:
    begin_anew(session, "copy", now=NOW)


@pytest.mark.parametrize("ending", [end, leave, sign_out_everywhere, restore])
def test_an_address_that_ended_says_what_one_that_never_was_says(
    session: Session, officer: User, secret: str, ending: Callable[[Session, User], None]
) -> None:
    ending(session, officer)

    assert refusal(session, secret) == refusal(session, "never-was") == refusal(session, "")
    assert living_feed(session, people.actor(officer)) is None


def test_who_comes_back_needs_a_new_address(session: Session, officer: User, secret: str) -> None:
    leave(session, officer)
    enable_user(session, None, officer.email, now=NOW)

    assert refusal(session, secret)


def test_a_locked_account_shows_nothing_until_it_is_released(session: Session, officer: User, secret: str) -> None:
    officer.locked_at = NOW
    session.flush()
    assert refusal(session, secret)

    release_user(session, None, officer.email, now=NOW)
    assert feed_of(session, secret)[1] is officer


def test_revoking_touches_nobody_elses_address(session: Session, officer: User, secret: str) -> None:
    end(session, people.officer(session))

    assert feed_of(session, secret)[1] is officer
    assert not session.scalars(select(AuditEntry).where(AuditEntry.event == "calendar.revoked")).all()


def test_text_that_is_no_secret_is_only_unknown(session: Session, secret: str) -> None:
    for text in (secret[:-1], secret + "x", "\ud800", "ü", "' OR 1=1 --", "x" * 100_000):
        assert refusal(session, text)
