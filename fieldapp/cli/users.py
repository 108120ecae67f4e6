"""`fieldapp user`: adds accounts, releases locked ones, gives new passwords."""

import argparse

from fieldapp.cli.asking import answer
from fieldapp.cli.asking import password
from fieldapp.cli.database import writing
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.accounts.users import add_user
from fieldapp.domain.accounts.users import release_user
from fieldapp.domain.accounts.users import set_password
from fieldapp.models.user import ROLES
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import commit


def add_users(subparsers: Subparsers) -> None:
    """Add `user` with its own commands add, release and password."""
    parser = subparsers.add_parser("user", help="add people who sign in, release locked accounts, set passwords")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = commands.add_parser("add", help="add an account", description="Adds an account; asks for the password.")
    add.add_argument("email", help="the e-mail with which the person signs in")
    add.add_argument("--name", help="the person's name")
    add.add_argument("--role", choices=ROLES, default="officer", help="officer unless said otherwise")
    add.add_argument("--team", help="the team, made if it is new; not needed for administrators")
    add.set_defaults(run=run_add)
    release = commands.add_parser("release", help="release an account locked after wrong passwords")
    release.add_argument("email")
    release.set_defaults(run=run_release)
    change = commands.add_parser("password", help="set a new password and end all sessions of the account")
    change.add_argument("email")
    change.set_defaults(run=run_password)


def run_add(args: argparse.Namespace) -> int:
    """Add one account."""
    # all questions first: the write lock must not wait for somebody's fingers
    name = answer(args.name, "Name", "--name")
    team = "" if args.role == "administrator" else answer(args.team, "Team", "--team")
    given = {"email": args.email, "name": name, "role": args.role, "team": team, "password": password(args.email)}
    with writing(from_environment()) as session:
        user = add_user(session, None, **given, now=now())
        commit()
        print(f"{user.email} can sign in as {user.role}.")
    return 0


def run_release(args: argparse.Namespace) -> int:
    """Release one account."""
    with writing(from_environment()) as session:
        user = release_user(session, None, args.email, now=now())
        commit()
        print(f"{user.email} can sign in again.")
    return 0


def run_password(args: argparse.Namespace) -> int:
    """Set one account's password."""
    new = password(args.email)
    with writing(from_environment()) as session:
        user = set_password(session, None, args.email, new, now=now())
        commit()
        print(f"{user.email} has a new password; its sessions have ended.")
    return 0
