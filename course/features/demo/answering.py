"""What somebody answers to a question, rightly or wrongly, whatever its type.

Only what every type promises is used: its face, its solution in words, its verdict.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from course.domain.questions.base import (
    UNKNOWN_FIELD,
    Face,
    Question,
    UnreadableError,
    Variant,
)

Form = dict[str, list[str]]

LANGUAGE = "fr"
UNKNOWN: Form = {UNKNOWN_FIELD: ["1"]}
# What people type when nothing written by the author is at hand.
TYPED_WRONG = ("0", "1000", "je ne sais plus")
DRAWS = 6


def worth(question: Question, variant: Variant, form: Form) -> float | None:
    """The share a form would get; None when it cannot be read."""
    try:
        return question.judge(question.parse(form, variant)).share
    except UnreadableError:
        return None


def right_form(question: Question, variant: Variant) -> Form:
    """A form that gets everything; « I do not know » if none is found."""
    face = question.face(variant, LANGUAGE)
    for form in _solutions(face, question.solution(LANGUAGE)):
        if worth(question, variant, form) == 1:
            return form
    return UNKNOWN


def wrong_form(question: Question, variant: Variant, rng: Random) -> Form:
    """A form that somebody sends who is mistaken; « I do not know » if none is."""
    face = question.face(variant, LANGUAGE)
    right = right_form(question, variant)
    expected = [
        piece.text.say(LANGUAGE) for piece in getattr(question, "wrong", ()) or ()
    ]
    mistaken = [
        form
        for form in _mistakes(face, right, expected, rng)
        if (share := worth(question, variant, form)) is not None and share < 1
    ]
    return rng.choice(mistaken) if mistaken else UNKNOWN


def _solutions(face: Face, lines: Sequence[str]) -> Iterator[Form]:
    if face.targets:
        yield {
            f"answer-{item.key}": [target.key]
            for item in face.items
            for target in face.targets
            if f"{item.text} → {target.text}" in lines
        }
    elif face.items:
        keys = {item.text: item.key for item in face.items}
        # An opinion has no solution: any box will do.
        said = [keys[line] for line in lines if line in keys] or [face.items[0].key]
        yield {"answer": said}
        yield {f"answer-{key}": [str(place)] for place, key in enumerate(said, 1)}
    elif lines:
        yield {"answer": [lines[0]]}
        yield {"answer": [lines[0].partition("±")[0]]}


def _mistakes(
    face: Face, right: Form, expected: Sequence[str], rng: Random
) -> Iterator[Form]:
    if not face.items:
        words = expected or TYPED_WRONG
        yield from ({"answer": [word]} for word in words)
    elif "answer" in right:
        keys = [item.key for item in face.items]
        for _draw in range(DRAWS):
            yield {"answer": rng.sample(keys, len(right["answer"]))}
    else:
        yield from _displaced(face, right, rng)


def _displaced(face: Face, right: Form, rng: Random) -> Iterator[Form]:
    """Two answers exchanged; or one thing put where another belongs."""
    names = sorted(right)
    targets = [target.key for target in face.targets]
    for _draw in range(DRAWS):
        one, other = rng.sample(names, 2) if len(names) > 1 else names * 2
        yield {**right, one: right[other], other: right[one]}
        if targets:
            yield {**right, one: [rng.choice(targets)]}


def wordcount(question: Question, variant: Variant) -> int:
    """How many words there are to read."""
    return question.words(variant, LANGUAGE)


def tried(question: Question, variant: Variant, form: Form) -> dict[str, Any]:
    """What a lesson keeps of a try, besides its name."""
    return {
        "share": worth(question, variant, form),
        "unknown": form == UNKNOWN,
    }
