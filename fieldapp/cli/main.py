"""The `fieldapp` command: finds the command, and turns what goes wrong into a sentence and an exit code."""

import argparse
import importlib.metadata
import os
import sys
from collections.abc import Sequence

from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import OperationalError

from fieldapp.cli.agency import add_agency_commands
from fieldapp.cli.backup import add_backup
from fieldapp.cli.demo import add_demo
from fieldapp.cli.devices import add_devices
from fieldapp.cli.geocode import add_geocode
from fieldapp.cli.imports import add_imports
from fieldapp.cli.rescue import add_rescue
from fieldapp.cli.restore import add_restore
from fieldapp.cli.roads import add_roads
from fieldapp.cli.serve import add_serve
from fieldapp.cli.setup import add_setup
from fieldapp.cli.users import add_users
from fieldapp.cli.verify import add_verify
from fieldapp.domain.errors import FieldappError
from fieldapp.settings import BadSetting

NO_DATABASE = "The database cannot be used. Check FIELDAPP_DATABASE_URL, and that the database runs and may be written."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0, or 1 after a sentence on standard error (2 is argparse's own)."""
    args = parser().parse_args(argv)
    try:
        code: int = args.run(args)
    except (FieldappError, BadSetting) as error:
        return _refuse(str(error))
    except (OperationalError, ArgumentError):
        return _refuse(NO_DATABASE)
    except (KeyboardInterrupt, EOFError):
        return _refuse("Stopped.")
    except BrokenPipeError:
        # whoever read our output has gone; the interpreter must not stumble over it again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    made = argparse.ArgumentParser(
        prog="fieldapp",
        description="Field visits for probation and parole officers: plan, brief, check in, photograph, submit, prove.",
        epilog="Settings come from FIELDAPP_* environment variables. `fieldapp COMMAND --help` explains a command.",
    )
    version = importlib.metadata.version("fieldapp")
    made.add_argument("--version", action="version", version=f"fieldapp {version}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_demo(commands)
    add_setup(commands)
    add_serve(commands)
    add_agency_commands(commands)
    add_users(commands)
    add_devices(commands)
    add_imports(commands)
    add_geocode(commands)
    add_roads(commands)
    add_verify(commands)
    add_backup(commands)
    add_restore(commands)
    add_rescue(commands)
    return made


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
