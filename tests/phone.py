"""A phone for tests: it holds a key, signs submissions as the real one does, sends them, and uploads photos by tus.

phone = Phone(client, officer.id)
phone.enrol()
visit = phone.visit(person, answers=[...])
(result,) = phone.sync(visit)
"""

import base64
import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from joserfc import jws
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from fieldapp.models.plan import DayPlan
from fieldapp.models.plan import Stop
from fieldapp.models.supervisee import Supervisee
from fieldapp.web.parts import Parts
from tests import people

TUS = {"Tus-Resumable": "1.0.0"}
APP = "0.1.0"
ARRIVED = people.NOW - dt.timedelta(minutes=20)


@dataclass(frozen=True)
class Signed:
    """A signed submission: its id and the compact JWS as it goes over the wire."""

    id: str
    jws: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.jws.encode()).hexdigest()


def iso(moment: dt.datetime) -> str:
    """The moment as the phone writes it: UTC with milliseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def position(
    state: str = "fix",
    lat: float = people.HOME[0],
    lon: float = people.HOME[1],
    accuracy_m: float = 8.0,
    taken_at: str = iso(ARRIVED),
) -> Any:
    """A position as the phone writes it; without degrees where there was none."""
    known = state in ("fix", "poor")
    where = {"lat": lat, "lon": lon, "accuracy_m": accuracy_m} if known else dict.fromkeys(("lat", "lon", "accuracy_m"))
    return {"state": state, **where, "taken_at": taken_at}


def photo(content: bytes, **fields: Any) -> dict[str, Any]:
    """What a signed visit says of a photo with these bytes."""
    return {
        "id": str(uuid.uuid4()),
        "item": "visit",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "media_type": "image/jpeg",
        "taken_at": iso(people.NOW),
        "position": position(),
        "caption": "",
        "source": "camera",
        "no_position_reason": "",
        **fields,
    }


def visit_body(person: Supervisee, **changes: Any) -> dict[str, Any]:
    """The body of an attempted home visit that lacks nothing; `changes` replace parts of it."""
    arrived_at = changes.get("arrived_at", iso(ARRIVED))
    return {
        "supervisee": str(person.id),
        "stop": None,
        "place": "home",
        "address": str(people.home(person).id),
        "arrived_at": arrived_at,
        "left_at": iso(ARRIVED + dt.timedelta(minutes=4)),
        "scheduled": False,
        "reason": "standard",
        "accompanied_by": [],
        "position": position(taken_at=arrived_at),
        "outcome": "no_one_home",
        "outcome_note": "Knocked three times, waited four minutes.",
        "checklist": {"key": "home", "version": 1},
        "answers": [],
        "rows": {},
        "photos": [],
        "narrative": "",
        "certified_at": iso(ARRIVED + dt.timedelta(minutes=5)),
        **changes,
    }


def onward(over: Iterable[Stop] = (), to: Stop | None = None, **changes: Any) -> dict[str, Any]:
    """How a replanned day goes on: ten minutes' drive to the first stop, lunch over."""
    named = {"over": [str(stop.id) for stop in over], "to": str(to.id) if to else None}
    return {**named, "drive_s": 600, "drive_m": 5400, "lunch": False, **changes}


def answer(item: str, value: Any, **fields: Any) -> dict[str, Any]:
    """An answer given by a tap."""
    return {"item": item, "value": value, "answered_by": "tap", "at": iso(people.NOW), **fields}


def read_receipt(parts: Parts, text: str) -> dict[str, Any]:
    """What a receipt says, once its signature is proved with the office's public key."""
    public = ECKey.import_key(parts.office_key.public_jwks()["keys"][0])
    found: dict[str, Any] = json.loads(jws.deserialize_compact(text, public, algorithms=["ES256"]).payload)
    return found


class Phone:
    """One phone of one officer. `client` must be signed in as that officer before anything is sent."""

    def __init__(self, client: FlaskClient | None, officer_id: uuid.UUID, key: ECKey | None = None):
        self.client = client
        self.officer_id = officer_id
        self.key = key or ECKey.generate_key("P-256")
        self.kid = self.key.thumbprint()
        self.now = people.NOW
        self.waiting: dict[str, Any] = {"count": 0, "oldest": None, "bytes": 0, "free": None}

    @property
    def jwk(self) -> dict[str, Any]:
        return dict(self.key.as_dict(private=False))

    def enrol(self, label: str = "Phone of a test") -> TestResponse:
        return self._client.post("/devices", json={"jwk": self.jwk, "label": label})

    def sign(self, payload: Any, **header: Any) -> str:
        """A compact JWS over the payload; bytes are signed as they are, anything else as JSON."""
        content = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
        head = {"alg": "ES256", "kid": self.kid, "typ": "fieldapp+jws", **header}
        return jws.serialize_compact(head, content, self.key, algorithms=["ES256"])

    def submission(self, kind: str, body: Any, **claims: Any) -> Signed:
        """A signed submission of any kind; `claims` replace id, made_at, officer or app."""
        payload = {
            "id": str(uuid.uuid4()),
            "kind": kind,
            "made_at": iso(self.now),
            "officer": str(self.officer_id),
            "app": APP,
            "body": body,
            **claims,
        }
        return Signed(str(payload["id"]), self.sign(payload))

    def visit(self, person: Supervisee, *, id: str | None = None, **changes: Any) -> Signed:
        return self.submission("visit", visit_body(person, **changes), **({"id": id} if id else {}))

    def note(self, person: Supervisee, text: str = "Called to say the bus is late.") -> Signed:
        return self.submission("note", {"supervisee": str(person.id), "text": text})

    def check_in(self, person: Supervisee, **changes: Any) -> Signed:
        place = {"stop": None, "address": str(people.home(person).id), "position": position()}
        return self.submission("check_in", {"supervisee": str(person.id), **place, **changes})

    def skip(self, stop: Stop, reason: str = "out_of_time", note: str = "", **claims: Any) -> Signed:
        named = {"stop": str(stop.id), "supervisee": str(stop.supervisee_id)}
        return self.submission("skip", {**named, "reason": reason, "note": note}, **claims)

    def unskip(self, stop: Stop, **claims: Any) -> Signed:
        return self.submission("unskip", {"stop": str(stop.id), "supervisee": str(stop.supervisee_id)}, **claims)

    def order(self, plan: DayPlan, stops: Iterable[Any], onward: Any = None, **claims: Any) -> Signed:
        """An arrangement; `stops` are stops, or ids of such as are not there; `onward` of a day that was re-planned."""
        named = [str(stop.id if isinstance(stop, Stop) else stop) for stop in stops]
        more = {"onward": onward} if onward else {}
        return self.submission("order", {"plan": str(plan.id), "stops": named, **more}, **claims)

    def post(self, submissions: list[Any], **more: Any) -> TestResponse:
        """POST /sync as the phone does; `more` replaces or adds parts of the request's body."""
        sent = [each.jws if isinstance(each, Signed) else each for each in submissions]
        body = {"device_now": iso(self.now), "waiting": self.waiting, "submissions": sent, **more}
        return self._client.post("/sync", json=body)

    def sync(self, *submissions: Any) -> list[dict[str, Any]]:
        """The results of a sync that must work."""
        answer = self.post(list(submissions))
        assert answer.status_code == 200, answer.get_data(as_text=True)
        results: list[dict[str, Any]] = answer.get_json()["results"]
        return results

    def begin_upload(self, visit: Signed | str, of: dict[str, Any], length: int, **changes: str) -> TestResponse:
        """POST a new upload for the photo that the dict describes."""
        submission = visit.id if isinstance(visit, Signed) else visit
        meta = {
            "photo": of["id"],
            "submission": submission,
            "sha256": of["sha256"],
            "type": of["media_type"],
            **changes,
        }
        header = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in meta.items())
        return self._client.post(
            "/evidence/uploads", headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": header}
        )

    def patch(self, url: str, offset: int, chunk: bytes, **headers: str) -> TestResponse:
        """PATCH one chunk."""
        given = {**TUS, "Upload-Offset": str(offset), **headers}
        return self._client.patch(url, data=chunk, headers=given, content_type="application/offset+octet-stream")

    def upload(self, visit: Signed | str, of: dict[str, Any], content: bytes, chunk: int = 1024 * 1024) -> str:
        """Upload all bytes; returns the upload's URL."""
        begun = self.begin_upload(visit, of, len(content))
        assert begun.status_code == 201, begun.get_data(as_text=True)
        url = begun.headers["Location"]
        if begun.headers.get("Upload-Offset") != str(len(content)):
            for offset in range(0, len(content), chunk):
                sent = self.patch(url, offset, content[offset : offset + chunk])
                assert sent.status_code == 204, sent.get_data(as_text=True)
        return url

    @property
    def _client(self) -> FlaskClient:
        assert self.client is not None, "this phone was made without a client: it can sign, but not send"
        return self.client
