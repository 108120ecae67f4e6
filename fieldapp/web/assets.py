"""Everything a page is built of, served under an address that holds the build's name: it may be kept for good."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin

from flask import Flask

from fieldapp.domain.checklist.library import SHIPPED
from fieldapp.domain.checklist.library import shipped_library

PACKAGE = Path(__file__).parent.parent
PACKAGED = PACKAGE / "service_worker"
FOLDERS = {
    "static": PACKAGE / "static",
    "service-worker": PACKAGED if PACKAGED.is_dir() else PACKAGE.parent / "service-worker",
}
OFFLINE_PAGE = "/offline"
TEMPLATES = PACKAGE / "templates"
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".LICENSE": "text/plain",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
# as large as half of the shell: a phone is ready for a visit before it has these, and fetches them with the day's pages
OF_MAPS = ("static/css/map.css", "static/js/map/", "static/vendor/leaflet.", "static/vendor/protomaps-")
# pages that no phone carries along
OF_OFFICE = ("static/css/positions.css", "static/js/positions/")
IMPORTS = re.compile(r"""^(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]""", re.MULTILINE)


@dataclass(frozen=True)
class Build:
    """All files of a page's making, by their path such as `static/css/app.css`, and the name they have together."""

    name: str
    files: Mapping[str, bytes]

    def address(self, path: str) -> str:
        """Return the address of one file. Raises FileNotFoundError."""
        if path not in self.files:
            raise FileNotFoundError(f"{path} is no file of the pages: mend the name or add the file.")
        return f"/v/{self.name}/{path}"


@cache
def build() -> Build:
    """Return the build that runs, read once. Its name is made of every file and template: they only fit each other."""
    files = {
        f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for name, folder in FOLDERS.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in KINDS
    }
    digest = hashlib.sha256(version("fieldapp").encode())
    for path in [*sorted(TEMPLATES.rglob("*.html")), *sorted(SHIPPED.glob("*.json"))]:
        digest.update(path.read_bytes())
    for name, content in files.items():
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return Build(digest.hexdigest()[:12], files)


def init_assets(app: Flask) -> None:
    """Give templates `asset()`, `modules()`, the build's name and the program's version."""
    app.jinja_env.globals.update(asset=asset, modules=modules, app_version=version("fieldapp"), build=build().name)


def asset(path: str) -> str:
    """Return the address of a static file. Raises FileNotFoundError."""
    return build().address(f"static/{path}")


@cache
def shell() -> list[str]:
    """Return the addresses of the app shell: all of the build but licenses, home screen icons, maps, office pages.

    Pages that name nobody belong to it, and every version of every checklist: a visit goes on with its own.
    """
    apart = (*OF_MAPS, *OF_OFFICE)
    files = [path for path in build().files if not path.endswith((".LICENSE", ".png")) and not path.startswith(apart)]
    names = [f"{template.key}-{template.version}" for template in shipped_library().templates]
    visits = [address for name in names for address in (f"/visit/{name}", f"/checklists/{name}.json")]
    return [*(build().address(path) for path in files), OFFLINE_PAGE, *visits]


def map_files() -> list[str]:
    """Return the addresses of what only a page with a map needs."""
    files = [path for path in build().files if path.startswith(OF_MAPS) and not path.endswith(".LICENSE")]
    return [build().address(path) for path in files]


@cache
def modules(entry: str) -> tuple[str, ...]:
    """Return the addresses of all modules that a page module needs, so that a page can ask for them at once.

    Without it, the browser learns of each from the one before, a round trip at a time. What a module imports later
    (`import()`) is not among them. Raises FileNotFoundError.
    """
    return tuple(build().address(path) for path in needed(f"static/{entry}"))


def needed(entry: str) -> list[str]:
    """Return the paths of all modules that this one imports, and they in turn."""
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        here = waiting.pop(0)
        text = build().files[here].decode()
        named = IMPORTS.findall(text)
        fresh = {urljoin(f"/{here}", name).removeprefix("/"): None for name in named}.keys() - found.keys()
        waiting += sorted(fresh)
        found |= dict.fromkeys(sorted(fresh))
    return list(found)
