"""Why somebody needs the trainer, in words: a name, what shows it, what to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from course.base.i18n import _, _l, language, ngettext, show_month_day
from course.domain.library import Library
from course.features.tracking.needs import Need, Sign, Step, Why
from course.features.tracking.queries import Person, Row
from course.features.tracking.words import how_long, plain

TONES = {
    Why.STUCK: "red",
    Why.STOPPED: "amber",
    Why.GUESSING: "amber",
    Why.NEAR: "green",
}
NAMES: dict[Why, Any] = {
    Why.STUCK: _l("Stuck"),
    Why.STOPPED: _l("Away"),
    Why.GUESSING: _l("Answers too fast"),
    Why.NEAR: _l("Nearly there"),
}
# What to do next: said once for each person, of the worst need.
ADVICE: dict[Why, Any] = {
    Why.STUCK: _l("Suggest looking at it again together, for five minutes."),
    Why.STOPPED: _l("A short message is often enough: “Where are you? Can I help?”"),
    Why.GUESSING: _l(
        "Suggest a practice: each answer is explained, nothing is marked."
    ),
    Why.NEAR: _l("Say it: a word of encouragement is worth a lot here."),
}
LONGEST_QUOTE = 90


@dataclass(frozen=True, slots=True)
class Help:
    """Somebody who needs the trainer: why in a word, what shows it, what to do."""

    person: Person
    why: Why
    name: str
    evidence: list[str]
    advice: str


def helps_of(rows: tuple[Row, ...], library: Library) -> list[Help]:
    """Who needs the trainer, in words."""
    ago = how_long()
    return [help_of(row.person, row.needs, library, ago) for row in rows]


def help_of(
    person: Person,
    needs: tuple[Need, ...],
    library: Library,
    ago: Callable[[datetime], str],
) -> Help:
    """What somebody needs, in words; the worst first."""
    why = needs[0].why
    return Help(
        person,
        why,
        str(NAMES[why]),
        [EVIDENCE[need.sign](need, library, ago) for need in needs],
        str(ADVICE[why]),
    )


def _place(step: Step) -> dict[str, Any]:
    return {"title": step.title.say(language()), "place": step.module.place}


def _wrong(need: Need, library: Library, _ago: Any) -> str:
    said = _place(need.step)
    if need.step.kind == "quiz":
        asked = _question(library, need.step.key, need.hurdle)
        said["title"] = asked or said["title"]
        return _(
            "%(num)s wrong answers in a row to “%(title)s” (module %(place)s).",
            num=need.number,
            **said,
        )
    return _(
        "%(num)s wrong tries in a row in the lesson “%(title)s” (module %(place)s).",
        num=need.number,
        **said,
    )


def _question(library: Library, quiz: str, name: str) -> str:
    """What a question asks, short; nothing when it is no longer asked."""
    try:
        question = library.quiz(quiz).for_trade(None).question(name)
    except KeyError:
        return ""
    words = plain(question.ask.say(language()))
    if len(words) <= LONGEST_QUOTE:
        return words
    return f"{words[:LONGEST_QUOTE].rsplit(' ', 1)[0]}…"


def _goal(need: Need, library: Library, _ago: Any) -> str:
    said = _place(need.step)
    return _(
        "%(num)s runs in a row of the lab “%(title)s” (module %(place)s) miss this "
        "goal: %(goal)s",
        num=need.number,
        goal=goal_in_words(library, need.step.key, need.hurdle),
        **said,
    )


def goal_in_words(library: Library, lab: str, name: str) -> str:
    """What a goal says; its name when it is no longer asked."""
    try:
        goal = library.lab(lab).for_trade(None).goal(name)
    except KeyError:
        return name
    return plain(goal.text.say(language()))


def _tries(need: Need, _library: Library, _ago: Any) -> str:
    said: dict[str, Any] = {"num": need.number, **_place(need.step)}
    if need.step.kind == "lab":
        return _(
            "%(num)s tries at the lab “%(title)s” (module %(place)s), not passed yet.",
            **said,
        )
    return _(
        "%(num)s tries at the quiz “%(title)s” (module %(place)s), not passed yet.",
        **said,
    )


def _not_begun(need: Need, _library: Library, _ago: Any) -> str:
    return _(
        "Has not begun; the cohort began on %(day)s.", day=show_month_day(need.day)
    )


def _never(need: Need, _library: Library, _ago: Any) -> str:
    return ngettext(
        "Has not begun, %(num)s day after joining.",
        "Has not begun, %(num)s days after joining.",
        need.number,
    )


def _away(need: Need, _library: Library, ago: Callable[[datetime], str]) -> str:
    return _(
        "Last seen %(ago)s; next: “%(title)s” (module %(place)s).",
        ago=ago(need.seen),
        **_place(need.step),
    )


def _unfinished(need: Need, _library: Library, ago: Callable[[datetime], str]) -> str:
    ended = _("The cohort ended on %(day)s.", day=show_month_day(need.day))
    return f"{ended} {_away(need, _library, ago)}"


def _hasty(need: Need, _library: Library, _ago: Any) -> str:
    return _(
        "%(num)s answers of %(all)s faster than one can read, at the quiz “%(title)s”.",
        num=need.number,
        all=need.total,
        **_place(need.step),
    )


def _one_step(need: Need, _library: Library, _ago: Any) -> str:
    module = need.step.module.short.say(language())
    if need.step.kind == "lab":
        return _("One step before the stamp “%(module)s”: the lab.", module=module)
    return _("One step before the stamp “%(module)s”: the quiz.", module=module)


EVIDENCE: dict[Sign, Callable[[Need, Library, Callable[[datetime], str]], str]] = {
    Sign.WRONG: _wrong,
    Sign.GOAL: _goal,
    Sign.TRIES: _tries,
    Sign.NOT_BEGUN: _not_begun,
    Sign.NEVER: _never,
    Sign.AWAY: _away,
    Sign.UNFINISHED: _unfinished,
    Sign.HASTY: _hasty,
    Sign.ONE_STEP: _one_step,
}
