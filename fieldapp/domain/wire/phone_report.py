"""Keeps what each phone last said it still holds, so that a supervisor sees work that has not arrived."""

import datetime as dt

from sqlalchemy.orm import Session

from fieldapp.domain.field_exceptions import About
from fieldapp.domain.field_exceptions import Concern
from fieldapp.domain.field_exceptions import open_exceptions
from fieldapp.domain.wire.sync_request import Lost
from fieldapp.domain.wire.sync_request import Waiting
from fieldapp.models.wire import Device
from fieldapp.models.wire import PhoneReport


def keep_report(
    session: Session, device: Device, waiting: Waiting, app: str | None, *, skew: dt.timedelta, now: dt.datetime
) -> PhoneReport:
    """Write the phone's one row anew; the caller holds the phone's lock, so that its syncs follow each other.

    `app` None leaves the version that is known.
    """
    report = session.get(PhoneReport, device.id)
    if report is None:
        report = PhoneReport(device_id=device.id)
        session.add(report)
    report.reported_at, report.clock_skew_s = now, skew.total_seconds()
    report.waiting, report.oldest_at = waiting.count, waiting.oldest
    report.bytes, report.free = waiting.bytes, waiting.free
    if app is not None:
        report.app = app
    if waiting.lost:
        _tell_loss(session, device, waiting.lost, now)
    session.flush()
    return report


def _tell_loss(session: Session, device: Device, lost: Lost, now: dt.datetime) -> None:
    gone = {None: "Nobody knows what had not been sent.", 0: "Nothing that was submitted waited there."}.get(
        lost.count, f"{lost.count} of its items had not been sent."
    )
    words = (
        f"The browser of this officer’s phone cleared what fieldapp kept on it. {gone} Ask the officer what is missing."
    )
    concern = Concern("phone-emptied", f"{device.kid} {lost.at.isoformat()}", words)
    open_exceptions(session, [concern], About(device.officer_id), now=now)
