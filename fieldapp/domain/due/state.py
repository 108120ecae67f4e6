"""How urgent a due date is: the five states, and the buckets in which officers look at their week."""

from datetime import date
from datetime import timedelta
from typing import Literal

from fieldapp.domain.due.deadline import Deadline
from fieldapp.domain.due.periods import add_months
from fieldapp.domain.due.periods import end_of_unit

State = Literal["met", "due_later", "due_soon", "due_today", "overdue"]
Bucket = Literal["overdue", "this_week", "this_month", "next_month", "later"]

STATES: tuple[State, ...] = ("met", "due_later", "due_soon", "due_today", "overdue")
"""From least to most urgent; as days pass and nothing happens, a state only moves to the right."""


def state_of(deadline: Deadline, today: date, soon_days: int) -> State:
    """Return the state of a deadline. Soon begins `soon_days` before it is due, or on the day it should be done."""
    if today > deadline.due:
        return "overdue"
    if today == deadline.due:
        return "due_today"
    if deadline.met_until and today <= deadline.met_until:
        return "met"
    if deadline.due - today <= timedelta(days=soon_days) or (deadline.aim and deadline.aim <= today):
        return "due_soon"
    return "due_later"


def bucket_of(due: date, today: date) -> Bucket:
    """Return the bucket of a due date; weeks end on Sunday, and this week goes before this month."""
    if due < today:
        return "overdue"
    if due <= end_of_unit(today, "week"):
        return "this_week"
    if due <= end_of_unit(today, "month"):
        return "this_month"
    if due <= end_of_unit(add_months(today, 1), "month"):
        return "next_month"
    return "later"
