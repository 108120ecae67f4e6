"""Phones that hold unsent work for too long, as far as the office has heard."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access import visible_officers
from fieldapp.domain.actor import Actor
from fieldapp.domain.wire.received import CLOCK_TOLERANCE
from fieldapp.models.user import User
from fieldapp.models.wire import Device
from fieldapp.models.wire import PhoneReport

LONG = dt.timedelta(hours=1)


@dataclass(frozen=True)
class LatePhone:
    """A phone by its last report. `since`: when the oldest unsent item was made, by the office's clock."""

    officer: User
    device: Device
    report: PhoneReport
    since: dt.datetime


def late_phones(session: Session, actor: Actor, *, now: dt.datetime) -> Sequence[LatePhone]:
    """Return the phones of visible officers that hold work older than an hour, the longest wait first.

    A phone that was signed off is waited for no longer.
    """
    query = (
        select(User, Device, PhoneReport)
        .join(Device, Device.officer_id == User.id)
        .join(PhoneReport, PhoneReport.device_id == Device.id)
        .where(User.id.in_(visible_officers(actor).with_only_columns(User.id)))
        .where(PhoneReport.waiting > 0, Device.signed_off_at.is_(None))
    )
    found = [
        LatePhone(officer, device, report, waiting_since(report)) for officer, device, report in session.execute(query)
    ]
    return sorted((each for each in found if now - each.since > LONG), key=lambda each: (each.since, each.device.kid))


def waiting_since(report: PhoneReport) -> dt.datetime:
    """Return since when a phone waits: its own word, put right where its clock is known to be wrong."""
    if report.oldest_at is None:
        return report.reported_at
    skew = dt.timedelta(seconds=report.clock_skew_s)
    return report.oldest_at - skew if abs(skew) > CLOCK_TOLERANCE else report.oldest_at
