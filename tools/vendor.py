"""Fetches the third-party browser files that this repository carries, and proves that they are unchanged.

    python tools/vendor.py            fetch the listed versions again, bundle, verify, rewrite (needs npm and a network)
    python tools/vendor.py --check    compare every file with its hash in the list (needs nothing)

The list is fieldapp/static/vendor/vendor.json. To take another version, change it there, run this, read the difference.
A bundle holds all that its package exports, or what the lines of JavaScript in `entry` do; `inject` are lines that
stand in for a global name, `options` further words for the bundler. The text of a license that a package names and
does not bring lies in tools/licenses.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = "fieldapp/static/vendor/vendor.json"
FOLDERS = ("fieldapp/static/vendor", "service-worker/vendor")
LICENSES = ROOT / "tools" / "licenses"
OUR_TYPES = ".d.ts"  # written here, for the checker alone: it looks for them beside the file
BUNDLER = ("esbuild", "0.28.2")
BUNDLE = ("--bundle", "--format=esm", "--target=es2022", "--minify", "--legal-comments=none", "--platform=browser")

Entry = dict[str, Any]


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_list(root: Path) -> list[Entry]:
    """The entries of the list: name, version, license, source, file, sha256, license_file, license_sha256."""
    entries: list[Entry] = json.loads((root / LIST).read_text(encoding="utf-8"))["files"]
    return entries


def problems(root: Path) -> list[str]:
    """Every vendored file that is missing, changed or not listed, as a sentence with the remedy. No network."""
    found = []
    listed = {LIST}
    for entry in read_list(root):
        for name, digest in ((entry["file"], entry["sha256"]), (entry["license_file"], entry["license_sha256"])):
            listed.add(name)
            if not (root / name).is_file():
                found.append(f"{name} is missing: run `python tools/vendor.py`.")
            elif sha256(root / name) != digest:
                found.append(
                    f"{name} is not {entry['name']} {entry['version']} as listed: run `python tools/vendor.py`."
                )
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and name not in listed and not name.endswith(OUR_TYPES):
                found.append(f"{name} is in no entry of {LIST}: list it with version, license and hash, or remove it.")
    return found


def install(work: Path, entries: list[Entry]) -> None:
    """Put the exact versions into `work`/node_modules. No package's own script runs."""
    packages = [f"{entry['name']}@{entry['version']}" for entry in entries] + ["@".join(BUNDLER)]
    (work / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    command = ["npm", "install", "--ignore-scripts", "--no-fund", "--no-audit", "--save-exact", *packages]
    subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)


def bundle(work: Path, entry: Entry, target: Path) -> list[str]:
    """One module of a package and of what it needs; returns the names of the packages inside, its own first."""
    lines = entry.get("entry", [f'export * from "{entry["name"]}";'])
    (work / "entry.js").write_text("\n".join([*lines, ""]), encoding="utf-8")
    (work / "inject.js").write_text("\n".join([*entry.get("inject", []), ""]), encoding="utf-8")
    run = work / "node_modules/.bin" / BUNDLER[0]
    options = [*BUNDLE, *entry.get("options", []), "--inject:./inject.js", "--log-level=warning"]
    command = [run, "entry.js", *options, "--metafile=inputs.json", f"--outfile={target}"]
    subprocess.run(command, cwd=work, check=True)
    inputs = json.loads((work / "inputs.json").read_text(encoding="utf-8"))["inputs"]
    found = {match[1] for name in inputs if (match := re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", name))}
    return [entry["name"], *sorted(found - {entry["name"]})]


def license_text(work: Path, packages: list[str]) -> str:
    """The license texts of the packages, each under its name and version."""
    parts = []
    for name in packages:
        folder = work / "node_modules" / name
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        own = LICENSES / f"{name.strip('@').replace('/', '-')}.LICENSE"
        files = sorted(path for path in folder.iterdir() if path.name.upper().startswith(("LICENSE", "LICENCE")))
        files = files or [own] * own.is_file()
        if not files:
            raise SystemExit(
                f"{name} {about['version']} comes without a license text: do not ship it before that is settled, "
                f"by its text in {own.relative_to(ROOT)} or by leaving it out."
            )
        text = "\n".join(line.rstrip() for line in files[0].read_text(encoding="utf-8").strip().splitlines())
        parts.append(f"{name} {about['version']} ({about['license']})\n\n{text}\n")
    return "\n----\n\n".join(parts)


def refresh(root: Path) -> None:
    """Fetch, bundle and rewrite every listed file and the hashes in the list; says which file became another."""
    entries = read_list(root)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        install(work, entries)
        for entry in entries:
            take(root, work, entry)
    (root / LIST).write_text(json.dumps({"files": entries}, indent=2) + "\n", encoding="utf-8")


def take(root: Path, work: Path, entry: Entry) -> None:
    """Write one entry's file and license, and their hashes into the entry."""
    target = root / entry["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    packages = [entry["name"]]
    if entry["source"] == "bundle":
        packages = bundle(work, entry, target)
        entry["bundled_by"] = " ".join(BUNDLER)
    else:
        target.write_bytes((work / "node_modules" / entry["name"] / entry["source"]).read_bytes())
    (root / entry["license_file"]).write_text(license_text(work, packages), encoding="utf-8")
    before = entry.get("sha256")
    entry["sha256"] = sha256(target)
    entry["license_sha256"] = sha256(root / entry["license_file"])
    print(f"{entry['name']} {entry['version']}: {'as before' if before == entry['sha256'] else 'changed'}")


def main() -> int:
    """0 when all is as listed, 1 with the problems on standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the files with the list")
    if not parser.parse_args().check:
        refresh(ROOT)
    found = problems(ROOT)
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
