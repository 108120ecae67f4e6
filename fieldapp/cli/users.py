"""`fieldapp user`: adds accounts, releases, disables and enables them, sets passwords and start places."""

import argparse

from fieldapp.cli.asking import answer
from fieldapp.cli.asking import password
from fieldapp.cli.database import writing
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.accounts.users import add_user
from fieldapp.domain.accounts.users import disable_user
from fieldapp.domain.accounts.users import enable_user
from fieldapp.domain.accounts.users import release_user
from fieldapp.domain.accounts.users import set_home
from fieldapp.domain.accounts.users import set_password
from fieldapp.models.user import ROLES
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import commit


def add_users(subparsers: Subparsers) -> None:
    """Add `user` with its own commands add, release, password, disable, enable and home."""
    parser = subparsers.add_parser("user", help="add people who sign in; release, disable, enable them")
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
    _add_leaving(commands)
    home = commands.add_parser(
        "home",
        help="set an officer's start place",
        description="Sets where an officer's day may start and end besides the office. A latitude south of the "
        "equator needs two dashes before it: fieldapp user home EMAIL -- -33.86,151.21",
    )
    home.add_argument("email")
    home.add_argument("position", metavar="LAT,LON", help="degrees, such as 39.29038,-76.61219; none to forget it")
    home.set_defaults(run=run_home)


def _add_leaving(commands: Subparsers) -> None:
    disable = commands.add_parser("disable", help="let an account sign in no more, and end its sessions")
    disable.add_argument("email")
    disable.set_defaults(run=run_disable)
    enable = commands.add_parser("enable", help="let a disabled account sign in again")
    enable.add_argument("email")
    enable.set_defaults(run=run_enable)


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


def run_disable(args: argparse.Namespace) -> int:
    """Disable one account."""
    with writing(from_environment()) as session:
        user = disable_user(session, None, args.email, now=now())
        commit()
        print(f"{user.email} cannot sign in any more; its sessions have ended.")
    return 0


def run_enable(args: argparse.Namespace) -> int:
    """Enable one account."""
    with writing(from_environment()) as session:
        user = enable_user(session, None, args.email, now=now())
        commit()
        print(f"{user.email} is enabled.{' It is locked: `fieldapp user release` it.' if user.locked_at else ''}")
    return 0


def run_home(args: argparse.Namespace) -> int:
    """Set one officer's start place."""
    with writing(from_environment()) as session:
        user = set_home(session, None, args.email, args.position, now=now())
        commit()
        print(f"{user.email} {'has no start place' if user.home_lat is None else 'can start the day there'}.")
    return 0
