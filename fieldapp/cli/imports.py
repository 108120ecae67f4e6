"""`fieldapp import`: a caseload, and contact standards."""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from fieldapp.cli.database import writing
from fieldapp.cli.geocode import OFF
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.clock import local_date
from fieldapp.domain.clock import the_agency
from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.apply import apply_import
from fieldapp.domain.imports.files import one_import_at_a_time
from fieldapp.domain.imports.plan import ImportPlan
from fieldapp.domain.imports.plan import plan_import
from fieldapp.domain.imports.problem import Problem
from fieldapp.domain.imports.read import read_caseload
from fieldapp.domain.imports.standards import apply_standards
from fieldapp.domain.imports.standards import read_standards
from fieldapp.domain.imports.table import MOST_BYTES
from fieldapp.domain.positions.missing import count_unplaced
from fieldapp.settings import Settings
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import commit


def add_imports(subparsers: Subparsers) -> None:
    """Add `import` with its own commands caseload and standards."""
    parser = subparsers.add_parser("import", help="take over a caseload or contact standards")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    caseload = commands.add_parser(
        "caseload",
        help="import people from a CSV file",
        description="Imports a caseload: all of it or, where anything is wrong, nothing. The same file twice "
        "changes nothing. docs/guides/importing-a-caseload.md explains the columns.",
    )
    caseload.add_argument("file", type=Path, metavar="FILE.csv")
    caseload.add_argument("--dry-run", action="store_true", help="only say what would happen")
    caseload.set_defaults(run=run_caseload)
    standards = commands.add_parser(
        "standards",
        help="take over contact standards from a JSON file",
        description="Adds or changes contact standards: all of the file or, where anything is wrong, nothing. "
        "docs/guides/contact-standards.md explains the fields and has an example.",
    )
    standards.add_argument("file", type=Path, metavar="FILE.json")
    standards.set_defaults(run=run_standards)


def run_caseload(args: argparse.Namespace) -> int:
    """Import one file, or say what stands in the way."""
    data = _read(args.file)
    settings = from_environment()
    with writing(settings) as database:
        one_import_at_a_time(database)
        on = local_date(the_agency(database).zone, now())
        plan = plan_import(database, read_caseload(data), on)
        for note in plan.notes:
            print(note)
        if plan.problems:
            _print_problems(plan.problems)
            return 1
        _print_plan(plan, "would be" if args.dry_run else "are")
        if not args.dry_run:
            apply_import(database, None, plan, now=now(), subject=hashlib.sha256(data).hexdigest())
            commit()
            _print_unplaced(count_unplaced(database, on), settings)
    return 0


def run_standards(args: argparse.Namespace) -> int:
    """Take over one file of contact standards."""
    entries = read_standards(_read(args.file))
    with writing(from_environment()) as database:
        counts = apply_standards(database, entries, now=now())
        commit()
    print(f"{counts['new']} standards are new, {counts['changed']} changed, {counts['same']} stay as they are.")
    return 0


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except OSError as error:
        raise Invalid({"file": f"{file} cannot be read: {error.strerror}. Check the name."}) from None


def _print_problems(problems: Sequence[Problem]) -> None:
    for one in problems:
        where = ", ".join(part for part in (f"line {one.line}", one.column, one.value and f"“{one.value}”") if part)
        print(f"{where}: {one.remedy}", file=sys.stderr)
    many = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    print(f"Nothing was imported: {many}. Correct the file and run this again.", file=sys.stderr)


def _print_plan(plan: ImportPlan, verb: str) -> None:
    counts = plan.counts
    print(f"{counts['new']} people {verb} new, {counts['changed']} {verb} changed, {counts['same']} stay as they are.")
    for what, people in plan.changed_things:
        print(f"  {what}: {people}")


def _print_unplaced(count: int, settings: Settings) -> None:
    if count:
        many = "1 address has" if count == 1 else f"{count} addresses have"
        print(f"{many} no position. {'Run `fieldapp geocode`.' if settings.geocoding else OFF}")
