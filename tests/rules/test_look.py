"""The stylesheet stays small and every shape that a template names can be drawn."""

import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "fieldapp"
SHAPE = r'(?:icon|empty)\(\s*"([a-z0-9-]+)"|(?:\bst|notice(?:_block)?)\(\s*[^,()]+,\s*"([a-z0-9-]+)"'


def test_the_sheet_of_every_page_stays_under_30_kb_and_the_sheet_of_one_kind_of_page_under_6() -> None:
    sheets = {path.name: path.stat().st_size for path in (PACKAGE / "static/css").rglob("*.css")}
    assert sheets.pop("app.css") < 30_000, "A first visit on a slow phone line waits for all of app.css. Remove some."
    assert {name: size for name, size in sheets.items() if size >= 6_000} == {}, (
        "ADR 0021: a sheet of its own is small."
    )


def test_every_shape_named_in_a_template_is_in_the_icons() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (PACKAGE / "static/icons.svg").read_text(encoding="utf-8")))
    missing = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in sorted((PACKAGE / "templates").rglob("*.html"))
        for pair in re.findall(SHAPE, path.read_text(encoding="utf-8"))
        for name in pair
        if name and name not in drawn
    ]
    assert missing == [], "add the symbol to fieldapp/static/icons.svg, or name one that is there"


def test_styles_name_no_ids_and_load_nothing_from_elsewhere() -> None:
    for path in (PACKAGE / "static/css").rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "url(" not in text, f"{path.name}: everything is in the one sheet"
        assert not re.search(r"(^|[\s,>+~])#[a-z]", text, flags=re.MULTILINE), f"{path.name}: use a class, not an id"
