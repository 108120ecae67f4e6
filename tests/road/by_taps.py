"""A visit as a thumb makes it on the real page, in pieces, so that it can end after any of them and go on later."""

from collections.abc import Callable
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.road.ledger import Visit
from tests.road.ledger import sha256
from tests.road.phone import Phone

Step = Callable[[], None]


class ByTaps:
    """The steps of one visit to a stop of today's plan."""

    def __init__(self, phone: Phone, visit: Visit):
        self.phone, self.visit = phone, visit

    def steps(self) -> Iterator[Step]:
        yield self.open
        yield self.begin
        yield self.answer
        for content in self.visit.photos.values():
            yield lambda content=content: self.photo(content)  # type: ignore[misc]  # mypy does not infer it
        yield self.certify
        yield self.submit

    def open(self) -> None:
        self.phone.persevere(f"Opening the visit of stop {self.visit.stop}", self._open)

    def begin(self) -> None:
        page = self.phone.page
        if page.locator("[data-here]").is_visible():
            page.locator("[data-here]").tap()
        page.evaluate("location.hash = '#outcome'")
        expect(page.locator("#outcome h1")).to_be_visible(timeout=15_000)
        (draft,) = [row for row in self.phone.step("look")["drafts"] if row["stop"] == self.visit.stop]
        self.visit.adopt(draft)

    def answer(self) -> None:
        page = self.phone.page
        page.locator("#outcome .choice:has-text('Nobody home')").tap()
        page.fill("[name=outcome_note]", self.visit.note)
        expect(page.locator("[data-header]")).to_contain_text("Saved on this phone", timeout=15_000)
        self.visit.answered = True

    def photo(self, content: bytes) -> None:
        if sha256(content) in self.visit.taken:
            return
        page = self.phone.page
        page.evaluate("location.hash = '#photos'")
        cards = page.locator("#photos .photo")
        before = cards.count()
        file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
        page.set_input_files("#photos [data-photo=library]", file)  # type: ignore[arg-type]  # a dict is one
        expect(cards).to_have_count(before + 1, timeout=15_000)
        self.visit.taken.add(sha256(content))

    def certify(self) -> None:
        page = self.phone.page
        page.evaluate("location.hash = '#sign'")
        expect(page.locator("#sign [data-facts] dt").first).to_be_visible(timeout=15_000)
        if not page.locator("[name=certify]").is_checked():
            page.locator("label:has([name=certify])").tap()
        expect(page.locator("[data-submit]")).to_have_attribute("aria-disabled", "false", timeout=15_000)

    def submit(self) -> None:
        self.visit.submitting = True
        self.phone.page.locator("[data-submit]").tap()
        expect(self.phone.page.locator("#done h1")).to_be_visible(timeout=15_000)
        self.visit.submitted = True

    def _open(self) -> None:
        page = self.phone.page
        page.goto("about:blank")
        page.goto(f"/stops/{self.visit.stop}/visit#arrive")
        if "/sign-in" in page.url:  # the session was ended before this phone had fetched the page
            self.phone.sign_in(self.visit.officer.id, self.visit.officer.email)
            page.goto(f"/stops/{self.visit.stop}/visit#arrive")
        page.wait_for_selector("form.steps", state="attached", timeout=5000)
        # the script has come and shows a step
        page.wait_for_function(
            "() => [...document.querySelectorAll('#arrive h1, #outcome h1, #photos h1, #sign h1')]"
            ".some((heading) => heading === document.activeElement)",
            timeout=5000,
        )
