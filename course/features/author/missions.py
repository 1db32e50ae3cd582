"""A lab as an author reads it again: the mission, what is judged, the runs played."""

from collections.abc import Iterable
from dataclasses import dataclass

from course.base.markdown import Link
from course.base.markdown import html as made
from course.domain.lab import Consequence, Goal, Lab
from course.domain.profile import Trade
from course.domain.text import Text
from course.features.catalogue.links import linker


@dataclass(frozen=True, slots=True)
class Judged:
    """A goal, with all that may be told about it."""

    name: str
    text: str
    points: float
    required: bool
    done: str
    missed: str
    hints: tuple[str, ...]
    see_url: str | None
    see_label: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A wrong turn and what it leads to."""

    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Played:
    """A recorded run: it gets what is written, or the lab could not be read."""

    name: str
    points: float
    acts: int
    missed: tuple[str, ...]
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mission:
    """A lab without its desk."""

    html: str
    sheet: str
    tasks: tuple[str, ...]
    judged: tuple[Judged, ...]
    turns: tuple[Turn, ...]
    runs: tuple[Played, ...]
    out_of: float
    pass_mark: float


def mission_of(
    lab: Lab, language: str, trade: Trade | None, revision_id: int
) -> Mission:
    """The lab in a language and in the words of a trade."""
    spoken = lab.for_trade(trade)
    link = linker(revision_id, terms_here=True)
    words = spoken.words
    return Mission(
        html=made(words.story.say(language), link, language),
        sheet=made(_said(words.sheet, language), link, language),
        tasks=tuple(task.text.say(language) for task in words.tasks),
        judged=tuple(_judged(goal, language) for goal in words.goals),
        turns=tuple(_turns(words.consequences, language, link)),
        runs=tuple(
            Played(
                sample.name,
                sample.points,
                len(sample.actions),
                sample.missed,
                tuple(
                    spoken.consequence(n).title.say(language) for n in sample.springs
                ),
            )
            for sample in spoken.samples
        ),
        out_of=spoken.out_of,
        pass_mark=spoken.pass_mark,
    )


def _said(text: Text | None, language: str) -> str:
    return text.say(language) if text else ""


def _judged(goal: Goal, language: str) -> Judged:
    return Judged(
        name=goal.name,
        text=goal.text.say(language),
        points=goal.points,
        required=goal.required,
        done=_said(goal.done, language),
        missed=_said(goal.missed, language),
        hints=tuple(hint.say(language) for hint in goal.hints),
        see_url=linker()("lesson", goal.see) if goal.see else None,
        see_label=_said(goal.see_label, language),
    )


def _turns(turns: Iterable[Consequence], language: str, link: Link) -> Iterable[Turn]:
    for turn in turns:
        yield Turn(
            turn.title.say(language), made(turn.story.say(language), link, language)
        )
