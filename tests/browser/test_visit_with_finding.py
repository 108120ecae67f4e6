"""A visit with paraphernalia in plain view: note and photo demanded, flag raised, all of it at the office."""

import hashlib
from pathlib import Path

from playwright.sync_api import expect

from fieldapp.models.evidence import Photo
from fieldapp.models.supervisee import Supervisee
from fieldapp.models.visit import Visit
from fieldapp.models.wire import Submission
from tests.browser.phone_visit import PICTURE
from tests.browser.phone_visit import PhoneVisit
from tests.browser.phone_visit import answers_up_to_compliance
from tests.browser.phone_visit import planned_stop
from tests.browser.phone_visit import submission_of
from tests.live_server import LiveServer
from tests.live_server import PhonePages

ITEM = "compliance.paraphernalia"


def test_finding_is_noted_photographed_flagged_signed_and_proved(live: LiveServer, phone_page: PhonePages) -> None:
    officer, person, stop = planned_stop(live, ["no_alcohol", "no_drugs"])
    visit = PhoneVisit(phone_page(officer)).open(stop)
    visit.here()
    visit.outcome("Seen inside")
    answers_up_to_compliance(visit)
    visit.answer(ITEM, "Yes")
    raised = visit.page.locator(f"[id='{ITEM}'] .raised")
    expect(raised).to_contain_text("Potential violation")
    expect(raised).to_contain_text("Condition 2: “Condition about no_drugs.”")
    visit.rest("compliance")
    demanded(visit, ["note needed", "how it was found", "photo, or the reason why there is none", "Narrative"])

    raised.locator("textarea").fill("Glass pipe with burnt residue on the kitchen counter.")
    raised.get_by_text("Plain view").tap()
    visit.take_photo(ITEM)
    expect(raised.locator(".photo")).to_contain_text("within 26 ft")
    visit.page.evaluate("location.hash = '#section-asked'")
    visit.rest("asked")
    visit.page.fill("[name=narrative]", "Marcus Bell said: “That’s not mine.”")
    expect(visit.page.locator("#sign .notice")).to_contain_text("The court decides whether it is a violation.")
    visit.certify()
    visit.submit()
    visit.arrived_at_the_office()

    office_holds(live, visit, person)
    assert flag_of(live, visit) == ("potential_violation", ITEM, "no_drugs")
    assert visit.stored("outbox") == []
    assert visit.stored("drafts") == []
    assert visit.stored("photos") == []
    assert visit.page.problems == []  # type: ignore[attr-defined]


def office_holds(live: LiveServer, visit: PhoneVisit, person: Supervisee) -> None:
    """The signed submission, the visit with its answers, and the very bytes of the photo are there."""
    with live.session() as session:
        submission = session.get_one(Submission, submission_of(visit))
        kept = session.get_one(Visit, submission.id)
        (photo,) = session.query(Photo).all()
        assert (submission.state, submission.kind) == ("stored", "visit")
        assert (kept.supervisee_id, kept.outcome) == (person.id, "contact_inside")
        assert (photo.item, photo.state, photo.source) == (ITEM, "stored", "camera")
        assert photo.sha256 == hashlib.sha256(Path(PICTURE).read_bytes()).hexdigest()
        rest = {answer.item for answer in kept.answers if answer.answered_by == "rest"}
        assert "compliance.alcohol" in rest
        assert ITEM not in rest


def flag_of(live: LiveServer, visit: PhoneVisit) -> tuple[str, str, str]:
    """Kind, item and the kind of condition of the visit's only flag."""
    with live.session() as session:
        (flag,) = session.get_one(Visit, submission_of(visit)).flags
        assert flag.condition is not None
        return flag.kind, flag.item, flag.condition.kind


def demanded(visit: PhoneVisit, words: list[str]) -> None:
    """Looks at the review and comes back to the question by its link."""
    visit.page.evaluate("location.hash = '#sign'")
    for word in words:
        expect(visit.page.locator("[data-lacking]")).to_contain_text(word)
    expect(visit.page.locator("[data-submit]")).to_contain_text("answers missing")
    visit.page.locator("[data-submit]").tap(force=True)
    expect(visit.page.locator("#done")).to_be_hidden()
    visit.page.locator(f"[data-lacking] a[href='#{ITEM}'] >> nth=0").tap()
    expect(visit.page.locator(f"[id='{ITEM}']")).to_be_visible()
