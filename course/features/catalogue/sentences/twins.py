"""What two languages may say differently."""

from typing import Any

from course.base.i18n import _l

SENTENCES: dict[str, Any] = {
    "twin.count": _l(
        "“%(name)s” has %(found)s lines here and %(wanted)s in "
        "%(other)s. Write as many."
    ),
    "twin.differs": _l(
        "“%(name)s” says “%(here)s” here and “%(there)s” in %(other)s (%(field)s). "
        "Write the same."
    ),
    "twin.header": _l(
        "%(key)s is “%(here)s” here and “%(there)s” in %(other)s. Write the same."
    ),
    "twin.kind": _l(
        "“%(name)s” is a question of another kind in %(other)s (%(there)s, not "
        "%(here)s). Write the same kind."
    ),
    "twin.missing-objective": _l(
        "The objective “%(name)s” is missing in this language. Add it."
    ),
    "twin.missing-part": _l("“%(name)s” is missing in this language. Add it."),
    "twin.missing-question": _l(
        "The question “%(name)s” is missing in this language. Add it."
    ),
    "twin.more-anchor": _l(
        "The anchor {#%(anchor)s} is not in %(other)s. Use the same "
        "anchors in both languages."
    ),
    "twin.no-anchor": _l(
        "The anchor {#%(anchor)s} of %(other)s is missing here. Use the same anchors "
        "in both languages."
    ),
    "twin.right": _l(
        "The right answer number %(place)s of “%(name)s” is not the one of %(other)s. "
        "Make them agree."
    ),
    "twin.sections": _l(
        "The ::: marks are not those of %(other)s. Put the same ones, "
        "in the same order."
    ),
    "twin.value": _l(
        "The answer of “%(name)s” is %(here)s here and %(there)s in "
        "%(other)s. Write the same."
    ),
}
