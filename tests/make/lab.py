"""Runs of the small library's lab, and what a browser sends for an action."""

from pathlib import Path
from typing import Any

from flask import g
from sqlalchemy import select, update

from course.base import clock
from course.base.db import db, transaction
from course.domain.library import Library
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue import queries as catalogue
from course.features.lab import queries, services
from course.features.lab.models import Action, Run
from course.features.lab.queries import Opened
from course.features.progress.models import Event
from tests.make.client import Client
from tests.make.library import FILES, publish
from tests.make.library_lab import FILES_AND_LAB, LAB, PATH_EN, PATH_FR

SCRIPT = {"Accept": "application/json"}
# What « plein », the recorded run, does: all the points.
RIGHT = (
    ("antivirus.protect", {"on": "yes"}),
    ("antivirus.decide", {"item": "facture", "what": "quarantine"}),
)
# The compulsory goal is missed.
WRONG = (("antivirus.decide", {"item": "facture", "what": "restore"}),)


def publish_lab(folder: Path) -> Library:
    """The small library with its lab, `console`."""
    g.pop("shelf", None)
    return publish(folder, FILES_AND_LAB)


def publish_beside(folder: Path) -> Library:
    """The same, but its lab is offered to go further."""
    g.pop("shelf", None)
    said = {
        path: t.replace("lab: console", "more: console")
        for path, t in FILES_AND_LAB.items()
    }
    return publish(folder, said)


def unpublish(folder: Path) -> Library:
    """The same without it, as before there were labs."""
    g.pop("shelf", None)
    for path in (PATH_FR, PATH_EN):
        (folder / path).unlink(missing_ok=True)
    return publish(folder, FILES)


def start(user: User, mode: Mode = Mode.CHECK) -> Run:
    """Begin with what is published now, as a new request would."""
    g.pop("shelf", None)
    return services.start_run(user, catalogue.shelf(), LAB, mode, seed=7)


def again(user: User, mode: Mode = Mode.CHECK) -> Run:
    """Begin from the start."""
    g.pop("shelf", None)
    return services.restart_run(user, catalogue.shelf(), LAB, mode)


def act(run: Run, what: str, token: str = "", /, **fields: Any) -> Opened:
    """Do one thing, from a page of its own unless a token is given."""
    raw = {
        name: list(value) if isinstance(value, list | tuple) else [value]
        for name, value in fields.items()
    }
    page = token or f"page-{clock.now().timestamp()}-{count(run)}"
    return services.act(run.user_id, run.id, what, raw, page)[0]


def count(run: Run) -> int:
    """How many actions are kept."""
    return len(kept(run))


def kept(run: Run) -> list[Action]:
    """The actions of a run as the database knows them."""
    asked = select(Action).where(Action.run_id == run.id).order_by(Action.position)
    return list(db.session.scalars(asked))


def do(run: Run, deeds: Any = RIGHT) -> Run:
    """Do several things."""
    for what, fields in deeds:
        act(run, what, **fields)
    return run


def end(run: Run) -> Run:
    """Hand it in."""
    return services.end_run(run.user_id, run.id).run


def passed(user: User, mode: Mode = Mode.CHECK) -> Run:
    """A whole run with all the points."""
    return end(do(start(user, mode)))


def failed(user: User, mode: Mode = Mode.CHECK) -> Run:
    """A whole run without the compulsory goal."""
    return end(do(start(user, mode), WRONG))


def opened(run: Run, *, whole: bool = False) -> Opened:
    """The run as the database knows it now."""
    user_id, number = run.user_id, run.id
    db.session.close()
    return queries.opened(user_id, number, whole=whole)


def long_run(run: Run, most: int) -> Run:
    """The protection switched on and off, so many actions in all."""
    rows = [
        Action(
            run_id=run.id,
            position=place,
            client_id=f"long-{most}-{place}",
            simulator="antivirus",
            name="protect",
            fields={"on": "yes" if place % 2 else "no"},
            at=clock.now(),
            seconds=1,
        )
        for place in range(1, most + 1)
    ]
    with transaction():
        db.session.add_all(rows)
        change = update(Run).where(Run.id == run.id)
        db.session.execute(change.values(count=most, snapshot=None))
    return run


def sent(browser: Client, run: Run, act: str, /, **given: Any):
    """Send the form of an act; « client » and « headers » are its page's."""
    headers = given.pop("headers", {})
    view = given.pop("view", {})
    data = {"act": act, "client": f"page{count(run)}", **given}
    where = {"run_id": run.id, **view}
    return browser.post("lab.act", **where, data=data, headers=headers)


def events(user):
    """What the ledger says that this person did in labs."""
    found = select(Event).where(Event.user_id == user.id, Event.kind == "lab")
    return [
        (event.verb, event.result)
        for event in db.session.scalars(found.order_by(Event.id))
    ]


def switch(run, times, first="yes"):
    """The protection on and off."""
    states = ["yes", "no"] if first == "yes" else ["no", "yes"]
    for time in range(times):
        act(run, "antivirus.protect", on=states[time % 2])


def fact(run, name, *, whole=False):
    """What the world is, read again."""
    return opened(run, whole=whole).play.facts["antivirus"][name]
