"""Visibility: what may be seen of an attempt, by whom and when."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """What a quiz is for."""

    PRACTICE = "practice"
    CHECK = "check"
    SURVEY = "survey"


class Moment(StrEnum):
    """Where the learner is with a question."""

    ANSWERING = "answering"
    ANSWERED = "answered"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Visibility:
    """What a page may show about an answer."""

    correctness: bool
    score: bool
    notes: bool
    solution: bool


NOTHING = Visibility(correctness=False, score=False, notes=False, solution=False)
FEEDBACK = Visibility(correctness=True, score=False, notes=True, solution=True)
EVERYTHING = Visibility(correctness=True, score=True, notes=True, solution=True)

# Whatever is absent shows nothing, so that a new mode starts by hiding.
SEEN = {
    (Mode.PRACTICE, Moment.ANSWERED): FEEDBACK,
    (Mode.PRACTICE, Moment.ENDED): EVERYTHING,
    (Mode.CHECK, Moment.ENDED): EVERYTHING,
}


def visibility(mode: Mode, moment: Moment, *, staff: bool = False) -> Visibility:
    """What may be seen: staff sees everything, a survey is never marked."""
    if staff:
        return EVERYTHING
    return SEEN.get((mode, moment), NOTHING)
