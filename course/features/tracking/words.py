"""How trainers read progress: states, results and deeds, in sentences."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from typing import Any, NamedTuple

from flask_babel import get_timezone

from course.base import clock
from course.base.i18n import (
    _,
    _l,
    days_ago,
    language,
    ngettext,
    show_duration,
    show_month_day,
    show_number,
    show_share,
    show_weekday,
    speaking,
)
from course.base.markdown import spans
from course.domain.lesson import Module
from course.domain.library import Library
from course.domain.verdict import percent
from course.features.lab import wording
from course.features.lab.models import Run
from course.features.progress.models import Event, Standing
from course.features.progress.services import Verb
from course.features.tracking.needs import (
    Standings,
    State,
    Step,
    state_of,
)
from course.features.tracking.queries import Cell, Column, Picture
from course.features.tracking.replay import Told
from course.features.tracking.timeline import Visit

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


def words_of_states() -> dict[str, str]:
    """The words of the picture, said once for a page."""
    return {state.value: str(words) for state, words in STATES.items()}


def day_of(instant: datetime) -> date:
    """The day it was where the reader is."""
    return instant.astimezone(get_timezone()).date()


def how_long() -> Callable[[datetime], str]:
    """What says how long ago, for a page that says it of many: the zone once."""
    zone, said = get_timezone(), cache(days_ago)
    today = clock.now().astimezone(zone).date()
    return lambda instant: said((today - instant.astimezone(zone).date()).days)


class Line(NamedTuple):
    """A learner as the page shows them; each cell is a state and what is said of it."""

    id: int
    name: str
    login: str  # said when another learner has the same name
    cells: list[tuple[State, str]]
    seen: str


def short_of(column: Column) -> str:
    """The head of a narrow column: a lesson's place, « Quiz », or a module's place."""
    if column.whole:
        return str(column.module.place)
    step = column.steps[0]
    return {"lab": _("Lab"), "quiz": _("Quiz")}.get(step.kind, str(step.place))


def long_of(column: Column) -> str:
    """The head of a column in a table: one can tell it from the others."""
    title = column.module.short if column.whole else column.steps[0].title
    return title.say(language())


def lines_of(picture: Picture) -> list[Line]:
    """The picture in words: each cell with its minutes and best result."""
    ago, spoken, zone, never = how_long(), language(), get_timezone(), _("never")
    return [
        Line(
            person.id,
            person.name,
            person.login or "" if person.name in picture.twins else "",
            [(cell.state, _cell(cell, zone, spoken)) for cell in cells],
            ago(seen) if seen else never,
        )
        for person, cells, seen, _needs in picture.rows
    ]


def _cell(cell: Cell, zone: tzinfo | None, spoken: str) -> str:
    state, seconds, best, at = cell
    minutes = -(-seconds // 60)
    whole = None if best is None else percent(best, 1)
    return _said(state, minutes, whole, at and at.astimezone(zone).date(), spoken)


@lru_cache(maxsize=4096)
def _said(
    state: State, minutes: int, best: int | None, stamped: date | None, spoken: str
) -> str:
    """What a cell says: the same in many of them."""
    with speaking(spoken):
        said = [str(STATES[state])]
        if minutes:
            said.append(show_duration(minutes))
        if best is not None:
            said.append(show_share(best / 100))
        if stamped:
            said.append(_("stamped on %(day)s", day=show_month_day(stamped)))
    return " · ".join(said)


def plain(markdown: str) -> str:
    """A sentence of an author without its marks."""
    return " ".join(" ".join(span.text for span in spans(markdown)).split())


def result_in_words(share: float | None) -> str:
    """A result as a whole percentage, never rounded up: 69.9 has not passed at 70."""
    return show_share(percent(share or 0, 1) / 100)


def result_of_run(run: Run) -> str:
    """What became of a run of a lab."""
    if run.ended_at is None:
        return _("not ended yet")
    if run.points is None:
        return _("begun again, not judged")
    said = [
        _(
            "%(points)s of %(all)s points",
            points=show_number(round(run.points, 2)),
            all=show_number(run.out_of or 0),
        )
    ]
    if run.passed is not None:
        said.append(_("passed") if run.passed else _("not yet"))
    return " · ".join(said)


def told_in_words(told: Told) -> str:
    """A step of a run, as one tells it of somebody else."""
    if told.skipped:
        return _("Did something that is not played any more.")
    if told.undone:
        return _("Took back: “%(deed)s”", deed=wording.told(told.undone))
    if told.hint:
        goal, place = told.hint
        words = plain(goal.text.say(language()))
        return _("Read hint %(place)s of the goal: %(goal)s", place=place, goal=words)
    return wording.told(told.line)


def standing_note(standing: Standing | None) -> str:
    """What a standing says besides its state: best result, tries, minutes."""
    if standing is None:
        return ""
    said: list[str] = []
    if standing.best is not None:
        said.append(_("best %(share)s", share=result_in_words(standing.best)))
    if standing.tries:
        said.append(ngettext("%(num)s try", "%(num)s tries", standing.tries))
    if standing.seconds:
        said.append(duration(standing.seconds))
    return " · ".join(said)


def duration(seconds: int) -> str:
    """Seconds as people say them: minutes, the last one begun counted."""
    return show_duration(-(-seconds // 60))


def module_of(
    module: Module,
    steps: tuple[Step, ...],
    standings: Standings,
    stamped_at: datetime | None,
) -> dict[str, Any]:
    """A module as the page of a learner shows it."""
    known = [standings[step.name] for step in steps if step.name in standings]
    seconds = sum(standing.seconds for standing in known)
    return {
        "module": module,
        "done": sum(standing.state == State.DONE for standing in known),
        "steps": [step_of(step, standings.get(step.name)) for step in steps],
        "spent": duration(seconds) if seconds else "",
        "stamp": show_month_day(day_of(stamped_at)) if stamped_at else "",
    }


def step_of(step: Step, standing: Standing | None) -> dict[str, str]:
    """A step for a stepper."""
    state = state_of(step, standing)
    note = [str(STATES[state]), standing_note(standing)]
    return {
        "label": step.title.say(language()),
        "state": state if state == State.DONE else State.TODO,
        "note": " · ".join(filter(None, note)),
    }


def title_of(library: Library, kind: str, key: str) -> str:
    """The title of a lesson, lab or quiz; its key when it is no longer published."""
    racks: dict[str, Callable[[str], Any]] = {
        "lesson": library.lesson,
        "lab": library.lab,
        "quiz": library.quiz,
    }
    try:
        return racks[kind](key).title.say(language())
    except KeyError:
        return key


SENTENCES: dict[str, Callable[..., str]] = {
    Verb.READ: lambda **said: _("Read the lesson “%(title)s”.", **said),
    Verb.TRIED: lambda **said: _("Tried a question of the lesson “%(title)s”.", **said),
    Verb.STARTED: lambda **said: _("Began the quiz “%(title)s”.", **said),
    "started-lab": lambda **said: _("Began the lab “%(title)s”.", **said),
    Verb.PASSED: lambda **said: _("Passed “%(title)s” with %(share)s.", **said),
    Verb.FAILED: lambda **said: _("Ended “%(title)s” with %(share)s.", **said),
    Verb.ENDED: lambda **said: _("Ended a practice of “%(title)s”.", **said),
    "left": lambda **said: _("Left the lab “%(title)s” to begin it again.", **said),
}


def sentence_of(event: Event, library: Library) -> str:
    """A deed, as one tells it."""
    title = title_of(library, event.kind, event.key)
    share = result_in_words(event.result.get("share"))
    own = SENTENCES.get(f"{event.verb}-{event.kind}", SENTENCES[event.verb])
    if event.result.get("left"):
        own = SENTENCES["left"]
    return own(title=title, share=share)


def day_in_words(
    day: date, visits: Iterable[Visit], library: Library
) -> tuple[str, list[tuple[Visit, str, list[str]]]]:
    """A day, and its visits: how long each took, and what was done."""
    return show_weekday(day), [
        (visit, duration(visit.seconds), sentences_of(visit, library))
        for visit in visits
    ]


def sentences_of(visit: Visit, library: Library) -> list[str]:
    """A visit, as one tells it; what was done again is told once, with a number."""
    # A deed's sentence, or the quiz answered, the lab worked at.
    told: dict[tuple[str, tuple[str, str]], int] = {}
    for mark in visit.marks:
        deed = sentence_of(mark.event, library) if mark.event else ""
        told[deed, mark.thing] = told.get((deed, mark.thing), 0) + 1
    return [_told(deed, thing, count, library) for (deed, thing), count in told.items()]


def _told(deed: str, thing: tuple[str, str], count: int, library: Library) -> str:
    if deed:
        return (
            deed if count == 1 else _("%(deed)s (%(num)s times)", deed=deed, num=count)
        )
    title = title_of(library, *thing)
    if thing[0] == "lab":
        return ngettext(
            "Did %(num)s thing in the lab “%(title)s”.",
            "Did %(num)s things in the lab “%(title)s”.",
            count,
            title=title,
        )
    return ngettext(
        "Gave %(num)s answer in the quiz “%(title)s”.",
        "Gave %(num)s answers in the quiz “%(title)s”.",
        count,
        title=title,
    )
