"""What is not done, said so that one knows why; and what was done, in a sentence."""

from collections.abc import Callable

from flask import get_template_attribute
from markupsafe import Markup

from course.base.i18n import _
from course.domain.lab import LAB, UNDO
from course.domain.simulators.base import RefusedError
from course.features.lab.queries import Line

# What is refused before a simulator is asked; its own codes are its template's.
SENTENCES: dict[str, Callable[..., str]] = {
    "act.unknown": lambda: _("There is no such thing to do here. Use the buttons."),
    "act.unreadable": lambda **_field: _(
        "This could not be understood. Choose or write again, in few words."
    ),
    "act.too-long": lambda most=0, **_field: _(
        "This is too long to be kept. Write %(count)s characters at most.", count=most
    ),
    "act.too-many": lambda most=0: _(
        "This run has %(count)s actions: it takes no more. End it, or begin again.",
        count=most,
    ),
    "act.nothing-to-undo": lambda: _("There is nothing to take back."),
    "act.cannot-undo": lambda: _("This cannot be taken back, as in real life."),
    "act.no-more-hints": lambda: _("You have read all the hints for this goal."),
}


def refusal(error: RefusedError) -> str:
    """Why it was not done, in the reader's language; nothing has changed."""
    if error.code in SENTENCES:
        return SENTENCES[error.code](**error.values)
    said = _of(error.code.partition(".")[0], "refusal")(error.code, error.values)
    return said.unescape()  # a name may hold &, and pages escape once


def told(line: Line) -> str:
    """What was done, in one sentence in the past tense."""
    action = line.action
    if action.simulator != LAB:
        return _of(action.simulator, "tell")(action.name, line.words).unescape()
    if action.name == UNDO:
        return _("You took back the last action.")
    return _("You read a hint.")


def _of(kind: str, macro: str) -> Callable[..., Markup]:
    """All the words of a simulator are in its template."""
    return get_template_attribute(f"simulators/{kind}.html", macro)
