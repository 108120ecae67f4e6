"""Security headers on every answer, and no unsafe request from another site."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldapp.app import create_app
from fieldapp.settings import Settings
from fieldapp.web.assets import asset
from fieldapp.web.database import db
from fieldapp.web.parts import Parts
from tests import people


@pytest.mark.parametrize("path", ["/sign-in", "/health", "/nothing", "/"])
def test_every_answer_carries_the_strict_policy(client: FlaskClient, database: Session, path: str) -> None:
    people.agency(database)
    database.commit()
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_are_not_kept_by_the_browser_but_versioned_files_are(client: FlaskClient, database: Session) -> None:
    people.agency(database)
    database.commit()
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert "immutable" in client.get(asset("css/app.css")).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Sec-Fetch-Site": "none"}, 422),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 422),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({}, 422),
    ],
)
def test_a_form_is_taken_from_our_own_pages_only(
    client: FlaskClient, database: Session, headers: dict[str, str], status: int
) -> None:
    people.agency(database)
    database.commit()
    assert client.post("/sign-in", data={"email": "x", "password": "y"}, headers=headers).status_code == status


def test_strict_transport_is_asked_for_over_https_only(app: Flask, settings: Settings, parts: Parts) -> None:
    secure = create_app(Settings(settings.data_dir, settings.database_url, "of a test", secure_cookies=True), parts)
    assert "Strict-Transport-Security" in secure.test_client().get("https://localhost/health").headers
    assert "Strict-Transport-Security" not in secure.test_client().get("http://localhost/health").headers
    with secure.app_context():
        db.engine.dispose()
