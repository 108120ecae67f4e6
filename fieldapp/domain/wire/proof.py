"""What a submission and a receipt prove by themselves, with public keys and nothing else: no network, no database."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from fieldapp.domain.errors import Invalid
from fieldapp.domain.wire import envelope
from fieldapp.domain.wire import receipts
from fieldapp.domain.wire.envelope import decode_part
from fieldapp.domain.wire.envelope import sha256_of
from fieldapp.domain.wire.envelope import verified
from fieldapp.domain.wire.strict_json import parse_json

NAMES = {"submission", "receipt", "device"}
NOT_READABLE = "The file holds neither a submission nor a receipt, nor JSON with both. Give one as it was exported."
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Exhibit:
    """What a file holds: compact JWS as they were kept, and the phone's public key where it came with them."""

    submission: str | None = None
    receipt: str | None = None
    device: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Finding:
    """One sentence for people. `holds` False: something is not what it claims, or cannot be proved."""

    holds: bool
    words: str


def read_exhibit(content: bytes) -> Exhibit:
    """Return what the file's bytes hold: one JWS, or JSON {submission, receipt, device}. Raises Invalid on `file`."""
    text = content.strip()
    if len(content) > MOST_BYTES:
        raise Invalid({"file": NOT_READABLE})
    if text.startswith(b"{"):
        found = parse_json(text, "file")
        texts = {name: found.get(name) for name in ("submission", "receipt")}
        given = [value for value in texts.values() if value is not None]
        device = found.get("device")
        if not set(found) <= NAMES or not given or not all(isinstance(value, str) for value in given):
            raise Invalid({"file": NOT_READABLE})
        if device is not None and not isinstance(device, dict):
            raise Invalid({"file": "“device” must be the phone's public key as a JWK object."})
        return Exhibit(**texts, device=device)
    word = text.decode("ascii", "replace")
    kinds = {envelope.TYP: Exhibit(submission=word), receipts.TYP: Exhibit(receipt=word)}
    exhibit = kinds.get(str(_header(word).get("typ")))
    if exhibit is None:
        raise Invalid({"file": NOT_READABLE})
    return exhibit


def examine(exhibit: Exhibit, keys: Mapping[str, Mapping[str, Any]]) -> list[Finding]:
    """Return what is proved and what is not. `keys` are the office's public JWKs by key id, and nobody else's."""
    receipt, findings = _receipt(exhibit, keys)
    if exhibit.submission is None:
        return findings
    covered = None
    if exhibit.receipt is not None:
        covered = receipt is not None and _names(receipt, exhibit.submission)
        findings.append(
            Finding(True, "This is, to the letter, the submission that the receipt names.")
            if covered
            else Finding(False, "The receipt does not prove this submission: it names another id or other bytes.")
        )
    return findings + list(_signature(exhibit, covered=bool(covered)))


def all_hold(findings: list[Finding]) -> bool:
    """Say whether everything that was looked at holds."""
    return bool(findings) and all(finding.holds for finding in findings)


def _receipt(exhibit: Exhibit, keys: Mapping[str, Mapping[str, Any]]) -> tuple[Mapping[str, Any] | None, list[Finding]]:
    if exhibit.receipt is None:
        return None, []
    header = _header(exhibit.receipt)
    key = keys.get(str(header.get("kid")))
    payload = verified(exhibit.receipt, key) if key and header.get("typ") == receipts.TYP else None
    if payload is None:
        words = "altered, or not signed with" if key else "not signed with any of"
        return None, [Finding(False, f"The receipt is {words} the office's keys that were given.")]
    said: Mapping[str, Any] = parse_json(payload, "receipt")
    return said, list(_said(said))


def _said(said: Mapping[str, Any]) -> Iterator[Finding]:
    yield Finding(True, f"The office signed that it received submission {said['submission']} at {said['received_at']}.")
    yield Finding(True, f"SHA-256 of the submission: {said['sha256']}.")
    for photo in said["photos"]:
        yield Finding(True, f"Photo {photo['id']}, SHA-256 {photo['sha256']}: {photo['state']} at that time.")


def _names(receipt: Mapping[str, Any], submission: str) -> bool:
    named = (receipt["submission"], receipt["sha256"])
    return submission.isascii() and named == (envelope.claimed_id(submission), sha256_of(submission))


def _signature(exhibit: Exhibit, *, covered: bool) -> Iterator[Finding]:
    assert exhibit.submission is not None
    kid, key = str(_header(exhibit.submission).get("kid")), exhibit.device
    if key is None:
        yield Finding(covered, f"The phone's key {kid} was not given, so the phone's own signature was not checked.")
    elif _thumbprint(key) != kid or verified(exhibit.submission, key) is None:
        yield Finding(False, "The submission was altered, or not signed by the phone's key that came with it.")
    elif covered:
        yield Finding(True, f"The submission was signed by the phone with the key {kid} and not altered since.")
    else:
        # anybody can make a key: only the office's receipt stands behind the bytes, and so behind the key they name
        words = f"The submission fits the key {kid}, but only the office's receipt proves that it was received."
        yield Finding(False, words)


def _thumbprint(key: Mapping[str, Any]) -> str:
    try:
        return ECKey.import_key(dict(key)).thumbprint()
    except (JoseError, ValueError):
        return ""


def _header(text: str) -> dict[str, Any]:
    try:
        header = parse_json(decode_part(text.split(".")[0]), "header")
    except (ValueError, Invalid):
        return {}
    return header if isinstance(header, dict) else {}
