"""What each Issue asks an author to do, in the reader's words."""

from typing import Any

from course.base.i18n import _
from course.domain.issue import Issue
from course.features.catalogue.models import Finding
from course.features.catalogue.sentences import files, labs, lessons, questions, twins

SENTENCES: dict[str, Any] = {
    **files.SENTENCES,
    **lessons.SENTENCES,
    **questions.SENTENCES,
    **labs.SENTENCES,
    **twins.SENTENCES,
}


class _Values(dict[str, Any]):
    """A value that an older version did not keep leaves a gap, not a crash."""

    def __missing__(self, name: str) -> str:
        return "…"


def sentence(issue: Issue | Finding) -> str:
    """What to do, in the reader's language."""
    found = SENTENCES.get(issue.code)
    if found is None:
        return _("Look at this line again (%(code)s).", code=issue.code)
    return str(found) % _Values(issue.values)
