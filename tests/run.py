"""`make test`: the whole suite on SQLite, on PostgreSQL, then journeys in a browser.

What a laptop lacks is said and left out; where CI=true, it is a failure.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.make import browser, postgresql

ROOT = Path(__file__).parents[1]
QUICK = ("-m", "not journey")


def pytest(title: str, *options: str) -> int:
    """One run of the suite."""
    say(f"── {title}")
    arguments = (sys.executable, "-m", "pytest", "-q", "--durations-min=1", *options)
    return subprocess.run(arguments, cwd=ROOT, check=False).returncode


def say(line: str) -> None:
    """Print at once: pytest prints next."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run the three parts; the worst of their exit codes."""
    failed, absent = [], []
    covered = ("--cov", "--cov-report=term-missing:skip-covered")
    failed.append(pytest("SQLite", "-n", "2", "--durations=10", *covered, *QUICK))
    if postgresql.binaries():
        options = ("--database", "postgresql", "-n", "2", *QUICK)
        failed.append(pytest("PostgreSQL", *options))
    else:
        absent.append(f"Not run: PostgreSQL. {postgresql.MISSING}")
    if browser.executable():
        failed.append(
            pytest("Journeys in Chromium", "-n", "2", "-m", "journey", "tests/journeys")
        )
    else:
        absent.append(f"Not run: journeys. {browser.MISSING}")
    for line in absent:
        say(line)
    if absent and os.environ.get("CI"):
        return 1
    return max(failed)


if __name__ == "__main__":
    sys.exit(main())
