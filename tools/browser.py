"""Finds the Chromium that the browser tests drive; as root on Debian it installs one when there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

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


def install() -> None:
    """Installs Debian's Chromium with fonts; prints apt's own words only when it fails."""
    print("installing Chromium for the browser tests (Debian packages: " + ", ".join(DEBIAN_PACKAGES) + ")", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install_packages = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES]
    for command in (["apt-get", "update", "-qq"], install_packages):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            print(done.stdout, file=sys.stderr)


def main() -> None:
    """Ends with a sentence when there is no browser to be had."""
    if find_browser() is None and not os.environ.get(SETTING) and on_debian_as_root():
        install()
    if find_browser() is None:
        sys.exit(ADVICE)


if __name__ == "__main__":
    main()
