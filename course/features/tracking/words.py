"""How trainers read progress: states, results and deeds, in sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from course.base.i18n import _, _l, language, ngettext, show_ago, show_share, speaking
from course.domain.lesson import Module
from course.domain.library import Library
from course.features.centre.queries import Learner
from course.features.progress.models import Event, Standing
from course.features.progress.services import Verb
from course.features.tracking.queries import (
    Column,
    Need,
    Picture,
    Row,
    Standings,
    State,
    Step,
    Why,
    state_of,
    steps_of,
)

STATES: dict[State, Any] = {
    State.DONE: _l("Done"),
    State.DOING: _l("Under way"),
    State.STARTED: _l("Begun"),
    State.STUCK: _l("Stuck"),
    State.TODO: _l("Not begun"),
}
MODES: dict[str, Any] = {
    "check": _l("Check"),
    "practice": _l("Practice"),
    "survey": _l("Survey"),
}
TONES = {Why.STUCK: "red", Why.AWAY: "amber", Why.NEAR: "green"}


def words_of_states() -> dict[str, str]:
    """The words of the picture, said once for a page."""
    return {state.value: str(words) for state, words in STATES.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A learner as the page shows them; `said` is what is begun: (column, words)."""

    learner: Learner
    states: tuple[State, ...]
    seen: str
    said: list[tuple[str, str]]


def short_of(column: Column) -> str:
    """The head of a narrow column: a lesson's place, « Quiz », or a module's place."""
    if column.whole:
        return str(column.module.place)
    step = column.steps[0]
    return _("Quiz") if step.kind == "quiz" else str(step.place)


def long_of(column: Column) -> str:
    """The head of a column in a table: one can tell it from the others."""
    title = column.module if column.whole else column.steps[0]
    return title.title.say(language())


def lines_of(picture: Picture, words: dict[str, str]) -> list[Line]:
    """The picture in words: each state with the best result, and the last visit."""
    ago = cache(show_ago)
    heads = [(column, long_of(column)) for column in picture.columns]
    return [
        Line(
            learner=row.learner,
            states=row.states,
            seen=ago(_quarter(row.seen)) if row.seen else _("never"),
            said=[
                (head, _cell(words[state], column, row))
                for state, (column, head) in zip(row.states, heads, strict=True)
                if state != State.TODO
            ],
        )
        for row in picture.rows
    ]


def _quarter(instant: datetime) -> datetime:
    """The quarter of an hour: within one, it is the same day in every time zone."""
    return instant.replace(minute=instant.minute // 15 * 15, second=0, microsecond=0)


@lru_cache(maxsize=512)
def _percent(percent: int, spoken: str) -> str:
    """A whole percentage as that language writes it: said in every other cell."""
    with speaking(spoken):
        return show_share(percent / 100)


def _cell(words: str, column: Column, row: Row) -> str:
    if column.whole:
        return words
    standing = row.standings.get(column.steps[0].name)
    if standing is None or standing.best is None:
        return words
    return f"{words} · {_percent(int(100 * standing.best), language())}"


def why_of(need: Need) -> tuple[str, str]:
    """Why somebody needs the trainer: in a word, then in a sentence."""
    title = need.title.say(language()) if need.title else ""
    if need.why == Why.STUCK:
        return _("Stuck"), _("Several tries at the quiz “%(title)s”.", title=title)
    if need.why == Why.AWAY:
        return _("Away"), _("Last seen %(ago)s.", ago=show_ago(need.seen))
    return _("Nearly there"), _("One step before the stamp “%(title)s”.", title=title)


def standing_note(standing: Standing | None) -> str:
    """What a standing says besides its state: best result, number of tries."""
    if standing is None:
        return ""
    said: list[str] = []
    if standing.best is not None:
        said.append(_("best %(share)s", share=show_share(standing.best)))
    if standing.tries:
        said.append(ngettext("%(num)s try", "%(num)s tries", standing.tries))
    return " · ".join(said)


def module_of(
    module: Module, library: Library, standings: Standings
) -> tuple[Module, int, list[dict[str, str]]]:
    """A module, how many of its steps are done, and its steps for a stepper."""
    steps = [
        _step(step, standings.get(step.name)) for step in steps_of(module, library)
    ]
    return module, sum(step["state"] == State.DONE for step in steps), steps


def _step(step: Step, standing: Standing | None) -> dict[str, str]:
    state = state_of(step, standing)
    note = [str(STATES[state]), standing_note(standing)]
    return {
        "label": step.title.say(language()),
        "state": state if state == State.DONE else State.TODO,
        "note": " · ".join(filter(None, note)),
    }


def title_of(library: Library, kind: str, key: str) -> str:
    """The title of a lesson or quiz; its key when it is no longer published."""
    find: Callable[[str], Any] = library.quiz if kind == "quiz" else library.lesson
    try:
        return find(key).title.say(language())
    except KeyError:
        return key


SENTENCES: dict[str, Callable[..., str]] = {
    Verb.READ: lambda **said: _("Read the lesson “%(title)s”.", **said),
    Verb.TRIED: lambda **said: _("Tried a question of the lesson “%(title)s”.", **said),
    Verb.STARTED: lambda **said: _("Began the quiz “%(title)s”.", **said),
    Verb.PASSED: lambda **said: _("Passed “%(title)s” with %(share)s.", **said),
    Verb.FAILED: lambda **said: _("Ended “%(title)s” with %(share)s.", **said),
    Verb.ENDED: lambda **said: _("Ended a practice of “%(title)s”.", **said),
}


def sentence_of(event: Event, library: Library) -> str:
    """A deed, as one tells it."""
    title = title_of(library, event.kind, event.key)
    share = show_share(event.result.get("share") or 0)
    return SENTENCES[event.verb](title=title, share=share)
