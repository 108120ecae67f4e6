"""`fieldapp verify`: checks a submission or a receipt without network and without the database."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldapp.adapters.office_keys import read_public_keys
from fieldapp.cli.parsers import Subparsers
from fieldapp.domain.errors import Invalid
from fieldapp.domain.wire.proof import MOST_BYTES
from fieldapp.domain.wire.proof import all_hold
from fieldapp.domain.wire.proof import examine
from fieldapp.domain.wire.proof import read_exhibit
from fieldapp.domain.wire.strict_json import parse_json
from fieldapp.settings import from_environment

EXPLAINED = (
    "Checks a submission or a receipt (compact JWS), or JSON with both and the phone's public key: "
    "{submission, receipt, device}. Prints what is proved; the exit code is 0 when all of it holds, else 1."
)


def add_verify(subparsers: Subparsers) -> None:
    """Add `verify`."""
    parser = subparsers.add_parser("verify", help="check a submission or a receipt offline", description=EXPLAINED)
    parser.add_argument("file", type=Path, metavar="FILE", help="the exported submission or receipt")
    parser.add_argument(
        "--keys", type=Path, metavar="FILE",
        help="public keys as a JWK set, such as the office's /.well-known/jwks.json; this data folder's unless given",
    )  # fmt: skip
    parser.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace) -> int:
    """Print what the file proves."""
    return verify(args.file, args.keys)


def verify(file: Path, keys_file: Path | None = None) -> int:
    """Print a line for each finding; returns 0 when all hold, else 1. Raises Invalid for files that cannot be read."""
    findings = examine(read_exhibit(_content(file)), _keys(keys_file))
    for finding in findings:
        print(f"{'Proved' if finding.holds else 'NOT PROVED'}: {finding.words}")
    return 0 if all_hold(findings) else 1


def _keys(file: Path | None) -> Mapping[str, Mapping[str, Any]]:
    if file is None:
        found: Any = read_public_keys(from_environment().office_key_file)
    else:
        found = parse_json(_content(file), str(file))
    entries = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(entries, list) or not all(isinstance(key, dict) and "kid" in key for key in entries):
        raise Invalid({"--keys": f"{file} is no JWK set with named keys. Save the office's /.well-known/jwks.json."})
    return {str(key["kid"]): key for key in entries}


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise Invalid({str(file): f"{file} cannot be read: {error.strerror}."}) from error
