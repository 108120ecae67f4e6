"""The office runs another version of the app from one moment to the next: other files, under another build's name."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.web import assets
from tests.live_server import LiveServer

MARK = '\n(globalThis.versionsOnThisPage ??= new Set()).add("{}");\n'


def forget_build() -> None:
    """The files are read anew when they are asked for next."""
    for made in (assets.build, assets.shell, assets.modules):
        made.cache_clear()


class Office:
    """A live server whose files can be replaced; each script of a release says on the page which one it is of."""

    def __init__(self, live: LiveServer, patch: pytest.MonkeyPatch, folder: Path):
        self.live, self.patch, self.folder = live, patch, folder
        self.files = dict(assets.FOLDERS)

    def release(self, name: str) -> str:
        """From here on the office knows the files of this release and no others; returns the build's name."""
        for part, files in self.files.items():
            target = self.folder / name / part
            shutil.copytree(files, target)
            for script in target.rglob("*.js"):
                script.write_text(script.read_text(encoding="utf-8") + MARK.format(name), encoding="utf-8")
            self.patch.setitem(assets.FOLDERS, part, target)
        forget_build()
        self.live.app.jinja_env.globals["build"] = assets.build().name
        return assets.build().name


@pytest.fixture
def office(live: LiveServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Office]:
    """The live server as an Office; afterwards its files are the real ones again."""
    yield Office(live, monkeypatch, tmp_path / "releases")
    monkeypatch.undo()
    forget_build()
