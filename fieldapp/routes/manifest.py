"""The web app manifest: what the phone shows of fieldapp on its home screen."""

import json
from typing import Any

from flask import Blueprint
from flask import Response

from fieldapp.web.access import ANYONE
from fieldapp.web.access import allow
from fieldapp.web.assets import asset

bp = Blueprint("manifest", __name__)
SHORTCUTS = (("Today", "/today"), ("Plan the day", "/plan"), ("Outbox", "/outbox"))
SCREENSHOTS = (
    ("today", "780x1688", "narrow", "Today: the next stop, and what is ready for places without signal"),
    ("checklist", "780x1688", "narrow", "The checklist of a home visit"),
    ("briefing", "780x1688", "narrow", "The briefing before the door"),
    ("board", "1280x800", "wide", "The supervisor’s board: who is in the field, and what needs a decision"),
)


@bp.get("/manifest.webmanifest")
@allow(ANYONE)
def show() -> Any:
    icons = [_icon(f"icons/app-{size}.png", size, "any") for size in (192, 512)]
    icons.append(_icon("icons/maskable-512.png", 512, "maskable"))
    content = {
        "id": "/today",
        "name": "fieldapp",
        "short_name": "fieldapp",
        "description": "Field visits: plan, brief, check in, photograph, submit.",
        "lang": "en-US",
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b2a9e",
        "icons": icons,
        "shortcuts": [{"name": name, "url": url, "icons": icons[:1]} for name, url in SHORTCUTS],
        "screenshots": [_screenshot(*one) for one in SCREENSHOTS],
    }
    answer = Response(json.dumps(content), mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _icon(path: str, size: int, purpose: str) -> dict[str, str]:
    return {"src": asset(path), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _screenshot(name: str, sizes: str, form_factor: str, label: str) -> dict[str, str]:
    source = asset(f"screenshots/{name}.png")
    return {"src": source, "sizes": sizes, "type": "image/png", "form_factor": form_factor, "label": label}
