"""What the authors' pages hold about people: who writes."""

from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.features.author.models import Draft

_WHY = _l("To know who is writing, so that nobody overwrites anybody.")

HOLDINGS = (
    Holding(
        Draft,
        _l("Your drafts"),
        {
            "kind": Field(_l("Kind"), _WHY, Until.WORK),
            "key": Field(_l("Lesson or quiz"), _WHY, Until.WORK),
            "at": Field(_l("When"), _WHY, Until.WORK),
        },
        mine(Draft, "by_id"),
        plain=frozenset({"source", "version"}),
    ),
)
