"""`fieldapp setup`: makes the database or brings it up to date, with the agency and its first administrator."""

import argparse

from fieldapp.adapters.database_load import refuse_unfinished
from fieldapp.cli.asking import answer
from fieldapp.cli.asking import password
from fieldapp.cli.database import connected
from fieldapp.cli.database import upgrade
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.accounts.users import add_user
from fieldapp.domain.setup import add_agency
from fieldapp.domain.setup import add_levels
from fieldapp.domain.setup import existing_agency
from fieldapp.domain.setup import has_administrator
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import begin_writing
from fieldapp.web.database import commit
from fieldapp.web.database import rollback
from fieldapp.web.database import session


def add_setup(subparsers: Subparsers) -> None:
    """Add the command; what is there already stays as it is, so it may be run again at any time."""
    parser = subparsers.add_parser(
        "setup",
        help="make the database or bring it up to date",
        description="Makes the database or brings it up to date; then the agency, its levels and the first "
        "administrator, where they are missing. Asks for what is not given. May be run again at any time.",
    )
    parser.add_argument("--agency", metavar="NAME", help="the agency's name")
    parser.add_argument("--zone", help="its time zone, such as America/New_York")
    parser.add_argument("--email", help="the first administrator's e-mail; the password is asked for")
    parser.add_argument("--name", help="the first administrator's name")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Set everything up in one transaction after the migrations."""
    with connected(from_environment()):
        refuse_unfinished(session())
        rollback()
        print("The database is made." if upgrade() else "The database is up to date.")
        begin_writing()
        _agency(args)
        _administrator(args)
        commit()
    print("Ready. `fieldapp serve` starts it.")
    return 0


def _agency(args: argparse.Namespace) -> None:
    found = existing_agency(session())
    if found is None:
        name = answer(args.agency, "Name of the agency", "--agency")
        zone = answer(args.zone, "Time zone (such as America/New_York)", "--zone")
        found = add_agency(session(), name=name, zone=zone, now=now())
    print(f"Agency: {found.name}, {found.zone}.")
    made = add_levels(session())
    if made:
        print(f"{made} supervision levels are made.")


def _administrator(args: argparse.Namespace) -> None:
    if has_administrator(session()):
        return
    email = answer(args.email, "E-mail of the first administrator", "--email")
    name = answer(args.name, "Name of the first administrator", "--name")
    user = add_user(
        session(), None, email=email, name=name, role="administrator", team="", password=password(email), now=now()
    )
    print(f"Administrator: {user.email}.")
