"""passeport progress rebuild."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from flask import Flask

from course.features.progress import services


def declare(nouns: Any) -> None:
    """Add the noun `progress`."""
    verbs = nouns.add_parser("progress", help="learners' progress").add_subparsers(
        dest="verb", required=True
    )
    rebuild = verbs.add_parser("rebuild", help="make standings anew from the ledger")
    rebuild.set_defaults(run=run_rebuild)


def run_rebuild(create_app: Callable[[], Flask], _given: Namespace) -> int:
    """Fold the whole ledger again."""
    with create_app().app_context():
        count = services.rebuild()
    print(f"{count} deeds read again.")  # noqa: T201
    return 0
