"""passeport demo."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask

from course.base import clock, migrations
from course.base.db import db
from course.base.settings import Settings
from course.features.account import queries as people
from course.features.account.services import right_password
from course.features.catalogue.queries import edition_id
from course.features.catalogue.services import sync_folder
from course.features.demo import queries, services
from course.features.demo.people import password_of

REFUSED = (
    "This database has people of its own, and the demonstration wants one apart: "
    "make demo, or COURSE_INSTANCE=instance/demo passeport demo. Nothing was changed."
)
OLD = "The database is of a former version. Run: passeport db upgrade"
CROWD = range(6, 1001)
EMPTY = "Nothing could be published. Run: passeport content check"


def declare(nouns: Any) -> None:
    """Add the noun `demo`."""
    demo: ArgumentParser = nouns.add_parser(
        "demo", help="make a believable network to try, and print its accounts"
    )
    demo.add_argument(
        "--seed",
        type=int,
        default=services.SEED,
        help="another number, another network",
    )
    demo.add_argument(
        "--learners",
        type=_crowd,
        default=services.LEARNERS,
        help=f"how many learn, if not {services.LEARNERS}",
    )
    demo.add_argument(
        "--today", type=_day, help="the day at which its history stops: 2026-11-23"
    )
    demo.add_argument(
        "--anywhere",
        action="store_true",
        help="say how to let these accounts sign in from other machines",
    )
    demo.set_defaults(run=run_demo)


def _crowd(text: str) -> int:
    if not text.isdecimal() or int(text) not in CROWD:
        raise ArgumentTypeError(f"write a number from {CROWD[0]} to {CROWD[-1]}")
    return int(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"write a day such as 2026-11-23, not {text}") from None
    if day > clock.today():
        raise ArgumentTypeError("nobody knows what will be done until then")
    return day


def run_demo(create_app: Callable[[], Flask], given: Namespace) -> int:
    """Make the network unless it is there, then say how to enter."""
    app = create_app()
    with app.app_context():
        refusal = _make(app, given)
        if refusal:
            print(f"passeport: {refusal}", file=sys.stderr)  # noqa: T201
            return 1
        for line in _lines(app, anywhere=given.anywhere):
            say(line)
    return 0


def say(line: str) -> None:
    """Print at once, even into a file."""
    print(line, flush=True)  # noqa: T201 - a command's words


def _make(app: Flask, given: Namespace) -> str | None:
    """Migrate and publish where there is nothing yet; why not, if it is refused."""
    if not migrations.is_ready(db.engine):
        at, _names = migrations.missing(db.engine)
        if at is not None:
            return OLD
        migrations.upgrade(db.engine)
    try:
        services.check_free()
        return _make_anew(app, given)
    except services.MadeError:
        say("The network is here already: nothing was changed.")
        return None
    except services.LivedInError:
        return REFUSED


def _make_anew(app: Flask, given: Namespace) -> str | None:
    settings: Settings = app.config["SETTINGS"]
    today = given.today or clock.today()
    if edition_id() is None:
        with clock.at(services.opening(today)):
            sync_folder(settings.content)
    if edition_id() is None:
        return EMPTY
    say("The network is being made. It takes less than a minute…")
    services.make_network(
        _password(app), today, seed=given.seed, learners=given.learners
    )
    return None


def _password(app: Flask) -> str:
    return password_of(str(app.secret_key))


def _lines(app: Flask, *, anywhere: bool) -> list[str]:
    settings: Settings = app.config["SETTINGS"]
    found, count = queries.accounts(), queries.counts()
    password = _password(app)
    if not right_password(people.user_by_login(found[0].login), password):
        password = "the one printed when it was made"  # noqa: S105 - a sentence
    width = max(len(account.login) for account in found)
    size = (
        f"{count.centres} centres, {count.cohorts} cohorts, {count.learners} learners"
    )
    return [
        f"A believable network at {settings.url}: {size}.",
        f"The password of each of these accounts: {password}",
        *(f"  {one.role:8} {one.login:{width}}  {one.look}" for one in found),
        *_where(settings, anywhere=anywhere),
    ]


def _where(settings: Settings, *, anywhere: bool) -> list[str]:
    if settings.demo:
        return ["They sign in from any machine that reaches this one (COURSE_DEMO=1)."]
    if not anywhere:
        return ["They sign in from this machine only; else: passeport demo --anywhere"]
    address = f"http://<address of this machine>:{settings.port}"
    return [
        "To let them sign in from other machines too, serve with these settings:",
        f"  COURSE_DEMO=1 COURSE_HOST=0.0.0.0 COURSE_URL={address}",
    ]
