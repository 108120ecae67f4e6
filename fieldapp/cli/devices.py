"""`fieldapp device`: lists officers' phones and signs off those that are lost or given back."""

import argparse
from zoneinfo import ZoneInfo

from fieldapp.cli.database import check_ready
from fieldapp.cli.database import connected
from fieldapp.cli.database import writing
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.clock import the_agency
from fieldapp.domain.wire.devices import all_devices
from fieldapp.domain.wire.devices import sign_off_device
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session


def add_devices(subparsers: Subparsers) -> None:
    """Add `device` with its own commands list and sign-off."""
    parser = subparsers.add_parser("device", help="list officers' phones, sign off lost ones")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="list all phones: key, officer, since when, label")
    listing.set_defaults(run=run_list)
    off = commands.add_parser(
        "sign-off",
        help="refuse what a phone signs from now on",
        description="Refuses what a phone signs from now on; it cannot be taken back. What it sent stays. Its "
        "officer is signed out everywhere; at its next contact the phone erases the pages of the day and its key, and "
        "keeps what it has not sent. Signing in on it again makes a new key. If its "
        "KID begins with a dash, write: fieldapp device sign-off -- KID",
    )
    off.add_argument("kid", metavar="KID", help="the phone's key, as `fieldapp device list` shows it")
    off.set_defaults(run=run_sign_off)


def run_list(args: argparse.Namespace) -> int:
    """List the phones."""
    with connected(from_environment()):
        check_ready()
        zone = ZoneInfo(the_agency(session()).zone)
        found = all_devices(session())
        for device, email in found:
            state = f"signed off {device.signed_off_at.astimezone(zone):%Y-%m-%d}" if device.signed_off_at else "in use"
            since = f"{device.enrolled_at.astimezone(zone):%Y-%m-%d}"
            print(f"{device.kid}  {email}  since {since}  {state}  {device.label}".rstrip())
        if not found:
            print("No phone yet: a phone is enrolled when its officer signs in on it.")
    return 0


def run_sign_off(args: argparse.Namespace) -> int:
    """Sign one phone off."""
    with writing(from_environment()) as database:
        device = sign_off_device(database, None, args.kid, now=now())
        commit()
        print(f"{device.kid} is signed off: what it signs from now on is refused, and its officer is signed out.")
    return 0
