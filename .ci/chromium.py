"""Brings a Chromium for the browser tests: one on PATH, else Debian's, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def main() -> int:
    if any(map(shutil.which, NAMES)) or from_debian() or from_playwright():
        return 0
    print("There is no Chromium and none could be installed: the browser tests are left out.")
    return 1 if os.environ.get("CI") == "true" else 0


def from_debian() -> bool:
    """Install Debian's package, when we are root on a system that has it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing Chromium for the browser tests ...", flush=True)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", NAMES[0]], check=False, **quiet)
    return any(map(shutil.which, NAMES))


def from_playwright() -> bool:
    """Download the browser that Playwright was made for, when its host can be reached."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only once it is needed

    with sync_playwright() as playwright:
        if Path(playwright.chromium.executable_path).exists():
            return True
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
