"""Finds Firefox and WebKitGTK, in which tests/engines makes the same visit without signal as in Chromium."""

import shutil
from dataclasses import dataclass
from pathlib import Path

FIREFOX_PACKAGES = ["firefox-esr"]
WEBKIT_PACKAGES = ["webkit2gtk-driver", "xvfb", "xauth", "dbus", "libgles2", "libegl1"]
MINI_BROWSERS = "*/webkit2gtk-4.*/MiniBrowser"


@dataclass(frozen=True)
class WebKitPrograms:
    """What it takes to drive WebKitGTK: the driver, its browser, and a display in memory."""

    driver: str
    browser: str
    display: str


def find_firefox() -> str | None:
    """The path of Firefox ESR, the one that the pinned Playwright can drive."""
    return shutil.which("firefox-esr")


def find_webkit() -> WebKitPrograms | None:
    """The three programs, or None where one of them is missing."""
    driver, display = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(map(str, Path("/usr/lib").glob(MINI_BROWSERS)))
    return WebKitPrograms(driver, browsers[-1], display) if driver and display and browsers else None


def missing_packages() -> list[str]:
    """The Debian packages of the engines that are not here."""
    firefox = [] if find_firefox() else FIREFOX_PACKAGES
    return firefox + ([] if find_webkit() else WEBKIT_PACKAGES)
