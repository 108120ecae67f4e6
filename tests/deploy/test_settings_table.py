"""docs/deploy.md explains exactly the settings that the program knows."""

import re

from fieldapp.settings import KNOWN
from tests.rules.sources import ROOT


def test_the_table_of_settings_names_every_setting_and_no_other() -> None:
    rows = re.findall(
        r"^\| `(FIELDAPP_\w+)` \|", (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert sorted(rows) == sorted(KNOWN)
