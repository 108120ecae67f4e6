"""Times, distances and due dates read as an officer reads them."""

import datetime as dt
from dataclasses import dataclass

import pytest
from flask import Flask
from flask import g
from flask import render_template_string

from fieldapp.web import filters


@dataclass(frozen=True)
class Manner:
    zone: str = "America/New_York"
    distance_unit: str = "km"
    clock: int = 24


METRIC = Manner()
AMERICAN = Manner(distance_unit="mi", clock=12)
TODAY = dt.date(2026, 11, 19)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "words"),
    [
        (utc(2026, 11, 19, 18, 50), "America/New_York", "13:50"),
        (utc(2026, 11, 19, 18, 50), "Asia/Kolkata", "00:20"),
        (utc(2026, 11, 19, 18, 50), "Asia/Kathmandu", "00:35"),
        (utc(2026, 11, 19, 18, 50), "America/St_Johns", "15:20"),
        (utc(2026, 11, 1, 5, 30), "America/New_York", "01:30"),  # before the clocks go back
        (utc(2026, 11, 1, 6, 30), "America/New_York", "01:30"),  # an hour later
        (utc(2026, 3, 8, 6, 59), "America/New_York", "01:59"),
        (utc(2026, 3, 8, 7, 0), "America/New_York", "03:00"),  # 02:00 does not exist on this day
    ],
)
def test_clock_shows_the_agency_zone_through_half_hours_and_clock_changes(
    moment: dt.datetime, zone: str, words: str
) -> None:
    assert filters.clock(moment, Manner(zone=zone)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (dt.time(0, 5), "12:05 am"),
        (dt.time(12, 0), "12:00 pm"),
        (dt.time(13, 50), "1:50 pm"),
        (11 * 60 + 59, "11:59 am"),
        (24 * 60, "12:00 am"),
    ],
)
def test_twelve_hour_clock_has_no_zero_hour(value: dt.time | int, words: str) -> None:
    assert filters.clock(value, AMERICAN) == words


def test_minutes_of_the_day_are_a_clock_time() -> None:
    assert [filters.clock(minute, METRIC) for minute in (0, 490, 1440)] == ["00:00", "08:10", "24:00"]


def test_moment_without_a_zone_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="time zone"):
        filters.clock(dt.datetime(2026, 11, 19, 13, 50), METRIC)  # noqa: DTZ001 - this is the point


def test_dates_carry_their_year_only_when_it_is_another() -> None:
    assert filters.day(TODAY, TODAY, METRIC) == "Thu, Nov 19"
    assert filters.short_date(dt.date(2026, 1, 3), TODAY, METRIC) == "Jan 3"
    assert filters.short_date(dt.date(2025, 12, 31), TODAY, METRIC) == "Dec 31, 2025"
    assert filters.day(dt.date(2028, 5, 3), TODAY, METRIC) == "Wed, May 3, 2028"


def test_date_of_a_moment_is_the_one_on_the_agency_wall() -> None:
    late = utc(2026, 11, 20, 3, 0)
    assert filters.short_date(late, TODAY, METRIC) == "Nov 19"
    assert filters.short_date(late, TODAY, Manner(zone="Asia/Kolkata")) == "Nov 20"


def test_moment_of_today_is_its_clock_and_of_another_day_its_date_too() -> None:
    assert filters.moment(utc(2026, 11, 20, 3, 0), TODAY, METRIC) == "22:00"
    assert filters.moment(utc(2026, 11, 18, 18, 50), TODAY, METRIC) == "Nov 18, 13:50"


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (TODAY, "today"),
        (dt.date(2026, 11, 18), "yesterday"),
        (dt.date(2026, 10, 16), "34 days ago"),
        (dt.date(2026, 9, 20), "60 days ago"),
        (dt.date(2026, 9, 19), "2 months ago"),
        (dt.date(2025, 3, 19), "20 months ago"),
        (dt.date(2025, 3, 20), "19 months ago"),
        (dt.date(2024, 11, 20), "23 months ago"),
        (dt.date(2024, 11, 19), "2 years ago"),
        (dt.date(2026, 11, 20), "tomorrow"),
        (dt.date(2026, 11, 22), "in 3 days"),
    ],
)
def test_ago_counts_days_then_months_then_years(date: dt.date, words: str) -> None:
    assert filters.ago(date, TODAY, METRIC) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-90, "now"), (59, "now"), (60, "1 min ago"), (3599, "59 min ago"), (7200, "2 h ago"), (172800, "2 days ago")],
)
def test_since_says_how_long_a_phone_has_been_silent(seconds: int, words: str) -> None:
    now = utc(2026, 11, 19, 18, 58)
    assert filters.since(now - dt.timedelta(seconds=seconds), now) == words


@pytest.mark.parametrize(
    ("meters", "metric", "american"),
    [
        (0, "0 m", "0 ft"),
        (31, "31 m", "102 ft"),
        (304.7, "305 m", "0.2 mi"),
        (999.4, "999 m", "0.6 mi"),
        (999.6, "1 km", "0.6 mi"),
        (1840, "1.8 km", "1.1 mi"),
        (9949, "9.9 km", "6.2 mi"),
        (9950, "10 km", "6.2 mi"),
        (61_500, "62 km", "38 mi"),
        (4_321_000, "4,321 km", "2,685 mi"),
    ],
)
def test_distance_has_the_unit_and_the_digits_that_matter(meters: float, metric: str, american: str) -> None:
    assert filters.distance(meters, METRIC) == metric
    assert filters.distance(meters, AMERICAN) == american


def test_durations_are_hours_and_minutes() -> None:
    assert [filters.minutes(n) for n in (0, 12.4, 59.6, 60, 340, 305)] == [
        "0 min", "12 min", "1 h", "1 h", "5 h 40", "5 h 05",
    ]  # fmt: skip
    assert [filters.wait_words(n) for n in (1, 40, 60, 61, 900)] == [
        "1 second", "40 seconds", "1 minute", "2 minutes", "15 minutes",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (dt.date(2026, 11, 15), "overdue 4 days, due Nov 15"),
        (dt.date(2026, 11, 18), "overdue 1 day, due Nov 18"),
        (dt.date(2025, 11, 19), "overdue 365 days, due Nov 19, 2025"),
        (TODAY, "due today"),
        (dt.date(2026, 11, 20), "due tomorrow"),
        (dt.date(2026, 11, 22), "due Sun, Nov 22"),
        (dt.date(2026, 11, 25), "due Wed, Nov 25"),
        (dt.date(2026, 11, 26), "due Nov 26"),
        (dt.date(2027, 1, 4), "due Jan 4, 2027"),
    ],
)
def test_due_words_say_by_how_much_and_when(due: dt.date, words: str) -> None:
    assert filters.due_words(due, TODAY, METRIC) == words


def test_every_state_of_a_requirement_has_a_shape_beside_its_color() -> None:
    states = ("met", "due_later", "due_soon", "due_today", "overdue")
    assert [filters.due_tone(s) for s in states] == ["ok", "wait", "wait", "live", "stop"]
    assert [filters.due_shape(s) for s in states] == ["s-ok", "clock", "clock", "clock", "s-stop"]


def test_counts_sizes_and_hashes_are_short_and_exact() -> None:
    assert [filters.count(n, "stop") for n in (0, 1, 4000)] == ["0 stops", "1 stop", "4,000 stops"]
    assert filters.count(2, "person", "people") == "2 people"
    assert [filters.size(n) for n in (612, 38_000, 999_600, 2_812_345, 11_400_000_000)] == [
        "612 B", "38 KB", "1.0 MB", "2.8 MB", "11.4 GB",
    ]  # fmt: skip
    assert filters.short_hash("e19a77c3" + 56 * "0") == "e19a 77c3"
    assert filters.sentence("due Sun, Nov 22") == "Due Sun, Nov 22"
    assert filters.sentence("") == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 min", ("12", "min")), ("1:50 pm", ("1:50", "pm")), ("13:50", ("13:50", "")),
        ("5 h 40", ("5 h 40", "")), ("", ("", "")), ("none", ("none", "")),
    ],
)  # fmt: skip
def test_only_a_unit_after_a_number_is_split_off(text: str, parts: tuple[str, str]) -> None:
    assert filters.split_unit(text) == parts


def test_ruler_keeps_windows_on_its_scale() -> None:
    assert [filters.ruler_x(m) for m in (0, 480, 780, 1200, 1439)] == ["0.0%", "0.0%", "41.7%", "100.0%", "100.0%"]
    assert filters.ruler_width((780, 1200)) == "58.3%"
    assert filters.ruler_width((360, 540)) == "8.3%"
    assert filters.ruler_width((1260, 1380)) == "0.0%"
    assert filters.ruler_width((900, 600)) == "0.0%"


def test_templates_get_agency_today_and_now_from_the_request_in_macros_too() -> None:
    app = Flask("shown")
    app.config["FIELDAPP_CLOCK"] = lambda: utc(2026, 11, 20, 3, 0)  # still the 19th in New York
    filters.register_filters(app)
    page = """{% macro shown() %}{{ 31 | distance }}, {{ 830 | clock }}{% endmacro -%}
    {{ shown() }}; {{ at | moment }}; {{ at | since }}; {{ due | due_words | sentence }}; {{ due | overdue_words }};
    {{- ' ' }}{{ due | due_words(due) }}; {{ 3 | count('stop') }}"""
    with app.test_request_context():
        g.agency = AMERICAN
        text = render_template_string(page, at=utc(2026, 11, 20, 2, 53), due=dt.date(2026, 11, 15))
    assert text == (
        "102 ft, 1:50 pm; 9:53 pm; 7 min ago; Overdue 4 days, due Nov 15; overdue 4 days; due today; 3 stops"
    )
