"""Security headers on every answer, and the check that unsafe requests come from our own pages."""

from urllib.parse import urlsplit

from flask import Flask
from flask import Response
from flask import g
from flask import request

from fieldapp.domain.errors import Forbidden
from fieldapp.settings import Settings
from fieldapp.web.assets import build
from fieldapp.web.database import SAFE

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FIXED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
}
# scripts and style are no documents: what governs a document would only make them longer, at fifty of them a page
OF_A_FILE = {"X-Content-Type-Options": "nosniff"}
FILES = ("text/css", "text/javascript")
YEAR = 31_536_000


def init_headers(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer and refuse requests that another site's page makes."""
    app.before_request(refuse_other_sites)

    def finish(answer: Response) -> Response:
        file = request.endpoint == "assets.show" and answer.mimetype in FILES
        for name, value in (OF_A_FILE if file else FIXED).items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Cache-Control", "no-store")
        # by these the phone knows the office's own answers, which files a page needs, and whose page it is
        answer.headers["Fieldapp-Build"] = build().name
        if "reader" in g:
            answer.headers["Fieldapp-Reader"] = str(g.reader)
        if settings.secure_cookies and request.is_secure:
            answer.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        return answer

    app.after_request(finish)


def refuse_other_sites() -> None:
    """Raise Forbidden for an unsafe request from another site: Sec-Fetch-Site, else Origin against Host.

    No token: a form cached in the morning must still be valid at night. A caller without
    either header is no browser.
    """
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site in ("same-origin", "none") or (site is None and origin is None):
        return
    if site is None and origin and urlsplit(origin).netloc == request.host:
        return
    raise Forbidden("This request came from another site and was not carried out. Open fieldapp itself and try again.")
