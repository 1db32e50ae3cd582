"""What published content holds about people: who published it."""

from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.features.catalogue.models import Edition, Revision

_WHY = _l("To know who changed the course, and when.")
_AT = Field(_l("When"), _WHY, Until.WORK)

HOLDINGS = (
    Holding(
        Revision,
        _l("What you published"),
        {
            "kind": Field(_l("Kind"), _WHY, Until.WORK),
            "key": Field(_l("Lesson or quiz"), _WHY, Until.WORK),
            "at": _AT,
        },
        mine(Revision, "by_id"),
        plain=frozenset({"digest", "source"}),
    ),
    Holding(
        Edition,
        _l("Your publications"),
        {"at": _AT, "why": Field(_l("Reason"), _WHY, Until.WORK)},
        mine(Edition, "by_id"),
        plain=frozenset({"revisions"}),
    ),
)
