"""A visit through the very modules that the page uses: a hundred of them in the time of ten by taps."""

from collections.abc import Iterator

from tests.road.by_taps import Step
from tests.road.ledger import Visit
from tests.road.ledger import sha256
from tests.road.phone import Phone


class ByModules:
    """The steps of one visit that was not planned, made in whatever page of the app is open."""

    def __init__(self, phone: Phone, visit: Visit):
        self.phone, self.visit = phone, visit

    def steps(self) -> Iterator[Step]:
        yield self.open
        yield self.begin
        yield self.answer
        for id, content in self.visit.photos.items():
            yield lambda id=id, content=content: self.photo(id, content)  # type: ignore[misc]  # mypy does not infer it
        yield self.submit

    def open(self) -> None:
        if not self.phone.page.locator("[data-outbox]").count():
            self.phone.open("/outbox", "[data-outbox]")

    def begin(self) -> None:
        assert self.phone.step("begin", draft=self.visit.draft) == self.visit.id
        self.visit.begun = True

    def answer(self) -> None:
        self.phone.step("answer", draft=self.visit.draft, note=self.visit.note)
        self.visit.answered = True

    def photo(self, id: str, content: bytes) -> None:
        if sha256(content) not in self.visit.taken:
            assert self.phone.take_photo(self.visit.draft, id, content) == sha256(content)
            self.visit.taken.add(sha256(content))

    def submit(self) -> None:
        self.visit.submitting = True
        row = self.phone.step("submit", draft=self.visit.draft, note=self.visit.note)
        self.visit.jws = row["jws"]
        self.visit.submitted = True
