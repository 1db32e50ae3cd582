"""What could not be read of an answer, said so that one can mend it."""

from collections.abc import Callable

from course.base.i18n import _, ngettext
from course.domain.questions.base import UnreadableError

SENTENCES: dict[str, Callable[..., str]] = {
    "answer.none": lambda count=1: ngettext(
        "Choose or write an answer. “I do not know” is one too.",
        "Choose %(num)s answers. “I do not know” is one too.",
        count,
    ),
    "answer.too-many": lambda count=1: ngettext(
        "Choose %(num)s answer only.", "Choose %(num)s answers, not more.", count
    ),
    "answer.missing": lambda missing=1: ngettext(
        "%(num)s line still needs an answer.",
        "%(num)s lines still need an answer.",
        missing,
    ),
    "answer.not-a-number": lambda: _("Write a number, such as 12 or 3.5."),
    "answer.ambiguous-number": lambda typed="": _(
        "“%(typed)s” can be read in two ways. Write it without a thousands sign.",
        typed=typed,
    ),
    "answer.other-unit": lambda: _("Write the number only, in the unit shown."),
    "answer.too-long": lambda most=0: _(
        "Write %(count)s characters at most.", count=most
    ),
    "answer.no-such-place": lambda most=0: _(
        "Choose places from 1 to %(most)s.", most=most
    ),
    "answer.same-place": lambda: _("Two lines have the same place. Give each its own."),
    "answer.unknown-choice": lambda: _("Choose among the answers shown."),
}


def sentence(error: UnreadableError) -> str:
    """What to do, in the reader's language."""
    return SENTENCES[error.code](**error.values)
