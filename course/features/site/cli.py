"""passeport serve, db upgrade, settings."""

import multiprocessing
import socket
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from course.base import logs, migrations
from course.base.db import db
from course.base.settings import Settings
from course.features.account import queries as people
from course.features.account import services as accounts
from course.features.catalogue import queries as catalogue
from course.features.catalogue.cli import print_issues
from course.features.catalogue.services import fatal, sync_folder
from course.features.passport import services as passports


def declare(nouns: Any) -> None:
    """Add `serve`, `db` and `settings`."""
    serve = nouns.add_parser("serve", help="start the server, ready to use")
    serve.set_defaults(run=run_serve)
    verbs = nouns.add_parser("db", help="the database").add_subparsers(
        dest="verb", required=True
    )
    upgrade = verbs.add_parser("upgrade", help="bring the tables to this version")
    upgrade.add_argument(
        "--plan", action="store_true", help="only say what would be done"
    )
    upgrade.set_defaults(run=run_upgrade)
    shown = nouns.add_parser("settings", help="print every setting and its value")
    shown.set_defaults(run=run_settings)


def say(line: str = "") -> None:
    """Print at once, even into a file."""
    print(line, flush=True)  # noqa: T201 - a command's words


def run_settings(_create_app: Callable[[], Flask], _given: Namespace) -> int:
    """Print the settings, secrets hidden."""
    for name, value in Settings.from_environment().shown().items():
        say(f"{name}={value}")
    return 0


def run_upgrade(create_app: Callable[[], Flask], given: Namespace) -> int:
    """Migrate, if there is something to do, and say what."""
    app = create_app()
    with app.app_context():
        if migrations.is_ready(db.engine):
            say("The database is up to date.")
            return 0
        at, names = migrations.missing(db.engine)
        if at:
            say(f"The database is at {at}. To do: {', '.join(names)}.")
            say("Make a backup first: passeport backup make FILE")
            say("It is done whole or not at all. If it fails, nothing is changed:")
            say("start the former version again, then read what was said.")
        if not given.plan:
            _upgrade(app.config["SETTINGS"])
            say(f"The database is at {migrations.known()[-1]}.")
    return 0


def _upgrade(settings: Settings) -> None:
    """Migrate; a database of this machine that holds something is copied before."""
    at, _names = migrations.missing(db.engine)
    copy = migrations.copy_before(db.engine, settings.instance) if at else None
    if copy:
        say(f"A copy of the database as it was: {copy}")
    migrations.upgrade(db.engine)
    if at:
        # Who passed a module before there were stamps has deserved one.
        passports.give_due()


def run_serve(create_app: Callable[[], Flask], _given: Namespace) -> int:
    """Check, prepare, then serve until told to stop."""
    settings = Settings.from_environment()
    _check_port(settings)
    logs.configure()
    app = create_app()
    with app.app_context():
        code = _prepare(app, settings)
        if code:
            return code
        for line in _greetings(settings):
            say(line)
        db.session.close()
        db.engine.dispose()
    _serve(app, settings)
    return 0


def _check_port(settings: Settings) -> None:
    """Fail before anything is touched when somebody listens there already."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.host, settings.port))


def _prepare(app: Flask, settings: Settings) -> int:
    """Migrate and publish on one machine; on a network these are commands."""
    one_machine = db.engine.dialect.name == "sqlite"
    if not migrations.is_ready(db.engine):
        if not one_machine:
            return _refuse("The database is not ready. Run: passeport db upgrade")
        _upgrade(settings)
    if one_machine:
        report = sync_folder(settings.content)
        if fatal(report.issues):
            print_issues(app, report.issues, sys.stderr)
    if catalogue.edition_id() is None:
        return _refuse(
            "Nothing could be published: mend lessons/ and quizzes/ as said above."
            if one_machine
            else "Nothing is published. Run: passeport content sync"
        )
    return 0


def _refuse(sentence: str) -> int:
    print(f"passeport: {sentence}", file=sys.stderr)  # noqa: T201
    return 1


def _greetings(settings: Settings) -> list[str]:
    lines = [f"Passeport numérique: {settings.url}"]
    if not people.has_admin():
        token = accounts.make_first_admin_link()
        lines += [
            "Nobody administrates yet. Open this link, once, to create your account:",
            f"{settings.url}/links/{token}",
        ]
    return [*lines, "Stop with Ctrl+C."]


def _serve(app: Flask, settings: Settings) -> None:
    """One process with several threads; a fork shares what is already loaded."""
    server = Server(
        "course.app:create_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        websockets=False,
        # Its only warning is about threads, which here wait for the database.
        log_level=LogLevels.error,
        respawn_failed_workers=True,
    )
    if "fork" in multiprocessing.get_all_start_methods() and sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
        server.serve(target_loader=lambda *_given: app, wrap_loader=False)
    else:
        server.serve()
