"""The contact that a visit is: four independent facts, by which standards count."""

from sqlalchemy.orm import Session

from fieldapp.domain.wire.received import Received
from fieldapp.models.contact import Contact
from fieldapp.models.visit import Visit

LOCATIONS = {"home": "residence", "work": "employment"}


def credit(session: Session, received: Received, visit: Visit, party: str) -> None:
    """Add the contact; a visit that was not attempted makes none. A wrong phone clock is put right."""
    if visit.outcome_class == "not_attempted":
        return
    session.add(
        Contact(
            supervisee_id=visit.supervisee_id,
            officer_id=visit.officer_id,
            visit_id=visit.id,
            at=received.true_moment(visit.arrived_at),
            on=received.local_date(visit.arrived_at),
            method="in_person",
            location=LOCATIONS[visit.place],
            party=party,
            status=visit.outcome_class,
            outcome=visit.outcome,
            scheduled=visit.scheduled,
            source="visit",
        )
    )
    session.flush()
