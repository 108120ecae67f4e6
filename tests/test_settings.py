"""Settings: sensible without any, and a bad one is refused with a sentence that names it."""

import stat
from pathlib import Path

import pytest

from fieldapp.settings import BadSetting
from fieldapp.settings import from_environment


def given(folder: Path, **more: str) -> dict[str, str]:
    return {"FIELDAPP_DATA_DIR": str(folder), **{f"FIELDAPP_{name}": value for name, value in more.items()}}


def test_nothing_needs_to_be_set_but_the_folder(tmp_path: Path) -> None:
    settings = from_environment(given(tmp_path))
    assert settings.database_url == f"sqlite:///{tmp_path}/fieldapp.sqlite"
    assert settings.blobs == str(tmp_path / "blobs")
    assert settings.secure_cookies


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, second = from_environment(given(tmp_path)), from_environment(given(tmp_path))
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "80.5"),
        ("SECURE_COOKIES", "maybe"),
        ("IDLE_MINUTES", "31"),
        ("SESSION_HOURS", "24"),
        ("DATABASE_URL", "mysql://host/name"),
        ("GEOCODER_PER_SECOND", "0"),
        ("NO_SUCH_THING", "1"),
    ],
)
def test_a_bad_setting_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"FIELDAPP_{name}"):
        from_environment(given(tmp_path, **{name: value}))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(BadSetting, match="FIELDAPP_DATA_DIR"):
        from_environment(given(file / "below"))


def test_other_programs_variables_are_left_alone(tmp_path: Path) -> None:
    assert from_environment({**given(tmp_path), "PORT": "nonsense"}).port == 8000
