"""A condition in plain words, as the officer reads it at the door."""

from fieldapp.domain.imports.row import ConditionCell

TEXTS = {
    "no_contact": "You must not have any contact with {detail}.",
    "no_alcohol": "You must not drink or keep alcohol.",
    "no_drugs": "You must not use or keep controlled drugs that a doctor has not prescribed to you.",
    "no_weapons": "You must not own, carry or keep firearms, ammunition or other weapons.",
    "curfew": "You must be at home from {start} to {end}, unless your officer has allowed something else.",
    "no_internet": "You must not use the internet without your officer's consent.",
    "no_minors": "You must not be with anyone under 18 unless an approved adult is there.",
    "employment": "You must work, look for work or go to school, and report any change.",
    "treatment": "You must take part in treatment as directed.",
    "school": "You must go to school, from {start} to {end} on school days.",
    "other": "{detail}",
}
# the program and similar facts follow as a sentence of their own, where the text itself does not name them
WITHOUT_DETAIL = ("no_contact", "other", "curfew", "school")


def condition_text(cell: ConditionCell) -> str:
    """Return the condition's text, with its own fact in it."""
    start, end = (f"{time:%H:%M}" if time else "" for time in (cell.start, cell.end))
    text = TEXTS[cell.kind].format(detail=cell.detail, start=start, end=end)
    if cell.detail and cell.kind not in WITHOUT_DETAIL:
        text += f" {cell.detail[0].upper()}{cell.detail[1:].rstrip('.')}."
    return text
