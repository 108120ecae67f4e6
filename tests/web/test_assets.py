"""Files of the build: one address for each content, kept for good, sent compressed, and nothing of another build."""

import gzip

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.web.assets import asset
from fieldapp.web.assets import build
from tests import people


def test_file_is_sent_compressed_and_may_be_kept_for_a_year(client: FlaskClient) -> None:
    plain = client.get(asset("css/app.css"))
    small = client.get(asset("css/app.css"), headers={"Accept-Encoding": "gzip"})

    assert plain.mimetype == "text/css"
    assert (small.headers["Content-Encoding"], gzip.decompress(small.data)) == ("gzip", plain.data)
    assert small.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(asset("css/app.css"), headers={"Accept-Encoding": "gzip, br"}).headers["Content-Encoding"] == "br"


def test_file_of_another_build_is_not_found_and_the_answer_not_kept(client: FlaskClient, database: Session) -> None:
    people.agency(database)
    database.commit()
    answer = client.get(asset("css/app.css").replace(build().name, "0123456789ab"))

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_build_names_the_worker_beside_the_pages_and_no_types(client: FlaskClient) -> None:
    assert {"static/js/visit.js", "service-worker/stores.js", "static/icons.svg"} <= build().files.keys()
    assert not [path for path in build().files if path.endswith((".d.ts", ".json"))]


def test_page_is_compressed_anew_for_each_reader(client: FlaskClient, database: Session) -> None:
    people.agency(database)
    database.commit()
    first = client.get("/sign-in?next=/plan", headers={"Accept-Encoding": "gzip"})
    other = client.get("/sign-in?next=/people", headers={"Accept-Encoding": "gzip"})

    assert b'value="/plan"' in gzip.decompress(first.data)
    assert b'value="/people"' in gzip.decompress(other.data)
