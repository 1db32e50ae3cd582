"""Which browser the journeys drive: the machine's Chromium, else Playwright's own."""

import shutil
import sys
from pathlib import Path

MISSING = (
    "Chromium was not found. Get it with: apt-get install chromium, "
    "or: .venv/bin/playwright install chromium"
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def executable() -> str | None:
    """The path of a browser, or None."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - rarely needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    sys.exit(None if executable() else MISSING)
