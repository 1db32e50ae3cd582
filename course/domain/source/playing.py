"""Playing: what is written of a lab's runs is true, in the words of every trade."""

from collections.abc import Iterable, Iterator, Mapping
from random import Random

from course.domain.condition import Condition, Verb
from course.domain.lab import Lab, Sample
from course.domain.profile import Profile, Trade
from course.domain.run import Play, judge
from course.domain.simulators.base import Facts, RefusedError
from course.domain.source.book import Book
from course.domain.source.refusals import Fault, fault, refused
from course.domain.verdict import CRUMB

SEED = 1
# What is said of a run when there is something, and when there is nothing.
MISSED = ("lab.missed", "lab.nothing-missed")
SPRINGS = ("lab.springs", "lab.nothing-springs")
# What asks for names: one that no run ever shows is most often misspelt.
EACH = (Verb.HAS, Verb.EXACTLY)
NAMING = (*EACH, Verb.HAS_NO, Verb.IS, Verb.IS_NOT)

Shown = Mapping[tuple[str, str], set[str]]  # simulator and fact → names


def check_runs(book: Book, lab: Lab) -> None:
    """Play a lab that holds together; what does not go as written is noted."""
    margin = book.first.margin
    trades = tuple(Trade) if lab.trade_words else (Trade.OTHER,)
    if not _check_names(book, lab) or not _check_starts(book, lab, trades):
        return
    if not _check_facts(book, lab):
        return
    _check_samples(book, lab)
    _check_words(book, lab.for_trade(None))
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


def _check_words(book: Book, lab: Lab) -> None:
    """Note the names that conditions ask for and that no run ever shows."""
    shown = _shown(lab)
    for where, condition in _conditions(lab):
        seen = shown.get((condition.simulator, condition.fact))
        if seen is None or condition.verb not in NAMING:
            continue
        never = [each for each in condition.values if seen.isdisjoint(each.values())]
        # Of several that may be there, one is enough.
        if never and (condition.verb in EACH or len(never) == len(condition.values)):
            book.first.margin.warn(
                "lab.never-so" if seen else "lab.never-any",
                book.lines[where],
                name=", ".join(next(iter(each.values())) for each in never),
                fact=f"{condition.simulator}.{condition.fact}",
                known=", ".join(sorted(seen)),
            )


def _shown(lab: Lab) -> Shown:
    """Each name that the recorded runs show; nothing when one of them is stopped."""
    shown: dict[tuple[str, str], set[str]] = {}
    for sample in lab.samples:
        play = Play.begin(lab, SEED, Profile())
        _keep(shown, play.facts)
        for _line, action in sample.actions:
            try:
                _keep(shown, play.do(action).facts)
            except RefusedError:
                return {}
    return shown


def _keep(shown: dict[tuple[str, str], set[str]], facts: Mapping[str, Facts]) -> None:
    for kind, own in facts.items():
        for name, words in own.items():
            if isinstance(words, tuple):
                shown.setdefault((kind, name), set()).update(words)


def _played(book: Book, lab: Lab, trade: Trade) -> Iterator[Fault]:
    """What playing shows in the words of a trade."""
    profile = Profile(trade=trade)
    yield from _untouched(book, lab, Play.begin(lab, SEED, profile))
    for sample in lab.samples:
        play = Play.begin(lab, SEED, profile)
        stopped = _follow(play, sample)
        if stopped:
            yield stopped
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
            return refused(play.lab, line, action, error)
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
    yield from _same(MISSED, sample, missed, set(sample.missed))
    yield from _same(SPRINGS, sample, set(play.sprung), set(sample.springs))


def _same(
    codes: tuple[str, str], sample: Sample, found: set[str], wanted: set[str]
) -> Iterator[Fault]:
    some, none = codes
    if found != wanted:
        names = ", ".join(sorted(found))
        yield fault(some if found else none, sample.line, name=sample.name, found=names)


def plain(points: float) -> str:
    """Points as one writes them: 10, 7.5."""
    return f"{points:g}"
