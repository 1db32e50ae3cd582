"""A small filled database of each released migration, kept in tests/base/states/.

Before a release: `python -m tests.make.state` writes that of the last migration.
"""

import json
import os
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import g
from sqlalchemy import Engine

from course.app import create_app
from course.base import clock, migrations, security
from course.base.backup import rows
from course.base.db import db, transaction
from course.domain.profile import Position, Profile, Size, Trade, Worry
from course.domain.rights import Role
from course.domain.visibility import Mode
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.author import services as author
from course.features.catalogue import queries as catalogue
from course.features.catalogue import services as publishing
from course.features.catalogue.models import Finding
from course.features.lesson import services as lessons
from course.features.privacy.services import erase
from course.features.tracking.services import add_note
from tests.make import lab
from tests.make.account import cheap, make_guest, make_user
from tests.make.author import OTHER_FR, THIRD_FR
from tests.make.centre import make_centre, make_cohort, make_learners
from tests.make.library import FILES, publish
from tests.make.library_quiz import RIGHT
from tests.make.quiz import answer, answer_all, end, start
from tests.make.settings import make_settings

FOLDER = Path(__file__).parents[1] / "base" / "states"
LEARNER, AUTHOR = "Ada Lovelace", "Linus Torvalds"
FR, EN = "quizzes/essai.fr.md", "quizzes/essai.en.md"
PROFILE = Profile(Position.BOSS, Size.ALONE, Trade.BAKER, Worry.VIRUS)


def fill(folder: Path) -> None:
    """Something in every table, as people leave it."""
    accounts.hasher = cheap  # the real one is slow on purpose
    linus = _first_admin()
    publish(folder)
    grace = make_user("Grace Hopper", role=Role.TRAINER)
    centre = make_centre("Centre de Lyon", trainer=grace)
    cohort = make_cohort(trainer=grace, centre=centre, name="Lundi")
    _mary, marc = make_learners(cohort, 2)
    ada = make_user(LEARNER)
    accounts.save_profile(ada, PROFILE)
    accounts.make_access_link(ada)
    for key in ("premiere", "seconde"):
        lessons.read(ada, catalogue.shelf(), key)
    _attempts(ada)
    guest = make_guest()
    shelf = catalogue.shelf()
    lessons.tried(
        guest, shelf, "premiere", {"try": "cable-1", "share": 1.0}, client_id="p"
    )
    _edit(linus)
    _attempts(make_user("Zoé Durand", language="en"))
    _runs(ada, folder)
    add_note(grace, ada.id, "À rappeler lundi.")
    # His proof of training stays, and the journal says who did it.
    erase(marc, by=linus)
    with transaction():
        security.count_failure("sign-in", "ada")
        db.session.add(Finding(code="x", path=FR, line=3, values={}, severity="late"))


def _first_admin() -> User:
    word = accounts.make_first_admin_link()
    return accounts.use_first_admin_link(word, AUTHOR, "trois mots ensemble", "fr")


def _attempts(user: User) -> None:
    """A check that failed, one that passed, a practice left open."""
    failed = start(user)
    answer(failed, "delai", None)
    answer_all(failed, right=())
    end(failed)
    clock.set_to(clock.now() + timedelta(hours=1))
    passed = start(user)
    answer_all(passed, right=set(RIGHT) - {"ordre"})
    end(passed)
    answer(start(user, Mode.PRACTICE), "delai", "48,5")


def _runs(user: User, folder: Path) -> None:
    """A lab ended after a wrong turn, and a practice left open."""
    lab.publish_lab(folder)
    lab.failed(user)
    lab.do(lab.start(user, Mode.PRACTICE), lab.RIGHT[:1])


def _edit(by: User) -> None:
    """A quiz changed in the browser, and another change that is not published yet."""
    g.pop("shelf", None)
    publishing.publish(
        "quiz", "essai", {FR: OTHER_FR, EN: FILES[EN]}, by=by.id, why="mot"
    )
    g.pop("shelf", None)
    number = catalogue.shelf().revision("quiz", "essai")
    revision = db.session.get_one(catalogue.Revision, number)
    author.start_draft(revision, {FR: THIRD_FR, EN: FILES[EN]}, by=by.id)


def dump(engine: Engine) -> str:
    """What a database holds: a line a row, so that a difference can be read."""
    with engine.connect() as connection:
        name = json.dumps(migrations.state(connection))
        held = [_dumped(connection, table) for table in rows.tables(connection)]
    return f'{{"migration": {name}, "tables": {{\n{",".join(held)}}}}}\n'


def _dumped(connection: Any, table: Any) -> str:
    names = rows.columns(table)
    found = b",".join(rows.lines(connection, table, names)).decode()
    return f'"{table.name}": {{"columns": {json.dumps(names)}, "rows": [\n{found}]}}\n'


def read(name: str) -> dict[str, Any]:
    """A state that is kept."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def load(engine: Engine, state: dict[str, Any]) -> None:
    """Make the tables of its migration, and fill them."""
    with migrations.rebuilding(engine) as connection:
        migrations.migrate(connection, state["migration"])
        found = rows.tables(connection)
        with rows.without_links(connection, found):
            for table in found:
                held = state["tables"][table.name]
                lines = (json.dumps(row).encode() for row in held["rows"])
                rows.fill(connection, table, held["columns"], lines)
        rows.count_on(connection, found)


def main() -> int:
    """Write the state of the last migration."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = create_app(make_settings(folder / "instance"), TESTING=True)
        clock.set_to(datetime.fromisoformat("2026-11-23T09:00+00:00"))
        with app.app_context(), app.test_request_context():
            migrations.upgrade(db.engine)
            fill(folder / "content")
            text = dump(db.engine)
            db.session.close()
            db.engine.dispose()
    path = FOLDER / f"{migrations.known()[-1]}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    sys.stdout.write(f"{path.relative_to(Path.cwd())}: {len(text)} bytes{os.linesep}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
