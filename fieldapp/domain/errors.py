"""Everything the domain can refuse, as exceptions whose text may be shown to a person."""


class FieldappError(Exception):
    """Base of all refusals. `str(error)` is a sentence for people: what is wrong and what to do next."""


class NotFound(FieldappError):
    """The thing does not exist, or this actor may not know that it does."""


class Forbidden(FieldappError):
    """The actor is known and may see the thing, but not do this to it."""


class Conflict(FieldappError):
    """The thing has changed meanwhile, or is in a state in which this cannot be done."""


class Invalid(FieldappError):
    """Input that cannot be used.

    `errors` maps a field's name to a sentence that names the remedy.
    """

    def __init__(self, errors: dict[str, str]):
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class TryLater(FieldappError):
    """Right in itself, but not now. `seconds` says after which time to try again."""

    def __init__(self, message: str, seconds: int):
        super().__init__(message)
        self.seconds = seconds
