"""The request's database session ends with the request, and costs nothing beside it."""

import threading

import pytest
from flask import Flask


def test_a_request_starts_no_thread(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[threading.Thread] = []
    monkeypatch.setattr(threading.Thread, "start", started.append)
    assert app.test_client().get("/health").status_code == 200
    assert started == []
