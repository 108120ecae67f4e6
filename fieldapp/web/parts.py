"""The outside things of one app (blob store, solver, geocoder, office key …), handed to the domain as arguments."""

from dataclasses import dataclass

from flask import Flask
from flask import current_app

from fieldapp.domain.evidence.blobs import BlobStore
from fieldapp.domain.evidence.pictures import Pictures
from fieldapp.domain.wire.office_key import OfficeKey


@dataclass(frozen=True)
class Parts:
    """Outside things behind the domain's protocols; made once in `app.py`."""

    blobs: BlobStore
    pictures: Pictures
    office_key: OfficeKey


def init_parts(app: Flask, parts: Parts) -> None:
    """Keep the parts with the app."""
    app.extensions["fieldapp_parts"] = parts


def parts() -> Parts:
    """Return the parts of the running app."""
    found: Parts = current_app.extensions["fieldapp_parts"]
    return found
