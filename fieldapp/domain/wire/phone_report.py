"""Keeps what each phone last said it still holds, so that a supervisor sees work that has not arrived."""

import datetime as dt

from sqlalchemy.orm import Session

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
    session.flush()
    return report
