"""Travel times for a request: asked of the road service only while nobody waits for the database."""

from collections.abc import Sequence

from fieldapp.domain.routing.ports import TravelTimes
from fieldapp.domain.routing.request import Place
from fieldapp.web.clock import agency
from fieldapp.web.database import begin_writing
from fieldapp.web.database import is_writing
from fieldapp.web.database import rollback
from fieldapp.web.parts import parts


def travel() -> TravelTimes:
    """Return the agency's travel times; once the request has begun to write, only those that are known by then."""
    return parts().known_travel(agency()) if is_writing() else parts().travel(agency())


def look_up(places: Sequence[Place]) -> None:
    """Have the times between these places known before a change is made. What was read before must be read again.

    It takes up to seconds, in which a writer would keep all others waiting: so the transaction begins anew after it.
    """
    if parts().travel is parts().known_travel:
        return
    asked, writing = parts().travel(agency()), is_writing()
    rollback()
    asked.matrix(places)
    rollback()
    if writing:
        begin_writing()
