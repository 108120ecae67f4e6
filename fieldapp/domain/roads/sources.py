"""Whose travel times a plan has, and what to say where they are not, or not all, from roads."""

ROADS = "roads"
PARTLY = "partly"
NO_ANSWER = "no_answer"
ESTIMATE = "estimate"

NOTICES = {
    ESTIMATE: "Times are estimates from distance, not from roads",
    NO_ANSWER: "Times are estimated from straight lines: the road service did not answer. Plan or change the day again "
    "later for times by road.",
    PARTLY: "Some times are estimated from straight lines: not every place can be reached on the road map",
}


def notice(source: str) -> str:
    """Return the sentence that belongs beside times of this source, "" where they are from roads."""
    return NOTICES.get(source, "")
