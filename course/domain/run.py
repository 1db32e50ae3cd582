"""Run: actions replayed into a world, and the world judged goal by goal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import JsonValue

from course.domain.condition import Condition
from course.domain.lab import HINT, LAB, UNDO, Action, Goal, Lab
from course.domain.profile import Profile
from course.domain.simulators.base import (
    Act,
    Facts,
    Raw,
    RefusedError,
    Simulator,
    World,
)
from course.domain.verdict import CRUMB, Part, Verdict

# So long a run can be replayed at once; it is told before it is met.
MOST_ACTIONS = 600
WARN_AT = 550
# What a check takes off a goal's points once one of its hints was read.
HINT_COST = 0.25


class Step(NamedTuple):
    """One action and what it led to."""

    position: int  # from 1, among all the actions of the run
    action: Action
    world: World  # after it
    sprung: tuple[str, ...] = ()  # consequences that it played
    undone: int | None = None  # for « undo », the position of the deed taken back
    facts: Mapping[str, Facts] = MappingProxyType({})  # of this world
    skipped: bool = False  # an older version took it: nothing came of it


@dataclass
class Play:
    """A run as it unfolds; `do` adds an action, or refuses and changes nothing.

    Made from a snapshot, it knows what came before only through it. To take back a deed
    from before, the caller replays the run from its beginning: see `knows_last`.
    """

    lab: Lab
    world: World
    count: int = 0  # actions so far, refused ones left out
    steps: list[Step] = field(default_factory=list[Step])
    hints: dict[str, int] = field(default_factory=dict[str, int])  # goal → how many
    # What was played, taken back or not: name → position of the first time.
    sprung: dict[str, int] = field(default_factory=dict[str, int])
    began: World = field(default_factory=dict[str, Any])
    # Whether the last deed before a snapshot may be taken back; None: there was none.
    undoable_before: bool | None = None
    _effective: list[Step] = field(default_factory=list[Step])
    _facts: Mapping[str, Facts] | None = None

    @classmethod
    def begin(cls, lab: Lab, seed: int, profile: Profile) -> "Play":
        """The lab before anything is done; `lab` is in the words of the trade."""
        rng = Random(seed)  # noqa: S311 - a draw, not a secret
        world = {each.kind: each.start(rng, profile) for each in lab.desk}
        return cls(lab, world, began=world)

    @property
    def facts(self) -> Mapping[str, Facts]:
        """What may be asked about the world as it is."""
        if self._facts is None:
            self._facts = self.lab.facts(self.world)
        return self._facts

    @property
    def last(self) -> Step | None:
        """The last deed that still counts, as far as this Play remembers."""
        return self._effective[-1] if self._effective else None

    @property
    def can_undo(self) -> bool:
        """Whether the last deed may be taken back."""
        return bool(self._undoable)

    @property
    def _undoable(self) -> bool | None:
        """The same, or None when there is no deed at all."""
        if self.last is None:
            return self.undoable_before
        action = self.last.action
        act = self._kind_of(action).load(action.fields)
        return self.simulator_of(action).undoable(act)

    @property
    def knows_last(self) -> bool:
        """Whether « undo » can be asked without replaying from the beginning.

        Else it is refused, as if there were nothing to take back.
        """
        return self.last is not None or not self.undoable_before

    def do(self, action: Action) -> Step:
        """Act; raises RefusedError, and then nothing has changed."""
        if self.count >= MOST_ACTIONS:
            raise RefusedError("act.too-many", most=MOST_ACTIONS)
        own = action.simulator == LAB
        step = self._own(action) if own else self._on_desk(action)
        self.count += 1
        self.steps.append(step)
        return step

    def replay(self, actions: Iterable[Action]) -> "Play":
        """Do all of these; the same actions always lead to the same world."""
        for action in actions:
            self.do(action)
        return self

    def skip(self, action: Action) -> Step:
        """Count an action that is no longer done: an older version took it."""
        step = self._own_step(action)._replace(skipped=True)
        self.count += 1
        self.steps.append(step)
        return step

    def _own(self, action: Action) -> Step:
        if action.name == HINT:
            return self._hint(action)
        if action.name != UNDO:
            raise RefusedError("act.unknown")
        return self._undo(action)

    def _undo(self, action: Action) -> Step:
        if self._undoable is None or not self.knows_last:
            raise RefusedError("act.nothing-to-undo")
        if not self._undoable:
            raise RefusedError("act.cannot-undo")
        undone = self._effective.pop()
        last = self.last
        self.world = last.world if last else self.began
        self._facts = last.facts if last else None
        return self._own_step(action, undone=undone.position)

    def _own_step(self, action: Action, undone: int | None = None) -> Step:
        """A step that does nothing on the desk."""
        return Step(self.count + 1, action, self.world, undone=undone, facts=self.facts)

    def _hint(self, action: Action) -> Step:
        name = str(action.fields.get("goal", ""))
        try:
            hints = self.lab.goal(name).hints
        except KeyError:
            raise RefusedError("act.unreadable", field="goal") from None
        read = self.hints.get(name, 0)
        if read >= len(hints):
            raise RefusedError("act.no-more-hints")
        self.hints[name] = read + 1
        return self._own_step(action)

    def _on_desk(self, action: Action) -> Step:
        simulator = self.simulator_of(action)
        before = self.facts
        world = simulator.act(self.world, self._kind_of(action).load(action.fields))
        after = self.lab.facts_after(world, self.world, before)
        sprung = self._sprung(before, after)
        self.world, self._facts = world, after
        step = Step(self.count + 1, action, world, sprung, facts=after)
        for name in sprung:
            self.sprung.setdefault(name, step.position)
        self._effective.append(step)
        return step

    def _sprung(
        self, before: Mapping[str, Facts], after: Mapping[str, Facts]
    ) -> tuple[str, ...]:
        """The consequences whose conditions all hold now, and did not."""
        # Most acts change no fact that they ask for.
        changed = {kind for kind, facts in after.items() if facts != before[kind]}
        return tuple(
            each.name
            for each in self.lab.words.consequences
            if any(condition.simulator in changed for condition in each.when)
            and _are_so(each.when, after)
            and not _are_so(each.when, before)
        )

    def simulator_of(self, action: Action) -> Simulator:
        """Who acts, else RefusedError."""
        try:
            return self.lab.simulator(action.simulator)
        except KeyError:
            raise RefusedError("act.unknown") from None

    def _kind_of(self, action: Action) -> type[Act]:
        kinds = self.simulator_of(action).acts
        if action.name not in kinds:
            raise RefusedError("act.unknown")
        return kinds[action.name]

    def snapshot(self) -> dict[str, JsonValue]:
        """All that has to be known to go on from here, as it is stored."""
        return {
            "count": self.count,
            "world": {k: s.model_dump(mode="json") for k, s in self.world.items()},
            "hints": dict[str, JsonValue](self.hints),
            "sprung": dict[str, JsonValue](self.sprung),
            "undoable": self._undoable,
        }

    @classmethod
    def resume(cls, lab: Lab, stored: Mapping[str, Any]) -> "Play":
        """The run as it was when `snapshot` gave this."""
        world = {
            kind: lab.simulator(kind).state.model_validate(state)
            for kind, state in stored["world"].items()
        }
        return cls(
            lab,
            world,
            count=stored["count"],
            hints=dict(stored["hints"]),
            sprung=dict(stored["sprung"]),
            began=world,
            undoable_before=stored["undoable"],
        )


def _are_so(conditions: Iterable[Condition], facts: Mapping[str, Facts]) -> bool:
    return all(condition.holds(facts) for condition in conditions)


def action_of(lab: Lab, simulator: str, name: str, raw: Raw) -> Action:
    """The action that a form says, its fields cleaned, else RefusedError."""
    if simulator == LAB:
        if name not in (UNDO, HINT):
            raise RefusedError("act.unknown")
        goal = next(iter(raw.get("goal", ())), "")
        return Action(LAB, name, {"goal": goal} if name == HINT else {})
    try:
        kind = lab.simulator(simulator).acts[name]
    except KeyError:
        raise RefusedError("act.unknown") from None
    return Action(simulator, name, kind.read(raw).dump())


def shares(lab: Lab, facts: Mapping[str, Facts]) -> dict[str, float]:
    """Goal → what the world is worth for it, 0 to 1, hints left aside.

    A goal is worth nothing while one of those it needs is not wholly reached; goals
    that need each other are reached together.
    """
    own = {goal.name: _own_share(goal, facts) for goal in lab.goals}
    reached = {name for name, share in own.items() if share >= 1 - CRUMB}
    while True:
        waiting = {g.name for g in lab.goals if not reached.issuperset(g.needs)}
        if reached.isdisjoint(waiting):
            return {n: 0.0 if n in waiting else share for n, share in own.items()}
        reached -= waiting


def _own_share(goal: Goal, facts: Mapping[str, Facts]) -> float:
    off = sum(condition.off(facts) for condition in goal.when)
    if not off:
        return 1.0
    return max(0.0, 1 - off / goal.points) if off < inf and goal.points else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a goal in a run."""

    goal: Goal
    reached: float  # 0 to 1, before hints
    share: float  # 0 to 1, of its points
    hints: int
    position: int | None  # the action that reached it for good; None: not reached
    seconds: int = 0  # that it took

    @property
    def points(self) -> float:
        """What it brought."""
        return self.share * self.goal.points


@dataclass(frozen=True, slots=True)
class Result:
    """A run judged: the parts make a Verdict, so that nothing else has to know labs."""

    outcomes: tuple[Outcome, ...]
    out_of: float
    pass_mark: float

    @property
    def points(self) -> float:
        """What was earned."""
        return sum(outcome.points for outcome in self.outcomes)

    @property
    def missing(self) -> tuple[Goal, ...]:
        """The compulsory goals that are not reached."""
        return tuple(
            outcome.goal
            for outcome in self.outcomes
            if outcome.goal.required and outcome.reached < 1 - CRUMB
        )

    @property
    def passed(self) -> bool:
        """Whether the points are enough, and each compulsory goal is reached."""
        return not self.missing and self.points >= self.pass_mark - CRUMB

    @property
    def verdict(self) -> Verdict:
        """A share of the points, with one part per goal."""
        parts = tuple(
            Part(o.goal.name, o.share, o.goal.points, o.goal.required)
            for o in self.outcomes
        )
        share = self.points / self.out_of if self.out_of else 0.0
        return Verdict(min(1.0, share), parts=parts)


def judge(play: Play, *, hints_cost: bool, seconds: Mapping[int, int] = {}) -> Result:
    """What a run is worth as it stands. `seconds`: position → how long it took.

    The time between two actions belongs to the goal that is reached next; what follows
    the last one belongs to none. Needs a Play of the whole run, not of its end.
    """
    if len(play.steps) != play.count:
        raise ValueError("Only a run replayed from its beginning can be judged.")
    lab = play.lab
    reached = shares(lab, play.facts)
    when = _positions(play, reached)
    spent = _minutes(play, when, seconds)
    outcomes: list[Outcome] = []
    for goal in lab.goals:
        hints = play.hints.get(goal.name, 0)
        keep = 1 - HINT_COST if hints and hints_cost else 1
        outcomes.append(
            Outcome(
                goal,
                reached[goal.name],
                reached[goal.name] * keep,
                hints,
                when.get(goal.name),
                spent.get(goal.name, 0),
            )
        )
    return Result(tuple(outcomes), lab.out_of, lab.pass_mark)


def _positions(play: Play, reached: Mapping[str, float]) -> dict[str, int]:
    """Goal → the action since which it is worth what it is worth in the end."""
    wanted = {name for name, share in reached.items() if share > 0}
    found: dict[str, int] = {}
    steps = play.steps
    for step, before in zip(reversed(steps), reversed(steps[:-1]), strict=False):
        if not wanted:
            return found
        # Only what differs is asked: a hint, or a look into a file, changes nothing.
        if before.facts == step.facts:
            continue
        then = shares(play.lab, before.facts)
        since = {name for name in wanted if then[name] < reached[name] - CRUMB}
        found |= dict.fromkeys(since, step.position)
        wanted -= since
    # The others were so since the first action; without any action, nobody did them.
    return found | dict.fromkeys(wanted, 1) if steps else {}


def _minutes(
    play: Play, when: Mapping[str, int], seconds: Mapping[int, int]
) -> dict[str, int]:
    spent: dict[str, int] = {}
    waiting = 0
    by_position: dict[int, list[str]] = {}
    for name, position in when.items():
        by_position.setdefault(position, []).append(name)
    for step in play.steps:
        waiting += seconds.get(step.position, 0)
        names = by_position.get(step.position, [])
        for name in names:
            spent[name] = waiting // len(names)
        if names:
            waiting = 0
    return spent
