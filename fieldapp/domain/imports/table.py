"""From bytes to cells: encoding, separator and lines of a file that a spreadsheet or a case system wrote."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.domain.errors import Invalid
from fieldapp.domain.imports.columns import known_columns

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
SEPARATORS = (",", ";", "\t", "|")
FEWEST_KNOWN = 3
SAVE_AS = "Save the list as CSV (in a spreadsheet: Save as, CSV UTF-8) and choose that file."
# what people send instead, by its first bytes
OTHER_KINDS = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


@dataclass(frozen=True)
class Table:
    """Cells with the line on which each record begins. `broken` is the line where quotes stop making sense, or None."""

    encoding: str
    separator: str
    header_line: int
    header: list[str]
    records: list[tuple[int, list[str]]]
    broken: int | None


def read_table(data: bytes) -> Table:
    """Return the table in a file of at most 20 MB and 50,000 rows. Raises Invalid where it is none."""
    if not data.strip():
        raise Invalid({"file": f"The file is empty. {SAVE_AS}"})
    if len(data) > MOST_BYTES:
        raise Invalid({"file": "The file is larger than 20 MB. Split it and import the parts one after the other."})
    text, encoding = _decoded(data)
    text, separator = _separated(text)
    lines = _records(text, separator)
    header_line, header = next(((line, cells) for line, cells in lines if cells and any(cells)), (1, []))
    if len(header) > MOST_COLUMNS or len(known_columns(header)) < FEWEST_KNOWN:
        raise Invalid({"file": _no_caseload(data)})
    records, broken = _rest(lines)
    return Table(encoding, separator, header_line, header, records, broken)


def _decoded(data: bytes) -> tuple[str, str]:
    marked = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    tried = [name for mark, name in marked if data.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in tried:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Invalid({"file": _no_caseload(data)})


def _separated(text: str) -> tuple[str, str]:
    """Return the text without Excel's `sep=;` line, and the separator that makes most of the header's names known."""
    said = re.match(r"sep=(.)\r?\n", text)
    if said:
        # the line stays, empty, so that lines still count as an editor counts them
        return "\n" + text[said.end() :], said[1]
    first = next((line for line in text[:100_000].splitlines() if line.strip()), "")
    return text, max(SEPARATORS, key=lambda mark: len(known_columns(first.replace('"', "").split(mark))))


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield first line and cells of each record; None for cells where the quotes are broken, which is the end."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            return
        yield line, [cell.strip() for cell in cells]


def _rest(lines: Iterator[tuple[int, list[str] | None]]) -> tuple[list[tuple[int, list[str]]], int | None]:
    records: list[tuple[int, list[str]]] = []
    for line, cells in lines:
        if cells is None:
            return records, line
        if any(cells):
            records.append((line, cells))
        if len(records) > MOST_ROWS:
            raise Invalid({"file": "The file has more than 50,000 people. Split it and import the parts in turn."})
    return records, None


def _no_caseload(data: bytes) -> str:
    for start, kind in OTHER_KINDS:
        if data.startswith(start):
            return f"This file is {kind}, not a CSV file. {SAVE_AS}"
    if b"\0" in data[:1000]:
        return f"This file is not a CSV file, whatever its name says. {SAVE_AS}"
    return (
        "This file has no caseload in it: its first line does not name columns such as case_number, last_name "
        f"and officer_email. {SAVE_AS}"
    )
