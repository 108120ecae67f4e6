"""Imports every table, so that metadata is whole for migrations and tests."""

from fieldapp.models import address
from fieldapp.models import agency
from fieldapp.models import audit
from fieldapp.models import calendar
from fieldapp.models import case
from fieldapp.models import contact
from fieldapp.models import evidence
from fieldapp.models import field
from fieldapp.models import imports
from fieldapp.models import itinerary
from fieldapp.models import level
from fieldapp.models import lookup
from fieldapp.models import plan
from fieldapp.models import standard
from fieldapp.models import supervisee
from fieldapp.models import travel
from fieldapp.models import user
from fieldapp.models import visit
from fieldapp.models import wire
from fieldapp.models.base import Base

__all__ = [
    "Base",
    "address",
    "agency",
    "audit",
    "calendar",
    "case",
    "contact",
    "evidence",
    "field",
    "imports",
    "itinerary",
    "level",
    "lookup",
    "plan",
    "standard",
    "supervisee",
    "travel",
    "user",
    "visit",
    "wire",
]

metadata = Base.metadata
