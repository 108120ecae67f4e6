"""The demo agency itself: settings, holidays, teams and everybody who signs in."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fieldapp.domain.accounts.users import add_user
from fieldapp.domain.demo.holidays import federal_holidays
from fieldapp.domain.setup import add_agency
from fieldapp.models.agency import Agency
from fieldapp.models.agency import Holiday
from fieldapp.models.user import User

ZONE = "America/New_York"
PASSWORD = "harbor demo 2026"
NAME = "Harbor County Probation & Parole (demo)"
BANNER = (
    "Demo system. Everybody in it is made up: do not enter real names, addresses or photos. "
    "What is done here is recorded and erased on another day."
)
OFFICE = (39.28996, -76.60723)
TEAMS = ("Harbor East", "Patterson Park")
FIELD_START, FIELD_END = dt.time(8, 0), dt.time(20, 0)


@dataclass(frozen=True)
class Account:
    """Somebody who signs in; `team` is the place in TEAMS, `home` a position in WGS 84 degrees."""

    email: str
    name: str
    role: str
    team: int | None = None
    home: tuple[float, float] | None = None


ACCOUNTS = (
    Account("officer1@demo.example", "Dana Whitfield", "officer", 0, (39.28812, -76.57964)),
    Account("officer2@demo.example", "Luis Ortega", "officer", 0, (39.30187, -76.58921)),
    Account("officer3@demo.example", "Minh-Anh Tran", "officer", 0),
    Account("officer4@demo.example", "Bernadette Kowalczyk-Oyelaran", "officer", 1, (39.27241, -76.55378)),
    Account("officer5@demo.example", "Theo Bright", "officer", 1),
    Account("officer6@demo.example", "Samira Haddad", "officer", 1),
    Account("supervisor1@demo.example", "Ruth Calloway", "supervisor", 0),
    Account("supervisor2@demo.example", "Gerald Stokes", "supervisor", 1),
    Account("admin@demo.example", "Ines Marchetti", "administrator"),
)


def make_agency(session: Session, today: dt.date, *, now: dt.datetime) -> Agency:
    """Write the agency with its holidays of some years around this one."""
    agency = add_agency(session, name=NAME, zone=ZONE, now=now)
    agency.distance_unit, agency.clock, agency.banner = "mi", 24, BANNER
    agency.office_label, agency.office_lat, agency.office_lon = "Harbor County office", *OFFICE
    agency.field_start, agency.field_end = FIELD_START, FIELD_END
    # New Year's Day may be kept in the year before, so the days of all years are one dictionary
    days = {on: name for year in range(today.year - 2, today.year + 3) for on, name in federal_holidays(year).items()}
    session.add_all(Holiday(on=on, name=name) for on, name in days.items())
    session.flush()
    return agency


def make_users(session: Session, *, now: dt.datetime) -> dict[str, User]:
    """Add teams and accounts, all with PASSWORD; returns the users by e-mail."""
    users = {}
    for account in ACCOUNTS:
        user = add_user(
            session, None, email=account.email, name=account.name, role=account.role,
            team="" if account.team is None else TEAMS[account.team], password=PASSWORD, now=now,
        )  # fmt: skip
        user.home_lat, user.home_lon = account.home or (None, None)
        users[account.email] = user
    session.flush()
    return users
