"""Keep drafts and publish them; who saves over somebody else's text is told first.

Refusals are raised once the deed has ended: nothing was written, and a rollback would
make the session forget what it knows, the signed-in author first.
"""

from collections.abc import Mapping

from sqlalchemy import select

from course.base import clock
from course.base.db import db, deed, insert, inserted
from course.features.author.models import Draft
from course.features.author.queries import state_of
from course.features.catalogue import services as catalogue
from course.features.catalogue.models import Revision

Source = Mapping[str, str]


class ConflictError(Exception):
    """The draft is not the one that the author had read."""


def save_draft(revision: Revision, source: Source, *, seen: str, by: int) -> None:
    """Keep what is being written, unless somebody saved since it was seen."""
    if not _save(revision, source, seen, by):
        raise ConflictError


def start_draft(revision: Revision, source: Source, *, by: int) -> None:
    """Begin from a revision, which may be an old one; a draft there is not touched."""
    if not _begin(revision, source, by):
        raise ConflictError


def publish_draft(  # noqa: PLR0913 - each says itself what it is
    kind: str, key: str, files: Source, *, seen: str, by: int, why: str
) -> Revision:
    """Publish what is written and end its draft; raises BrokenContentError."""
    done = _publish(kind, key, files, seen, by, why)
    if isinstance(done, Exception):
        raise done
    return done


def throw_draft(kind: str, key: str, *, seen: str) -> None:
    """Forget the draft, if it is still the one that was seen."""
    if not _throw(kind, key, seen):
        raise ConflictError


@deed
def _save(revision: Revision, source: Source, seen: str, by: int) -> bool:
    draft = _draft(revision.kind, revision.key)
    if not _is_seen(draft, seen, source):
        return False
    if draft is None:
        return _begin(revision, source, by)
    if draft.source != dict(source):
        draft.source = dict(source)
        draft.version += 1
        draft.by_id = by
        draft.at = clock.now()
    return True


@deed
def _begin(revision: Revision, source: Source, by: int) -> bool:
    statement = insert(Draft).values(
        kind=revision.kind,
        key=revision.key,
        revision_id=revision.id,
        source=dict(source),
        version=1,
        by_id=by,
        at=clock.now(),
    )
    return inserted(statement.on_conflict_do_nothing())


@deed
def _publish(  # noqa: PLR0913, PLR0917 - as publish_draft
    kind: str, key: str, files: Source, seen: str, by: int, why: str
) -> Revision | ConflictError | catalogue.BrokenContentError:
    draft = _draft(kind, key)
    if not _is_seen(draft, seen, files):
        return ConflictError()
    try:
        revision = catalogue.publish(kind, key, files, by=by, why=why)
    except catalogue.BrokenContentError as broken:
        return broken
    if draft:
        db.session.delete(draft)
    return revision


@deed
def _throw(kind: str, key: str, seen: str) -> bool:
    draft = _draft(kind, key)
    if draft and state_of(draft) != seen:
        return False
    if draft:
        db.session.delete(draft)
    return True


def _draft(kind: str, key: str) -> Draft | None:
    return db.session.scalar(
        select(Draft)
        .where(Draft.kind == kind, Draft.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _is_seen(draft: Draft | None, seen: str, source: Source) -> bool:
    """The same words twice are no conflict, whoever wrote them."""
    same = draft is not None and draft.source == dict(source)
    return same or state_of(draft) == seen
