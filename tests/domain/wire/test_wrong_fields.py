"""A signed visit with a field that cannot be is set aside, naming the field; nothing of it is half-done."""

import json
import uuid
from typing import Any

import pytest
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.models.evidence import Photo
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Submission
from tests import people
from tests.desk import Desk
from tests.phone import Signed
from tests.phone import iso
from tests.phone import photo
from tests.phone import visit_body


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"supervisee": "Alex"}, "body.supervisee must be a UUID"),
        ({"supervisee": str(uuid.uuid4())}, "caseload"),
        ({"address": str(uuid.uuid4())}, "address"),
        ({"place": "work"}, "address"),
        ({"checklist": {"key": "home", "version": 999}}, "checklist"),
        ({"checklist": {"key": "home", "version": "1"}}, "body.checklist.version"),
        ({"checklist": None}, "body.checklist must be an object"),
        ({"outcome": "vanished"}, "not an outcome"),
        ({"arrived_at": "yesterday"}, "body.arrived_at"),
        ({"arrived_at": "2026-11-19T10:00:00"}, "body.arrived_at"),
        ({"arrived_at": "9999-12-31T23:59:59-23:59"}, "body.arrived_at"),
        ({"narrative": "a\x00b"}, "body.narrative"),
        ({"narrative": "\ud800"}, "body.narrative"),
        ({"narrative": "x" * 50_001}, "body.narrative"),
        ({"scheduled": "no"}, "body.scheduled"),
        ({"accompanied_by": "Officer"}, "body.accompanied_by"),
        ({"accompanied_by": [1]}, "body.accompanied_by.0"),
        ({"position": {"state": "fix", "lat": 91, "lon": 0, "accuracy_m": 1}}, "body.position.lat"),
        ({"position": {"state": "fix", "lat": True, "lon": 0, "accuracy_m": 1}}, "body.position.lat"),
        ({"position": {"state": "guess"}}, "body.position.state"),
        ({"answers": {}}, "answers"),
        ({"answers": [{"item": "safety.dragons", "value": "yes"}]}, "no such item"),
        ({"answers": [{"item": "safety.animals_loose", "value": "maybe"}]}, "answers[0].value"),
        ({"rows": []}, "rows"),
        ({"photos": {}}, "body.photos"),
        ({"photos": [photo(b"1", sha256="zz")]}, "body.photos[0].sha256"),
        ({"photos": [photo(b"1", bytes=0)]}, "body.photos[0].bytes"),
        ({"photos": [photo(b"1")] * 2}, "names a photo twice"),
    ],
)
def test_visit_with_a_wrong_field_is_set_aside_naming_it(session: Session, changes: dict[str, Any], words: str) -> None:
    desk = Desk(session)
    person = people.supervisee(session, desk.officer)
    payload = {"id": str(uuid.uuid4()), "kind": "visit", "made_at": iso(people.NOW), "officer": str(desk.officer.id)}
    payload |= {"app": "0.1.0", "body": visit_body(person, **changes)}
    # as escapes, which is how JSON.stringify writes lone surrogates
    signed = desk.phone.sign(json.dumps(payload).encode())

    (result,) = desk.take(Signed(payload["id"], signed))

    assert result.state == "set_aside"
    assert words in result.reason
    counts = [session.scalar(select(func.count()).select_from(table)) for table in (Submission, Visit, Photo)]
    assert counts == [1, 0, 0]
