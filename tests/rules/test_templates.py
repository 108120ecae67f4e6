"""Templates are plain: fragments with one root, nothing inline, and every script they name exists."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.rules.sources import STATIC
from tests.rules.sources import TEMPLATES
from tests.rules.sources import Elements
from tests.rules.sources import files
from tests.rules.sources import html_of
from tests.rules.sources import html_with_macros
from tests.rules.sources import name

ALL = list(files(TEMPLATES, "*.html"))
FRAGMENTS = [path for path in ALL if path.name.startswith("_")]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
OPTIONAL_END = {"p", "li", "dt", "dd", "option", "tr", "td", "th"}
ASSET = re.compile(r"""asset\(\s*['"]([^'"]+)['"]""")
MODULES_OF = re.compile(r"""modules\(\s*['"]([^'"]+)['"]""")
EXTENDS = re.compile(r"{%-?\s*extends\b")


class Roots(HTMLParser):
    """Counts what stands at the top of a text: elements (with their attributes) and loose words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.roots: list[dict[str, str | None]] = []
        self.loose: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.open:
            self.roots.append(dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.open:
            self.roots.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open and data.strip():
            self.loose.append(data.strip())


@pytest.mark.parametrize("path", FRAGMENTS, ids=name)
def test_a_fragment_has_one_root_with_an_id(path: Path) -> None:
    top = Roots(html_of(path))

    assert not top.loose, f"{name(path)}: {top.loose[0]!r} stands outside of the root element. Move it inside."
    assert len(top.roots) == 1, f"{name(path)} has {len(top.roots)} root elements. Put one around all of it."
    assert top.roots[0].get("id"), f"{name(path)}: give its root element an id, by which htmx replaces it."


@pytest.mark.parametrize("path", FRAGMENTS, ids=name)
def test_a_fragment_extends_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not EXTENDS.search(text), f"{name(path)} extends a layout. Put it in a page.html that includes the fragment."


@pytest.mark.parametrize("path", ALL, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    for tag, attributes in Elements(html_with_macros(path)).found:
        where = f"{name(path)}: <{tag}>"
        handlers = [key for key in attributes if key == "style" or key.startswith(("on", "hx-on"))]
        code = [key for key, value in attributes.items() if value.strip().lower().startswith(("javascript:", "js:"))]
        assert tag != "style", f"{where} is refused by the content security policy. Write it in static/css/."
        assert not handlers, (
            f"{where} has {handlers}: refused by the policy. Use a class, or a listener in a page module."
        )
        assert not code, f"{where}: {code} holds a script. Put it in a page module."
        assert tag != "script" or "src" in attributes, f"{where} is inline. Write a page module and name it by src."


@pytest.mark.parametrize("path", ALL, ids=name)
def test_every_asset_and_page_module_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = [STATIC / asset for asset in [*ASSET.findall(text), *MODULES_OF.findall(text)]]
    missing = [name(file) for file in named if not file.is_file()]

    assert not missing, f"{name(path)} names {missing}: write the file or mend the name."


@pytest.mark.parametrize("path", ALL, ids=name)
def test_no_form_is_both_of_htmx_and_of_the_outbox(path: Path) -> None:
    for tag, attributes in Elements(html_with_macros(path)).found:
        by_htmx = [key for key in attributes if key.startswith("hx-")]
        both = tag == "form" and "data-outbox" in attributes and by_htmx
        assert not both, f"{name(path)}: a form has data-outbox and {by_htmx}. Field forms go through the outbox alone."
