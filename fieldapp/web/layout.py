"""Which frame a page that several roles read is put in."""

from fieldapp.domain.actor import Actor

LAYOUTS = {"officer": "layouts/field.html"}


def layout_of(actor: Actor) -> str:
    """Return the layout's name: the phone's for officers, the office's for all others."""
    return LAYOUTS.get(actor.role, "layouts/office.html")
