"""Keep drafts and publish them; who saves over somebody else's text is told first."""

from collections.abc import Mapping

from sqlalchemy import select

from course.base import clock
from course.base.db import db, deed, insert, inserted
from course.features.author.models import Draft
from course.features.author.queries import state_of
from course.features.catalogue import services as catalogue
from course.features.catalogue.models import Revision


class ConflictError(Exception):
    """The draft is not the one that the author had read."""


def _draft(kind: str, key: str) -> Draft | None:
    return db.session.scalar(
        select(Draft)
        .where(Draft.kind == kind, Draft.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _check(draft: Draft | None, seen: str, source: Mapping[str, str]) -> None:
    """The same words twice are no conflict, whoever wrote them."""
    same = draft is not None and draft.source == dict(source)
    if not same and state_of(draft) != seen:
        raise ConflictError


@deed
def save_draft(
    revision: Revision, source: Mapping[str, str], *, seen: str, by: int
) -> None:
    """Keep what is being written, unless somebody saved since it was seen."""
    draft = _draft(revision.kind, revision.key)
    _check(draft, seen, source)
    if draft is None:
        _begin(revision, source, by)
    elif draft.source != dict(source):
        draft.source = dict(source)
        draft.version += 1
        draft.by_id = by
        draft.at = clock.now()


@deed
def start_draft(revision: Revision, source: Mapping[str, str], *, by: int) -> None:
    """Begin from a revision, which may be an old one; a draft there is not touched."""
    _begin(revision, source, by)


def _begin(revision: Revision, source: Mapping[str, str], by: int) -> None:
    statement = insert(Draft).values(
        kind=revision.kind,
        key=revision.key,
        revision_id=revision.id,
        source=dict(source),
        version=1,
        by_id=by,
        at=clock.now(),
    )
    if not inserted(statement.on_conflict_do_nothing()):
        raise ConflictError


@deed
def publish_draft(  # noqa: PLR0913 - each says itself what it is
    kind: str, key: str, files: Mapping[str, str], *, seen: str, by: int, why: str
) -> Revision:
    """Publish what is written and end its draft; raises BrokenContentError."""
    draft = _draft(kind, key)
    _check(draft, seen, files)
    revision = catalogue.publish(kind, key, files, by=by, why=why)
    if draft:
        db.session.delete(draft)
    return revision


@deed
def throw_draft(kind: str, key: str, *, seen: str) -> None:
    """Forget the draft, if it is still the one that was seen."""
    draft = _draft(kind, key)
    if draft is None:
        return
    if state_of(draft) != seen:
        raise ConflictError
    db.session.delete(draft)
