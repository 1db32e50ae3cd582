"""passeport privacy clean, passeport privacy erase."""

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Flask

from course.features.account import queries as people
from course.features.account import services as accounts
from course.features.privacy import services


def declare(nouns: Any) -> None:
    """Add the noun `privacy`."""
    verbs = nouns.add_parser("privacy", help="people's data").add_subparsers(
        dest="verb", required=True
    )
    clean = verbs.add_parser("clean", help="let go of what was kept long enough")
    clean.set_defaults(run=run_clean)
    erase = verbs.add_parser("erase", help="put a pseudonym in somebody's place")
    erase.add_argument("login", help="the sign-in name")
    erase.set_defaults(run=run_erase)


def run_clean(create_app: Callable[[], Flask], _given: Namespace) -> int:
    """Once a day, by the calendar of the machine."""
    with create_app().app_context():
        done = services.clean()
    for name, count in asdict(done).items():
        print(f"{name}: {count}")  # noqa: T201 - a command's words
    return 0


def run_erase(create_app: Callable[[], Flask], given: Namespace) -> int:
    """For who asked by letter."""
    with create_app().app_context():
        user = people.user_by_login(given.login)
        if user is None:
            return _refuse(f"nobody signs in as {given.login}.")
        try:
            pseudonym = services.erase(user, by=None)
        except accounts.LastAdminError:
            return _refuse("somebody must stay administrator: name another one first.")
    print(f"Erased: {pseudonym} stands there now.")  # noqa: T201 - a command's words
    return 0


def _refuse(sentence: str) -> int:
    print(f"passeport: {sentence}", file=sys.stderr)  # noqa: T201 - a command's words
    return 1
