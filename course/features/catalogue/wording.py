"""What each Issue asks an author to do, in the reader's words."""

from typing import Any

from flask import get_template_attribute

from course.base.i18n import _
from course.domain.issue import Issue, Values
from course.domain.simulators import SIMULATORS
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
    return str(found) % _Values(issue.values, **_spoken(issue.values))


def _spoken(values: Values) -> dict[str, str]:
    """What the simulator would tell the learner, in the place of its code."""
    code = str(values.get("reason", ""))
    kind = code.partition(".")[0]
    if kind not in SIMULATORS:
        return {}
    refusal = get_template_attribute(f"simulators/{kind}.html", "refusal")
    said = refusal(code, values).unescape()
    return {"reason": said} if said else {}
