"""Publish: folders, drafts and imports all come through here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import delete, select

from course.base import clock, migrations
from course.base.db import db, deed
from course.domain.issue import Issue, Severity
from course.domain.library import Library, Parcel, digest_of
from course.domain.reading import read
from course.features.catalogue import queries
from course.features.catalogue.models import Edition, Finding, Revision, Synced

FOLDERS = ("lessons", "quizzes")
KINDS = {".md", ".svg"}
BIGGEST = 1024 * 1024  # bytes; a lesson is a few thousand


class BrokenContentError(Exception):
    """Content with a fault that a learner would meet."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__(f"{len(issues)} faults")
        self.issues = issues


@dataclass(slots=True)
class Report:
    """What a sync did."""

    published: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # edited in the browser since
    removed: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def read_folder(root: Path) -> dict[str, str]:
    """The files of lessons/ and quizzes/ under a folder: path → text."""
    files: dict[str, str] = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in KINDS or path.name == "README.md":
                continue
            if path.stat().st_size <= BIGGEST:
                text = path.read_text("utf-8-sig", errors="replace")
                files[path.relative_to(root).as_posix()] = text
    return files


def fatal(issues: Iterable[Issue]) -> list[Issue]:
    """Those that forbid publishing."""
    return [issue for issue in issues if issue.severity == Severity.FATAL]


@deed
def sync_folder(root: Path) -> Report:
    """Publish what changed in the folders since they were last read.

    What was edited in the browser meanwhile is kept, and said. Raises
    BrokenContentError when something is broken: then nothing is published.
    """
    with migrations.alone(db.session.connection()):
        files = read_folder(root)
        if _known(files):
            return Report()
        library, issues = read(files, clock.today())
        _note(issues)
        report = Report(issues=issues)
        if fatal(issues) or not library.modules:
            return report
        return _sync(library, report, files)


# The folders as a whole, beside each thing that they hold.
ALL = ("folders", "folders")


def _known(files: Mapping[str, str]) -> bool:
    """Whether just this was published already: then a start need not read it again.

    Facts age without a change of the files: what is late is found once a day.
    """
    seen = db.session.get(Synced, ALL)
    if seen is None or seen.digest != digest_of(files):
        return False
    return seen.at.date() == clock.today()


def _note(issues: Iterable[Issue]) -> None:
    db.session.execute(delete(Finding))
    db.session.add_all(
        Finding(
            code=issue.code,
            path=issue.path[:200],
            line=issue.line,
            values={name: str(value) for name, value in issue.values.items()},
            severity=issue.severity,
        )
        for issue in issues
    )


def _sync(library: Library, report: Report, files: Mapping[str, str]) -> Report:
    now = clock.now()
    current = _current()
    synced = {(s.kind, s.key): s for s in db.session.scalars(select(Synced))}
    synced.pop(ALL, None)
    chosen = dict(current)
    for parcel in library.parcels():
        name = (parcel.kind, parcel.key)
        before = synced.get(name)
        if before and before.digest == parcel.digest:
            continue
        held = current.get(name)
        if before and held and held.digest not in {before.digest, parcel.digest}:
            report.kept.append("/".join(name))
            continue
        chosen[name] = _revision(parcel, None)
        if not held or held.id != chosen[name].id:
            report.published.append("/".join(name))
        db.session.merge(
            Synced(kind=parcel.kind, key=parcel.key, digest=parcel.digest, at=now)
        )
    for name in set(synced) - {(p.kind, p.key) for p in library.parcels()}:
        db.session.delete(synced[name])
        if chosen.pop(name, None):
            report.removed.append("/".join(name))
    _edit(current, chosen, by=None, why="folders")
    kind, key = ALL
    db.session.merge(Synced(kind=kind, key=key, digest=digest_of(files), at=now))
    return report


def _current() -> dict[tuple[str, str], Revision]:
    edition = queries.edition_id()
    revisions = queries.revisions_of(edition) if edition else []
    return {(r.kind, r.key): r for r in revisions}


def _revision(parcel: Parcel, by: int | None) -> Revision:
    """The revision that says just this, new if there is none."""
    found = db.session.scalar(
        select(Revision).where(
            Revision.kind == parcel.kind,
            Revision.key == parcel.key,
            Revision.digest == parcel.digest,
        )
    )
    if found is None:
        found = Revision(
            kind=parcel.kind,
            key=parcel.key,
            digest=parcel.digest,
            source=dict(parcel.source),
            at=clock.now(),
            by_id=by,
        )
        db.session.add(found)
        db.session.flush()
    return found


def _edit(
    current: Mapping[tuple[str, str], Revision],
    chosen: Mapping[tuple[str, str], Revision],
    *,
    by: int | None,
    why: str,
) -> None:
    """Make the chosen revisions current, unless they are already."""
    ids = sorted(revision.id for revision in chosen.values())
    if ids != sorted(revision.id for revision in current.values()):
        db.session.add(Edition(revisions=ids, at=clock.now(), by_id=by, why=why))
        db.session.flush()


def proposed(files: Mapping[str, str]) -> tuple[Library, list[Issue]]:
    """The current edition as it would be with these files; nothing is written."""
    everything: dict[str, str] = {}
    current = _current()
    for revision in sorted(current.values(), key=queries.tables_last):
        everything |= revision.source
    return read({**everything, **files}, clock.today())


def broken_by(files: Mapping[str, str], issues: Iterable[Issue]) -> list[Issue]:
    """The faults in these files, and those that they cause in others."""
    faults = fatal(issues)
    if all(issue.path in files for issue in faults):
        return faults
    _library, before = proposed({})
    return [i for i in faults if i.path in files or i not in before]


@deed
def publish(
    kind: str, key: str, files: Mapping[str, str], *, by: int, why: str
) -> Revision:
    """Publish one thing's files; raises BrokenContentError and changes nothing."""
    with migrations.alone(db.session.connection()):
        library, issues = proposed(files)
        broken = broken_by(files, issues)
        parcel = next(
            (p for p in library.parcels() if (p.kind, p.key) == (kind, key)), None
        )
        if broken or parcel is None:
            raise BrokenContentError(broken or fatal(issues))
        current = _current()
        chosen = {**current, (kind, key): _revision(parcel, by)}
        _edit(current, chosen, by=by, why=why)
        return chosen[kind, key]
