"""Lab: a desk of simulators that share one world, a mission, goals with points."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from pydantic import JsonValue

from course.domain.condition import Condition
from course.domain.glossary import Term
from course.domain.profile import Trade
from course.domain.quote import TradeWords, fill_trade
from course.domain.simulators.base import Facts, Frozen, Simulator, World
from course.domain.text import Text, changed

# Who acts when it is not a simulator: taking a deed back, asking for a hint.
LAB, UNDO, HINT = "lab", "undo", "hint"

Worded = TypeVar("Worded", bound="Lab")


class Action(NamedTuple):
    """One line of a run: which simulator, which of its acts, what the form said."""

    simulator: str
    name: str
    fields: Mapping[str, JsonValue]


class Task(Frozen):
    """One line of the mission, as the learner reads it."""

    name: str
    text: Text


class Goal(Frozen):
    """What the run is judged on, with its points.

    It is reached when all its conditions hold and each goal it needs is reached. A goal
    of abstaining needs the main deed, so that doing nothing is worth nothing.
    """

    name: str
    text: Text  # what is true of the world when it is reached
    points: float
    required: bool = False
    when: tuple[Condition, ...]
    needs: tuple[str, ...] = ()
    task: str | None = None
    done: Text | None = None  # said in the review when it is reached
    missed: Text | None = None  # said when it is not: the right reflex
    hints: tuple[Text, ...] = ()  # from a nudge to nearly the deed itself
    see: str | None = None  # lesson#anchor to read again
    see_label: Text | None = None


class Consequence(Frozen):
    """A wrong turn and what it leads to, played when the world becomes so.

    It never ends a run.
    """

    name: str
    title: Text
    story: Text  # Markdown
    when: tuple[Condition, ...]
    spoils: tuple[str, ...] = ()  # the goals beside which the review tells it again


class Sample(Frozen):
    """A recorded run and the verdict that it must get."""

    name: str
    line: int
    points: float
    actions: tuple[tuple[int, Action], ...]  # line in the file, action
    missed: tuple[str, ...] = ()  # goals that are not reached
    springs: tuple[str, ...] = ()  # consequences that are played


class Words(Frozen):
    """All that is said by a lab, apart: what changes with the learner's trade."""

    story: Text
    sheet: Text | None = None  # the rules to keep at hand while working
    tasks: tuple[Task, ...]
    goals: tuple[Goal, ...]
    consequences: tuple[Consequence, ...] = ()


@dataclass(frozen=True, eq=False)
class Lab:
    """A job to do on simulators; each run of it is judged goal by goal."""

    key: str
    title: Text
    module: str
    minutes: int
    words: Words
    desk: tuple[Simulator, ...]
    pass_mark: float  # points
    aims: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()
    terms: tuple[Term, ...] = ()
    trade_words: TradeWords = field(default_factory=dict[str, Mapping[Trade, Text]])
    _trades: dict[Trade, "Lab"] = field(
        default_factory=dict[Trade, "Lab"], init=False, repr=False
    )

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What it is judged on, in the author's order."""
        return self.words.goals

    @property
    def out_of(self) -> float:
        """All the points there are."""
        return sum(goal.points for goal in self.goals)

    def goal(self, name: str) -> Goal:
        """The goal of that name, else KeyError."""
        for goal in self.goals:
            if goal.name == name:
                return goal
        raise KeyError(name)

    def consequence(self, name: str) -> Consequence:
        """The consequence of that name, else KeyError."""
        for consequence in self.words.consequences:
            if consequence.name == name:
                return consequence
        raise KeyError(name)

    def simulator(self, kind: str) -> Simulator:
        """The simulator of that kind on the desk, else KeyError."""
        for simulator in self.desk:
            if simulator.kind == kind:
                return simulator
        raise KeyError(kind)

    def facts(self, world: World) -> Mapping[str, Facts]:
        """What may be asked about a world: simulator → name → fact."""
        return {each.kind: each.facts(world) for each in self.desk}

    def facts_after(
        self, world: World, before: World, facts: Mapping[str, Facts]
    ) -> Mapping[str, Facts]:
        """The same, of a world made from another: what stayed is not asked again."""
        return {
            each.kind: facts[each.kind]
            if world[each.kind] is before[each.kind]
            else each.facts(world)
            for each in self.desk
        }

    def for_trade(self, trade: Trade | None) -> "Lab":
        """The same lab in the words of a trade."""
        if not self.trade_words:
            return self
        chosen = trade or Trade.OTHER
        if chosen not in self._trades:
            self._trades[chosen] = self._in_words_of(chosen)
        return self._trades[chosen]

    def _in_words_of(self, trade: Trade) -> "Lab":
        def said(words: str, language: str) -> str:
            return fill_trade(words, language, self.trade_words, trade)

        def spoken(value: JsonValue) -> JsonValue:
            # Recorded runs are written in the main language only.
            if isinstance(value, list):
                return [spoken(each) for each in value]
            return said(value, "fr") if isinstance(value, str) else value

        def acted(action: Action) -> Action:
            fields = {name: spoken(value) for name, value in action.fields.items()}
            return action._replace(fields=fields)

        samples = tuple(
            each.but(actions=tuple((line, acted(a)) for line, a in each.actions))
            for each in self.samples
        )
        return replace(
            self,
            words=changed(self.words, said),
            desk=tuple(changed(simulator, said) for simulator in self.desk),
            samples=samples,
            trade_words={},
        )
