"""passeport passport give."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from flask import Flask

from course.features.passport import services


def declare(nouns: Any) -> None:
    """Add the noun `passport`."""
    verbs = nouns.add_parser("passport", help="learners' stamps").add_subparsers(
        dest="verb", required=True
    )
    give = verbs.add_parser("give", help="give the stamps deserved in the past")
    give.set_defaults(run=run_give)


def run_give(create_app: Callable[[], Flask], _given: Namespace) -> int:
    """Stamp whoever passed a module before there were stamps."""
    with create_app().app_context():
        count = services.give_due()
    print(f"{count} stamps given.")  # noqa: T201
    return 0
