"""A place in a JSON document that knows its own path, so that every complaint can say where."""

import datetime as dt
import re
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.errors import Invalid

_NAME = re.compile("[a-z][a-z0-9_]{0,49}")


class InvalidTemplate(Invalid):
    """A checklist file that cannot be used; the one key of `errors` is a path such as `sections[2].items[0].type`."""

    def __init__(self, path: str, sentence: str):
        super().__init__({path: f"{path}: {sentence}"})
        self.path = path
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its path. The methods read one key each and raise `InvalidTemplate` where it is not as it must be."""

    value: Any
    path: str

    def at(self, key: str) -> str:
        """The path of one of this object's keys."""
        return f"{self.path}.{key}" if self.path else key

    def object(self, allowed: Collection[str] | None = None) -> Mapping[str, Any]:
        """This value as an object that has no keys but the allowed ones (any where `allowed` is None)."""
        if not isinstance(self.value, dict):
            raise InvalidTemplate(self.path or "file", "Must be an object in braces.")
        for key in self.value:
            if allowed is not None and key not in allowed:
                raise InvalidTemplate(self.at(key), f"Is not known here. Use one of: {', '.join(allowed)}.")
        return self.value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank; the default where the key is absent, if there is one."""
        value = self.value.get(key, default)
        if not isinstance(value, str) or (not value.strip() and value != default):
            raise InvalidTemplate(self.at(key), "Must be a text that is not blank.")
        return value

    def name(self, key: str) -> str:
        """A name for programs: small letters, digits and underscores, a letter first."""
        value = self.value.get(key)
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise InvalidTemplate(self.at(key), "Must be small letters, digits and underscores, a letter first.")
        return value

    def optional_text(self, key: str) -> str | None:
        """A text that is not blank, or None where the key is absent or null."""
        return None if self.value.get(key) is None else self.text(key)

    def word(self, key: str, allowed: Collection[str]) -> str:
        """One of the allowed words."""
        value = self.value.get(key)
        if not isinstance(value, str) or value not in allowed:
            raise InvalidTemplate(self.at(key), f"Must be one of: {', '.join(allowed)}.")
        return value

    def words(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of different words, each allowed (any where `allowed` is None); empty where the key is absent."""
        value = self.value.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise InvalidTemplate(self.at(key), "Must be a list of texts.")
        if len(set(value)) != len(value):
            raise InvalidTemplate(self.at(key), "Names something twice. Remove one of them.")
        for word in value:
            if allowed is not None and word not in allowed:
                raise InvalidTemplate(self.at(key), f"“{word}” is not known. Use: {', '.join(allowed)}.")
        return tuple(value)

    def truth(self, key: str, default: bool) -> bool:
        """true or false; the default where the key is absent."""
        value = self.value.get(key, default)
        if not isinstance(value, bool):
            raise InvalidTemplate(self.at(key), "Must be true or false.")
        return value

    def whole(self, key: str) -> int:
        """A whole number from 1 up."""
        value = self.value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise InvalidTemplate(self.at(key), "Must be a whole number from 1 up.")
        return value

    def date(self, key: str) -> dt.date:
        """A date written 2026-01-31."""
        try:
            return dt.date.fromisoformat(self.text(key))
        except ValueError:
            raise InvalidTemplate(self.at(key), "Must be a date such as 2026-01-31.") from None

    def list(self, key: str) -> "list[Node]":
        """The entries of a list that is not empty, each with its own path."""
        value = self.value.get(key)
        if not isinstance(value, list) or not value:
            raise InvalidTemplate(self.at(key), "Must be a list with at least one entry.")
        return [Node(entry, f"{self.at(key)}[{i}]") for i, entry in enumerate(value)]

    def child(self, key: str) -> "Node | None":
        """The value under a key with its path, or None where it is absent or null."""
        value = self.value.get(key)
        return None if value is None else Node(value, self.at(key))
