"""Finds the browsers that the tests drive; as root on Debian it installs those that are missing.

Without Chromium there is no run. Tests in Firefox and WebKitGTK are left out, and say so, where these cannot be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.engines import missing_packages

SETTING = "FIELDAPP_TEST_BROWSER"
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"]
MAC_APPLICATIONS = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
DEBIAN_PACKAGES = ["chromium", "fonts-dejavu-core", "fonts-liberation"]
ADVICE = (
    "The browser tests need Chromium or Google Chrome and found neither. Install one "
    "(Debian: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install --cask chromium) "
    f"or name the one you have: {SETTING}=/path/to/chromium make test"
)


def find_browser() -> str | None:
    """The path of the browser to drive: the one the setting names, else the first that is installed."""
    named = os.environ.get(SETTING)
    if named:
        return shutil.which(named)
    found = [path for path in map(shutil.which, NAMES) if path]
    found += [path for path in MAC_APPLICATIONS if Path(path).exists()]
    return found[0] if found else None


def on_debian_as_root() -> bool:
    """Whether apt-get may be asked: only Debian's own chromium is a plain package (Ubuntu's is a snap)."""
    release = Path("/etc/os-release")
    is_debian = release.exists() and "ID=debian" in release.read_text().splitlines()
    return is_debian and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Installs Debian packages; prints apt's own words only when it fails."""
    print("installing browsers for the tests (Debian packages: " + ", ".join(packages) + ")", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install_packages = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install_packages):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            print(done.stdout, file=sys.stderr)


def wanted_packages() -> list[str]:
    """The packages of what is missing; a Chromium that the setting names is never installed."""
    chromium = [] if find_browser() or os.environ.get(SETTING) else DEBIAN_PACKAGES
    return chromium + missing_packages()


def main() -> None:
    """Ends with a sentence when there is no Chromium to be had."""
    if wanted_packages() and on_debian_as_root():
        install(wanted_packages())
    if find_browser() is None:
        sys.exit(ADVICE)
    if missing_packages():
        print("Not tested in every browser, as these are missing: " + ", ".join(missing_packages()), file=sys.stderr)


if __name__ == "__main__":
    main()
