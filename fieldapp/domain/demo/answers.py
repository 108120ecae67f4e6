"""Answers to a checklist as a careful officer gives them: plausible, complete, in the template's own order; pure."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from fieldapp.domain.checklist.answers import Answer
from fieldapp.domain.checklist.template import Item
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.checklist.visible import visible_items
from fieldapp.domain.demo import words
from fieldapp.domain.demo.findings import Finding
from fieldapp.domain.wire.receipts import moment_text

# value and weight; a list of values is one answer of the type `several`
USUAL: Mapping[str, tuple[tuple[Any, int], ...]] = {
    "arrival.address_confirmed": (("yes", 1),),
    "residence.supervisee_seen": (("face_to_face", 1),),
    "residence.identity": (("known", 8), ("id", 2)),
    "residence.lives_here": (("verified", 1),),
    "residence.evidence": (
        (["sleeping_area", "clothing"], 5), (["mail"], 2), (["clothing", "mail"], 3), (["cohabitant"], 1),
    ),
    "residence.changes": (("no", 1),),
    "home.habitability": (("adequate", 1),),
    "asked.curfew_kept": (("yes", 1),),
    "collateral.relation": (("mother", 2), ("roommate", 1), ("neighbor", 2)),
    "disclosure.disclosed": (("no", 1),),
    "presence.seen_working": (("yes", 1),),
    "presence.scheduled_today": (("yes", 1),),
    "presence.spoken_to": ((["supervisee"], 3), (["supervisee", "supervisor"], 2)),
    "verification.employer_match": (("yes", 1),),
    "verification.employed": (("verified", 1),),
    "verification.evidence": ((["seen"], 3), (["supervisor", "seen"], 2)),
}  # fmt: skip
# asked by those who take the time: value and how often, of a hundred visits
OPTIONAL: Mapping[str, tuple[tuple[Any, ...], int]] = {
    "asked.monitoring_intact": (("not_applicable",), 40),
    "discussion.work": (("going_well", "going_well", "not_discussed"), 60),
    "discussion.treatment": (("going_well", "not_discussed"), 45),
    "discussion.money": (("going_well", "concern"), 30),
    "discussion.family": (("going_well",), 45),
    "discussion.what_goes_well": (words.GOES_WELL, 25),
    "test.result": (("not_due", "not_due", "taken"), 50),
    "test.sample": (("urine", "saliva", "breath"), 100),
    "verification.position": (words.POSITIONS, 60),
    "verification.pay_basis": (("hourly",), 50),
    "actions.instructions": (words.INSTRUCTIONS, 35),
}


def answers_for(
    template: Template,
    outcome: str,
    kinds: Sequence[str],
    findings: Sequence[Finding],
    facts: Mapping[str, Any],
    first: dt.datetime,
    chance: random.Random,
) -> list[dict[str, Any]]:
    """Return the wire's answers. `kinds` are the person's conditions, `facts` answers that are known beforehand."""
    conditions = {uuid.uuid4(): kind for kind in kinds}
    found = {finding.item: finding for finding in findings}
    given: dict[str, Answer] = {}
    asked: set[str] = set()
    while new := [each for each in visible_items(template, outcome, given, {}, conditions) if each.id not in asked]:
        for item in new:
            asked.add(item.id)
            answer = _answer(item, outcome, found.get(item.id), facts, chance)
            if answer and item.type != "rows":
                given[item.id] = answer
    order = [item.id for item in template.items() if item.id in given]
    return [_on_the_wire(id, given[id], first + dt.timedelta(seconds=6 * i)) for i, id in enumerate(order)]


def persons_present(chance: random.Random, new_id: Any) -> list[dict[str, Any]]:
    """Return the rows of who else was there: nobody, one or two."""
    kin = chance.sample(words.KIN, chance.choice((0, 0, 1, 1, 2)))
    rows = [{"name": name, "relation": relation, "age": "adult", "stay": "cohabitant"} for name, relation in kin]
    if kin and chance.random() < 0.3:
        name, relation = chance.choice(words.CHILDREN)
        rows.append({"name": name, "relation": relation, "age": "minor", "stay": "cohabitant"})
    return [{"id": new_id(), **row} for row in rows]


def _answer(
    item: Item, outcome: str, finding: Finding | None, facts: Mapping[str, Any], chance: random.Random
) -> Answer | None:
    if finding:
        return Answer(finding.value, finding.note, finding.discovery, finding.no_photo_reason)
    if item.id in facts:
        return Answer(facts[item.id])
    if item.id in OPTIONAL:
        values, share = OPTIONAL[item.id]
        return Answer(chance.choice(values)) if chance.randrange(100) < share else None
    if not item.required_for(outcome):
        return None
    if item.clear is not None:
        return Answer(item.clear, answered_by="rest")
    return Answer(_usual(item, outcome, chance))


def _usual(item: Item, outcome: str, chance: random.Random) -> Any:
    if item.id == "collateral.name":
        return chance.choice(words.KIN)[0]
    if item.id == "collateral.gist":
        return chance.choice(words.GIST)
    if outcome == "collateral_only" and item.id == "presence.spoken_to":
        return ["owner"]
    usual = USUAL[item.id]
    return chance.choices([value for value, _ in usual], [weight for _, weight in usual])[0]


def _on_the_wire(id: str, answer: Answer, at: dt.datetime) -> dict[str, Any]:
    extra = {"note": answer.note, "discovery": answer.discovery, "no_photo_reason": answer.no_photo_reason}
    said = {"item": id, "value": answer.value, "answered_by": answer.answered_by, "at": moment_text(at)}
    return said | {name: text for name, text in extra.items() if text}
