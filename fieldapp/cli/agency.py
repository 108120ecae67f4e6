"""`fieldapp agency`: shows and changes the agency's settings and holidays."""

import argparse

from fieldapp.cli.database import check_ready
from fieldapp.cli.database import connected
from fieldapp.cli.database import writing
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.agency_settings import add_holiday
from fieldapp.domain.agency_settings import change_agency
from fieldapp.domain.agency_settings import holidays
from fieldapp.domain.agency_settings import read_date
from fieldapp.domain.agency_settings import read_settings
from fieldapp.domain.agency_settings import remove_holiday
from fieldapp.domain.agency_settings import setting_lines
from fieldapp.domain.clock import the_agency
from fieldapp.settings import from_environment
from fieldapp.web.clock import now
from fieldapp.web.database import commit
from fieldapp.web.database import session


def add_agency_commands(subparsers: Subparsers) -> None:
    """Add `agency` with its own commands show, set and holiday."""
    parser = subparsers.add_parser("agency", help="show and change the agency's settings and holidays")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    show = commands.add_parser("show", help="list all settings, what they take, and the holidays")
    show.set_defaults(run=run_show)
    change = commands.add_parser(
        "set",
        help="change settings",
        description="Changes settings: all that are given or, where anything is wrong, none. Quote what has spaces: "
        'fieldapp agency set clock=12 "office_label=Harbor office".',
    )
    change.add_argument("settings", nargs="+", metavar="NAME=VALUE", help="`fieldapp agency show` lists the names")
    change.set_defaults(run=run_set)
    holiday = commands.add_parser("holiday", help="add or remove days on which the agency does not work")
    days = holiday.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = days.add_parser("add", help="add a holiday")
    add.add_argument("date", metavar="YYYY-MM-DD")
    add.add_argument("name", nargs="+", metavar="NAME", help="such as Independence Day")
    add.set_defaults(run=run_holiday_add)
    remove = days.add_parser("remove", help="make it a day like any other")
    remove.add_argument("date", metavar="YYYY-MM-DD")
    remove.set_defaults(run=run_holiday_remove)


def run_show(args: argparse.Namespace) -> int:
    """List settings and holidays."""
    with connected(from_environment()):
        check_ready()
        lines = setting_lines(the_agency(session()))
        given = [f"{name}={value}" if value else f"{name}=" for name, value, _ in lines]
        # a long banner must not push all the others to the right
        width = max(len(text) for text in given if len(text) <= 60)
        for text, (_, _, takes) in zip(given, lines, strict=True):
            print(f"{text:<{width}}  {takes}")
        days = holidays(session())
        print("\nHolidays:" if days else "\nHolidays: none. `fieldapp agency holiday add YYYY-MM-DD NAME` adds one.")
        for day in days:
            print(f"{day.on} {day.name}")
    return 0


def run_set(args: argparse.Namespace) -> int:
    """Change settings."""
    values = read_settings(args.settings)
    with writing(from_environment()) as database:
        changed = change_agency(database, None, values, now=now())
        commit()
    print(f"Changed: {', '.join(changed)}." if changed else "Nothing changed: it was so already.")
    return 0


def run_holiday_add(args: argparse.Namespace) -> int:
    """Add one holiday."""
    on = read_date(args.date)
    with writing(from_environment()) as database:
        made = add_holiday(database, None, on, " ".join(args.name), now=now())
        commit()
        print(f"{made.on} is a holiday: {made.name}.")
    return 0


def run_holiday_remove(args: argparse.Namespace) -> int:
    """Remove one holiday."""
    on = read_date(args.date)
    with writing(from_environment()) as database:
        remove_holiday(database, None, on, now=now())
        commit()
    print(f"{on} is a day like any other.")
    return 0
