"""What geocoders answered before: kept for a time, so that the same question is not asked twice."""

import datetime as dt
import hashlib

from sqlalchemy import delete
from sqlalchemy import or_
from sqlalchemy.orm import Session

from fieldapp.domain.geocoding import GeocodedPosition
from fieldapp.domain.positions.missing import ASKED_AGAIN
from fieldapp.models.lookup import GeocoderAnswer

KEPT = dt.timedelta(days=180)


def known_answer(session: Session, service: str, line: str, *, now: dt.datetime) -> GeocoderAnswer | None:
    """Return what this service answered to this line lately, or None where it has to be asked."""
    answer = session.get(GeocoderAnswer, (service, _key(line)))
    return answer if answer and answer.answered_at > now - _kept(answer) else None


def keep_answer(
    session: Session, service: str, line: str, found: GeocodedPosition | None, *, now: dt.datetime
) -> GeocoderAnswer:
    """Keep an answer in place of an older one; `found` is None where the service knows no such address."""
    answer = GeocoderAnswer(
        service=service,
        question=_key(line),
        quality=found.quality if found else "none",
        lat=found.lat if found else None,
        lon=found.lon if found else None,
        matched=found.matched if found else "",
        answered_at=now,
    )
    return session.merge(answer)


def let_go_of_old_answers(session: Session, *, now: dt.datetime) -> None:
    """Remove answers that nobody would be given any more."""
    old, unknown = GeocoderAnswer.answered_at <= now - KEPT, GeocoderAnswer.quality == "none"
    session.execute(delete(GeocoderAnswer).where(or_(old, unknown & (GeocoderAnswer.answered_at <= now - ASKED_AGAIN))))


def _kept(answer: GeocoderAnswer) -> dt.timedelta:
    return ASKED_AGAIN if answer.quality == "none" else KEPT


def _key(line: str) -> str:
    return hashlib.sha256(" ".join(line.split()).casefold().encode()).hexdigest()
