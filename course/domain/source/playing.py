"""Playing: what is written of a lab's runs is true, in the words of every trade."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from course.domain.condition import Condition
from course.domain.lab import Lab, Sample
from course.domain.profile import Profile, Trade
from course.domain.run import Play, judge
from course.domain.simulators.base import RefusedError
from course.domain.source.book import Book
from course.domain.verdict import CRUMB

SEED = 1


class Fault(NamedTuple):
    """What a run showed, on which line."""

    code: str
    line: int
    values: tuple[tuple[str, str | int], ...] = ()


def fault(code: str, line: int, **values: str | int) -> Fault:
    """A fault and the values of its sentence."""
    return Fault(code, line, tuple(values.items()))


def check_runs(book: Book, lab: Lab) -> None:
    """Play a lab that holds together; what does not go as written is noted."""
    margin = book.first.margin
    trades = tuple(Trade) if lab.trade_words else (Trade.OTHER,)
    if not _check_names(book, lab) or not _check_starts(book, lab, trades):
        return
    if not _check_facts(book, lab):
        return
    _check_samples(book, lab)
    found: dict[Fault, list[Trade]] = {}
    for trade in trades:
        for each in dict.fromkeys(_played(book, lab.for_trade(trade), trade)):
            found.setdefault(each, []).append(trade)
    for each, when in found.items():
        some = ", ".join(when) if len(when) < len(trades) else ""
        said = f" ({some})" if some else ""
        margin.fatal(each.code, each.line, **dict(each.values), trades=said)


def _check_names(book: Book, lab: Lab) -> bool:
    """Whether every goal, task and consequence that is named exists."""
    goals = {goal.name for goal in lab.goals}
    tasks = {task.name for task in lab.words.tasks}
    turns = {turn.name for turn in lab.words.consequences}
    before = len(book.first.margin.issues)
    for goal in lab.goals:
        line = book.lines[f"goals/{goal.name}"]
        _known(book, line, goal.needs, goals - {goal.name})
        _known(book, line, (goal.task,) if goal.task else (), tasks)
    for turn in lab.words.consequences:
        _known(book, book.lines[f"consequences/{turn.name}"], turn.spoils, goals)
    for sample in lab.samples:
        _known(book, sample.line, sample.missed, goals)
        _known(book, sample.line, sample.springs, turns)
    return len(book.first.margin.issues) == before


def _known(book: Book, line: int, names: Iterable[str], known: Iterable[str]) -> None:
    all_known = sorted(known)
    for name in names:
        if name not in all_known:
            book.first.margin.fatal(
                "lab.unknown-name", line, name=name, known=", ".join(all_known)
            )


def _check_starts(book: Book, lab: Lab, trades: Iterable[Trade]) -> bool:
    """Whether each simulator can begin in the words of every trade."""
    margin = book.first.margin
    found: dict[tuple[str, str], None] = {}
    for trade in trades:
        for each in lab.for_trade(trade).desk:
            try:
                each.start(Random(SEED), Profile(trade=trade))  # noqa: S311 - a draw
            except ValueError as error:
                found[each.kind, str(error)] = None
    for kind, reason in found:
        line = book.lines["start"]
        margin.fatal("lab.start-fault", line, simulator=kind, reason=reason)
    return not found


def _conditions(lab: Lab) -> Iterator[tuple[str, Condition]]:
    """Every condition, and where it is written."""
    for section, things in (
        ("goals", lab.goals),
        ("consequences", lab.words.consequences),
    ):
        for thing in things:
            for place, condition in enumerate(thing.when):
                yield f"{section}/{thing.name}/{place}", condition


def _check_facts(book: Book, lab: Lab) -> bool:
    """Whether conditions ask about what the simulators tell."""
    spoken = lab.for_trade(None)
    facts = spoken.facts(Play.begin(spoken, SEED, Profile()).world)
    margin = book.first.margin
    before = len(margin.issues)
    for where, condition in _conditions(lab):
        line = book.lines[where]
        name, simulator = condition.fact, condition.simulator
        if simulator not in facts:
            known = ", ".join(facts)
            margin.fatal("lab.unknown-simulator", line, name=simulator, known=known)
        elif name not in facts[simulator]:
            known = ", ".join(sorted(facts[simulator]))
            margin.fatal("lab.unknown-fact", line, name=name, known=known)
    return len(margin.issues) == before


def _check_samples(book: Book, lab: Lab) -> None:
    """Each consequence is met by a run, and one run shows how to do it all."""
    margin = book.first.margin
    line = book.lines["runs"]
    full = [each for each in lab.samples if each.points == lab.out_of]
    if not any(not each.missed and not each.springs for each in full):
        margin.fatal("lab.no-full-run", line, points=plain(lab.out_of))
    sprung = {name for each in lab.samples for name in each.springs}
    for turn in lab.words.consequences:
        if turn.name not in sprung:
            at = book.lines[f"consequences/{turn.name}"]
            margin.warn("lab.no-run-to", at, name=turn.name)
    tasks = {goal.task for goal in lab.goals}
    for task in lab.words.tasks:
        if task.name not in tasks:
            at = book.lines[f"tasks/{task.name}"]
            margin.fatal("lab.task-without-goal", at, name=task.name)


def _played(book: Book, lab: Lab, trade: Trade) -> Iterator[Fault]:
    """What playing shows in the words of a trade."""
    profile = Profile(trade=trade)
    yield from _untouched(book, lab, Play.begin(lab, SEED, profile))
    for sample in lab.samples:
        play = Play.begin(lab, SEED, profile)
        refused = _follow(play, sample)
        if refused:
            yield refused
        else:
            yield from _judged(sample, play)


def _untouched(book: Book, lab: Lab, play: Play) -> Iterator[Fault]:
    """Doing nothing is worth nothing, and leads nowhere."""
    for outcome in judge(play, hints_cost=True).outcomes:
        if outcome.points:
            name = outcome.goal.name
            yield fault("lab.given", book.lines[f"goals/{name}"], name=name)
    for turn in lab.words.consequences:
        if all(condition.holds(play.facts) for condition in turn.when):
            line = book.lines[f"consequences/{turn.name}"]
            yield fault("lab.sprung-at-start", line, name=turn.name)


def _follow(play: Play, sample: Sample) -> Fault | None:
    """Do what was recorded; what is refused stops the run."""
    for line, action in sample.actions:
        try:
            play.do(action)
        except RefusedError as error:
            act = f"{action.simulator} {action.name}"
            return fault("lab.refused", line, act=act, reason=error.code)
    return None


def _judged(sample: Sample, play: Play) -> Iterator[Fault]:
    """The verdict of a run is the one written."""
    result = judge(play, hints_cost=True)
    if abs(result.points - sample.points) > CRUMB:
        yield fault(
            "lab.points",
            sample.line,
            name=sample.name,
            found=plain(result.points),
            wanted=plain(sample.points),
        )
    missed = {o.goal.name for o in result.outcomes if o.reached < 1 - CRUMB}
    yield from _same("lab.missed", sample, missed, set(sample.missed))
    yield from _same("lab.springs", sample, set(play.sprung), set(sample.springs))


def _same(
    code: str, sample: Sample, found: set[str], wanted: set[str]
) -> Iterator[Fault]:
    if found != wanted:
        yield fault(
            code,
            sample.line,
            name=sample.name,
            found=", ".join(sorted(found)) or "-",
            wanted=", ".join(sorted(wanted)) or "-",
        )


def plain(points: float) -> str:
    """Points as one writes them: 10, 7.5."""
    return f"{points:g}"
