"""Writes a migration from what the models have beyond the migrations: `python tools/migration.py "what changes"`."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from fieldapp.app import create_app
from fieldapp.models.base import UTCDateTime
from fieldapp.settings import from_environment
from fieldapp.web.database import alembic


def render(kind: str, item: Any, _context: Any) -> str | bool:
    """Name our own column type as the template imports it; anything else as usual."""
    return "UTCDateTime()" if kind == "type" and isinstance(item, UTCDateTime) else False


def main(message: str) -> None:
    """Bring an empty database to the newest migration, compare it with the models, and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(from_environment({"FIELDAPP_DATA_DIR": folder}), ALEMBIC_CONTEXT={"render_item": render})
        with app.app_context():
            alembic.upgrade()
            for script in alembic.revision(message):
                print(Path(script.path).name)


if __name__ == "__main__":
    main(sys.argv[1])
