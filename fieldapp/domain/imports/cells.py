"""One cell at a time: text, codes, numbers and times. Each reader raises CellRefused with the remedy."""

import datetime as dt
import difflib
import re
from collections.abc import Collection

from fieldapp.domain.imports.problem import CellRefused

CASE_NUMBER = re.compile(r"[\w./ -]{1,40}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
PHONE = re.compile(r"[+(\d][\d\s().+/-]*(\s*(x|ext\.?)\s*\d+)?", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
ZIP = re.compile(r"\d{5}(-\d{4})?")
NUMBER = re.compile(r"[+-]?\d{1,3}([.,]\d*)?")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
MARKUP = re.compile(r"<\s*[/!a-zA-Z][^>]*>")
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
CODE = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_LINE = 120
LONGEST_TEXT = 2000
TRUTH = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no", "unknown": "unknown"}


def plain_text(text: str, longest: int = LONGEST_LINE) -> str:
    """Return text as it came: no control characters, no markup, not too long. A formula is text like any other."""
    # the length first: the patterns below take their time on very long text
    if len(text) > longest:
        raise CellRefused(f"This is {len(text)} characters long, at most {longest} fit. Shorten it.")
    if "\0" in text:
        raise CellRefused("There is a NUL character in this text. Type it again, without it.")
    if CONTROL.search(text):
        raise CellRefused("There is a control character in this text. Type it again, without it.")
    if MARKUP.search(text):
        raise CellRefused("There is HTML in this text. Write it in plain words, without < and >.")
    return re.sub(r"\s+", " ", text)


def name(text: str) -> str:
    """Return a name: plain text with a letter in it."""
    if text and not any(char.isalpha() for char in text):
        raise CellRefused("A name needs letters. Type the name.")
    return plain_text(text)


def case_number(text: str) -> str:
    """Return a case number: letters, digits, dots, slashes, dashes and spaces, at most 40."""
    if not CASE_NUMBER.fullmatch(plain_text(text)):
        raise CellRefused("A case number has letters, digits, dots, slashes and dashes only, at most 40. Correct it.")
    return text


def language(text: str) -> str:
    """Return a language code of BCP 47, in lower case."""
    if len(text) > 32 or not LANGUAGE.fullmatch(text.lower()):
        raise CellRefused("Use the language's short code, such as en, es or vi.")
    return text.lower()


def phone(text: str) -> str:
    """Return a phone number as it was written."""
    if len(text) > 40 or not PHONE.fullmatch(text):
        raise CellRefused("Write the phone number in digits alone, such as 410-555-0155.")
    return text


def email(text: str) -> str:
    """Return an e-mail address in lower case."""
    if not EMAIL.fullmatch(plain_text(text)):
        raise CellRefused("Write the officer's whole e-mail address, such as name@agency.gov.")
    return text.lower()


def zip_code(text: str) -> str:
    """Return a ZIP code of 5 or 9 digits."""
    if not ZIP.fullmatch(text):
        raise CellRefused("A ZIP code has 5 digits. Spreadsheets drop a leading zero: add it again.")
    return text


def code(text: str) -> str:
    """Return a code in lower case with underscores, such as sex_offense."""
    found = re.sub(r"[\s-]+", "_", text.lower())
    if not CODE.fullmatch(found):
        raise CellRefused("Use letters, digits and underscores only, at most 32.")
    return found


def one_of(text: str, allowed: Collection[str]) -> str:
    """Return which of the allowed codes is meant; a near miss is named in the remedy."""
    found = re.sub(r"[\s-]+", "_", text.lower())
    if found in allowed:
        return found
    near = difflib.get_close_matches(found, allowed, 1)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise CellRefused(f"{meant}Use one of: {', '.join(allowed)}.")


def truth(text: str) -> str:
    """Return yes, no or unknown."""
    if text.lower() not in TRUTH:
        raise CellRefused("Use yes, no or unknown.")
    return TRUTH[text.lower()]


def degrees(text: str, most: int) -> float:
    """Return degrees with a decimal point or comma, between -most and +most."""
    if not NUMBER.fullmatch(text):
        raise CellRefused("Write the coordinate as a number of degrees, such as 39.2904, or leave both cells empty.")
    value = float(text.replace(",", "."))
    if abs(value) > most:
        raise CellRefused(f"A coordinate here lies between -{most} and {most}. Correct it, or leave both cells empty.")
    return value


def clock_time(text: str) -> dt.time:
    """Return a time of day: 22:00, 6:30 or 8:30 PM."""
    match = TIME.fullmatch(text)
    if not match:
        raise CellRefused("Write the time as HH:MM, such as 08:30 or 22:00.")
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif half:
        hour = 99
    if hour > 23 or minute > 59:
        raise CellRefused("There is no such time of day. Write it as HH:MM, between 00:00 and 23:59.")
    return dt.time(hour, minute)
