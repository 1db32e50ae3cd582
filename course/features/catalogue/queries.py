"""Read what is published: one statement tells what is current, memory has the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from flask import abort, current_app, g
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from course.base import clock
from course.base.db import db
from course.domain.lab import Lab
from course.domain.lesson import Lesson, Module
from course.domain.library import Library
from course.domain.quiz import Quiz
from course.domain.reading import read
from course.features.account.models import User
from course.features.catalogue.models import Edition, Finding, Revision

# In this order, each whole: a table carries the rows that it quotes of those after it.
TABLES = ("glossary", "sums", "trades", "facts")
_reading = Lock()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The current edition: its library, and which revision each thing is."""

    edition: int
    library: Library
    revisions: dict[tuple[str, str], int]

    def module(self, key: str) -> Module:
        """A module, or 404."""
        return _or_404(self.library.module, key)

    def lesson(self, key: str) -> Lesson:
        """A lesson, or 404."""
        return _or_404(self.library.lesson, key)

    def quiz(self, key: str) -> Quiz:
        """A quiz, or 404."""
        return _or_404(self.library.quiz, key)

    def lab(self, key: str) -> Lab:
        """A lab, or 404."""
        return _or_404(self.library.lab, key)

    def revision(self, kind: str, key: str) -> int:
        """The id of the current revision of a thing that exists."""
        return self.revisions[kind, key]


def _or_404(find, key):  # noqa: ANN001, ANN202 - one line shared by three typed ones
    try:
        return find(key)
    except KeyError:
        abort(404)


_LAST = select(Edition.id).order_by(Edition.id.desc()).limit(1)


# The same, for the statement that finds who is signed in.
EDITION = select(func.max(Edition.id)).scalar_subquery()


def edition_id() -> int | None:
    """The last edition's id: the only thing that has to be asked each time."""
    return db.session.scalar(_LAST)


def shelf() -> Shelf:
    """What is current, asked once in a request; 503 while nothing is published."""
    if "shelf" not in g:
        # Who is signed in has brought it already: see BESIDES.
        current = g.get("edition") or edition_id()
        if current is None:
            abort(503)
        g.shelf = _shelf(current)
    return g.shelf


def _shelf(edition: int) -> Shelf:
    kept: dict[int, Shelf] = current_app.extensions.setdefault("shelves", {})
    with _reading:
        if edition not in kept:
            kept[edition] = _open(edition)
            for old in sorted(kept)[:-2]:
                del kept[old]
        return kept[edition]


def _open(edition: int) -> Shelf:
    revisions = revisions_of(edition)
    files: dict[str, str] = {}
    for revision in sorted(revisions, key=tables_last):
        files |= revision.source
    # A part of a course, even when it is all there: what was published stays readable
    # whatever became of what it leads to.
    library, _issues = read(files, clock.today(), whole=False, published=True)
    return Shelf(edition, library, {(r.kind, r.key): r.id for r in revisions})


def tables_last(revision: Revision) -> int:
    """The order in which sources are put together: the whole of a table stays."""
    return TABLES.index(revision.kind) if revision.kind in TABLES else -1


def revisions_of(edition: int) -> list[Revision]:
    """The revisions of an edition."""
    ids = db.session.scalar(select(Edition.revisions).where(Edition.id == edition))
    return list(db.session.scalars(select(Revision).where(Revision.id.in_(ids or []))))


def current_revision(kind: str, key: str) -> Revision:
    """The current revision of a thing, or 404."""
    found = shelf().revisions.get((kind, key))
    if found is None:
        abort(404)
    return db.session.get_one(Revision, found)


def revision_source(revision_id: int) -> dict[str, str]:
    """The files of a revision, asked once by a process: they never change."""
    kept: dict[int, dict[str, str]] = current_app.extensions.setdefault("sources", {})
    if revision_id not in kept:
        kept[revision_id] = db.session.get_one(Revision, revision_id).source
    return kept[revision_id]


def quiz_at(revision_id: int) -> Quiz:
    """A quiz as it was in a revision; read once by a process."""
    kept: dict[int, Quiz] = current_app.extensions.setdefault("quizzes", {})
    if revision_id not in kept:
        source = revision_source(revision_id)
        library, _issues = read(source, clock.today(), whole=False, published=True)
        kept[revision_id] = library.quizzes[0]
    return kept[revision_id]


def lab_at(revision_id: int) -> Lab:
    """A lab as it was in a revision; read once by a process."""
    kept: dict[int, Lab] = current_app.extensions.setdefault("labs", {})
    if revision_id not in kept:
        source = revision_source(revision_id)
        library, _issues = read(source, clock.today(), whole=False, published=True)
        kept[revision_id] = library.labs[0]
    return kept[revision_id]


def findings() -> list[Finding]:
    """What the last reading of the folders found wrong."""
    return list(
        db.session.scalars(select(Finding).order_by(Finding.path, Finding.line))
    )


def picture_of(revision_id: int, path: str) -> str | None:
    """A drawing that a revision carries."""
    if not path.endswith(".svg"):
        return None
    try:
        source = revision_source(revision_id)
    except NoResultFound:
        return None
    # Authors name a picture from where their text is: images/x.svg.
    named = (text for name, text in source.items() if name.endswith(f"/{path}"))
    return source.get(path) or next(named, None)


@dataclass(frozen=True, slots=True)
class Origin:
    """When a revision was made, and by whom; nobody when it came from the folders."""

    at: datetime
    by: str | None


def origins_of(revisions: Iterable[int]) -> dict[int, Origin]:
    """Where several revisions come from, without their texts."""
    rows = db.session.execute(
        select(Revision.id, Revision.at, User.name)
        .outerjoin(User, User.id == Revision.by_id)
        .where(Revision.id.in_(set(revisions)))
    )
    return {number: Origin(at, name) for number, at, name in rows}


@dataclass(frozen=True, slots=True)
class Publication:
    """A revision that became current: when, by whom and why."""

    revision: int
    at: datetime
    by: str | None
    why: str
    current: bool


def publications_of(kind: str, key: str) -> list[Publication]:
    """Each time a thing was published, the newest first."""
    own = set(
        db.session.scalars(
            select(Revision.id).where(Revision.kind == kind, Revision.key == key)
        )
    )
    editions = db.session.execute(
        select(Edition.revisions, Edition.at, User.name, Edition.why)
        .outerjoin(User, User.id == Edition.by_id)
        .order_by(Edition.id)
    ).all()
    found: list[Publication] = []
    before: int | None = None
    for ids, at, name, why in editions:
        held = next((each for each in ids if each in own), None)
        if held is not None and held != before:
            found.append(Publication(held, at, name, why, current=False))
        before = held
    return [
        replace(each, current=each is found[-1] and before is not None)
        for each in reversed(found)
    ]
