"""passeport account create, passeport account link."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask

from course.base.forms import cleaned
from course.domain.rights import Role
from course.features.account import queries, services

if TYPE_CHECKING:
    from course.base.settings import Settings


def declare(nouns: Any) -> None:
    """Add the noun `account`."""
    verbs = nouns.add_parser("account", help="people who sign in").add_subparsers(
        dest="verb", required=True
    )
    create: ArgumentParser = verbs.add_parser(
        "create", help="create an account and print its one-time link"
    )
    create.add_argument("name", help="first name and last name")
    create.add_argument("--role", choices=[role.value for role in Role])
    create.set_defaults(run=run_create)
    link: ArgumentParser = verbs.add_parser(
        "link", help="print a one-time link for somebody without e-mail"
    )
    link.add_argument("login", help="the sign-in name")
    link.set_defaults(run=run_link)


def run_create(create_app: Callable[[], Flask], given: Namespace) -> int:
    """Create an account without a password: the link is the way in."""
    name = cleaned(given.name)
    if not name:
        print("passeport: write the first name and the last name.", file=sys.stderr)  # noqa: T201
        return 1
    app = create_app()
    with app.app_context():
        role = Role(given.role) if given.role else None
        user = services.create_user(name, None, role=role)
        return _print_link(app, user)


def run_link(create_app: Callable[[], Flask], given: Namespace) -> int:
    """A new link for an account that exists."""
    app = create_app()
    with app.app_context():
        user = queries.user_by_login(given.login)
        if user is None:
            print(f"passeport: nobody signs in as {given.login}.", file=sys.stderr)  # noqa: T201
            return 1
        return _print_link(app, user)


def _print_link(app: Flask, user: Any) -> int:
    settings: Settings = app.config["SETTINGS"]
    token = services.make_access_link(user)
    print(f"{user.login}\n{settings.url}/links/{token}")  # noqa: T201
    return 0
