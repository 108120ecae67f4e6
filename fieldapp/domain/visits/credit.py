"""The contact that a visit is: four independent facts, by which standards count."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from fieldapp.domain.checklist.answers import Answer
from fieldapp.domain.checklist.template import Outcome
from fieldapp.domain.wire.received import Received
from fieldapp.models.contact import Contact
from fieldapp.models.visit import Visit

LOCATIONS = {"home": "residence", "work": "employment"}
# who else was spoken to, and what they said: both answered means that somebody else was a source too
SOMEBODY_ELSE = {
    "home": ("collateral.name", "collateral.gist"),
    "work": ("presence.spoken_to_name", "employer.comments"),
}


def party_of(place: str, outcome: Outcome, answers: Mapping[str, Answer]) -> str:
    """Return with whom the contact was: as the outcome says, or `both` where somebody else is named and quoted too."""
    if outcome.outcome_class != "completed" or outcome.party != "direct":
        return outcome.party
    told = [item in answers and str(answers[item].value).strip() for item in SOMEBODY_ELSE[place]]
    return "both" if all(told) else "direct"


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
