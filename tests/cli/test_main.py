"""The program as a whole: its help, and sentences instead of tracebacks."""

import pytest

from fieldapp.cli.main import main
from tests.cli.conftest import Run


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for command in ("setup", "serve", "user", "import"):
        assert f"\n    {command} " in shown


@pytest.mark.parametrize("words", [(), ("user",), ("import",), ("fly",)])
def test_half_a_command_shows_how_it_goes_on(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: fieldapp" in capsys.readouterr().err


def test_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDAPP_PORT", "http")
    assert run("serve").err == "FIELDAPP_PORT must be a number, not 'http'.\n"


def test_unknown_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDAPP_PROT", "8000")
    assert run("setup").err.startswith("FIELDAPP_PROT is not a setting of fieldapp.")


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:1/nowhere", "sqlite:////no/such/folder/x.sqlite"])
def test_database_that_cannot_be_reached_gets_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("FIELDAPP_DATABASE_URL", url)
    ran = run("setup")
    assert ran.code == 1
    assert ran.err.startswith("The database cannot be used. Check FIELDAPP_DATABASE_URL")


def test_interrupted_command_ends_with_a_word(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fieldapp.cli.setup.from_environment", interrupted)
    ran = run("setup")
    assert (ran.code, ran.err) == (1, "Stopped.\n")
