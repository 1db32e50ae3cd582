"""Where somebody was in a lesson, in words: the path offers to go on from there."""

from collections.abc import Collection

from flask import url_for

from course.base.i18n import _, language
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.lesson import queries
from course.features.lesson.models import Bookmark
from course.features.lesson.rendering import rendered
from course.features.path.queries import Place


def place_of(user: User, lessons: Collection[str]) -> Place | None:
    """Where this person was last, in one of these lessons."""
    kept = queries.last_bookmark(user.id, lessons)
    return kept and _place(user, kept)


def place_in(user: User, lesson: str) -> Place | None:
    """Where this person was in a lesson."""
    kept = queries.bookmark_of(user.id, lesson)
    return kept and _place(user, kept)


def _place(user: User, kept: Bookmark) -> Place | None:
    ready = rendered(shelf(), kept.lesson, language(), user.profile)
    # Written again since, or for another trade: the paragraph may be gone.
    stop = ready.stops.get(kept.anchor)
    if stop is None:
        return None
    return Place(
        kind="lesson",
        key=kept.lesson,
        at=kept.at,
        words=_("at “%(title)s”", title=stop.title),
        url=url_for("lesson.show", key=kept.lesson, _anchor=kept.anchor),
        minutes=stop.minutes,
    )
