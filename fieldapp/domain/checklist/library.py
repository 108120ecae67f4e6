"""All shipped versions of all checklists: the one in force on a day, and the very one an old answer was given to."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fieldapp.domain.checklist.node import InvalidTemplate
from fieldapp.domain.checklist.parse import read_template
from fieldapp.domain.checklist.template import Template
from fieldapp.domain.errors import NotFound

SHIPPED = Path(__file__).parents[2] / "checklists"
NAME = re.compile(r"([a-z_]{1,32})-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Library:
    """Templates by key and version."""

    templates: tuple[Template, ...]

    def exact(self, key: str, version: int) -> Template:
        """That very version. Raises `NotFound`."""
        for template in self.templates:
            if (template.key, template.version) == (key, version):
                return template
        raise NotFound(f"The office has no checklist “{key}” version {version}. Update the office’s program.")

    def named(self, name: str) -> Template:
        """That very version by its name such as home-1. Raises `NotFound`."""
        found = NAME.fullmatch(name)
        if not found:
            raise NotFound("There is no such checklist. Its name looks like home-1.")
        return self.exact(found[1], int(found[2]))

    def in_force(self, key: str, on: dt.date) -> Template:
        """The version of a checklist that new visits use on that day (agency zone). Raises `NotFound`."""
        usable = [template for template in self.templates if template.key == key and template.effective_from <= on]
        if not usable:
            raise NotFound(
                f"No checklist “{key}” is in force on {on.isoformat()}. Add one with an earlier effective_from."
            )
        return max(usable, key=lambda template: (template.effective_from, template.version))


def load_library(files: Iterable[Path]) -> Library:
    """The library of these JSON files. Raises `InvalidTemplate` with the file's name before the path."""
    templates: list[Template] = []
    for file in files:
        try:
            template = read_template(file.read_bytes())
        except InvalidTemplate as error:
            raise InvalidTemplate(f"{file.name}: {error.path}", error.sentence) from None
        name = f"{template.key}-{template.version}"
        if file.stem != name:
            raise InvalidTemplate(f"{file.name}: key", f"Rename the file {name}.json, or correct key and version.")
        templates.append(template)
    return Library(tuple(templates))


@cache
def shipped_library() -> Library:
    """The checklists that come with the program; read once, as they cannot change while it runs."""
    return load_library(sorted(SHIPPED.glob("*.json")))
