"""Read runs: what was done, what the world became, what it was worth."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import Select, and_, bindparam, func, select

from course.base.db import db
from course.domain import lab as desk
from course.domain import run as domain
from course.domain.lab import Consequence, Goal, Lab, Task
from course.domain.profile import Profile
from course.domain.run import MOST_ACTIONS, WARN_AT, Play, Result, Step
from course.domain.simulators.base import Act, RefusedError, View, World
from course.domain.verdict import CRUMB
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue.queries import lab_at
from course.features.lab.models import Action, Outcome, Run
from course.features.progress.services import Deed, Verb


class Kept(NamedTuple):
    """One action as it was kept."""

    position: int
    client_id: str
    at: datetime
    seconds: int
    action: desk.Action


class Line(NamedTuple):
    """One action of a run, and the words that a sentence about it needs."""

    kept: Kept
    step: Step
    before: World
    words: Mapping[str, str]  # for the simulator's `tell`; of the lab's own: nothing

    @property
    def action(self) -> desk.Action:
        """What was done."""
        return self.kept.action


@dataclass(slots=True)
class Opened:
    """A run with its lab, in the words of the learner's trade, and its world.

    Its play begins at the last snapshot, unless the whole of it was asked for.
    """

    run: Run
    lab: Lab
    play: Play
    lines: list[Kept] = field(default_factory=list[Kept])

    @property
    def practice(self) -> bool:
        """Whether it is never marked."""
        return self.run.mode == Mode.PRACTICE

    @property
    def given_up(self) -> bool:
        """Whether the learner began again instead: it was never judged."""
        return self.run.ended_at is not None and self.run.points is None

    @property
    def left(self) -> int | None:
        """How many actions it still takes, once that has to be told."""
        return MOST_ACTIONS - self.play.count if self.play.count >= WARN_AT else None

    @property
    def tasks(self) -> list[tuple[Task, bool]]:
        """Each line of the mission, and whether the world is so already."""
        reached = domain.shares(self.lab, self.play.facts)
        undone = {
            goal.task for goal in self.lab.goals if reached[goal.name] < 1 - CRUMB
        }
        return [(task, task.name not in undone) for task in self.lab.words.tasks]

    @property
    def hints(self) -> list[tuple[Goal, int]]:
        """The goals that have hints, each with how many of them were read."""
        read = self.play.hints
        return [(goal, read.get(goal.name, 0)) for goal in self.lab.goals if goal.hints]

    @property
    def sprung(self) -> list[Consequence]:
        """What was played in the whole run, the first one first."""
        return [self.lab.consequence(name) for name in self.play.sprung]

    def judged(self) -> Result:
        """What the run is worth as it stands; it has to be whole."""
        seconds = {kept.position: kept.seconds for kept in self.lines}
        costly = not self.practice
        return domain.judge(self.play, hints_cost=costly, seconds=seconds)

    def history(self, language: str) -> list[Line]:
        """What was done since the play begins, each thing with its words."""
        return [self._line(at, language) for at in range(len(self.lines))]

    def last_line(self, language: str) -> Line | None:
        """The last of these: a page of the desk tells no other."""
        return self._line(len(self.lines) - 1, language) if self.lines else None

    def _line(self, at: int, language: str) -> Line:
        kept, steps = self.lines[at], self.play.steps
        before = steps[at - 1].world if at else self.play.began
        words = words_of(self.lab, before, kept.action, language)
        return Line(kept, steps[at], before, words)


def words_of(
    lab: Lab, before: World, action: desk.Action, language: str
) -> Mapping[str, str]:
    """What a sentence about an action needs, seen from the world before it."""
    act = act_of(lab, action)
    if act is None:
        return {}
    return lab.simulator(action.simulator).tell(before, act, language)


def act_of(lab: Lab, action: desk.Action) -> Act | None:
    """The act on a simulator; nothing of the lab's own, nor of an older version."""
    known = {each.kind: each.acts for each in lab.desk}
    kind = known.get(action.simulator, {}).get(action.name)
    try:
        return kind.load(action.fields) if kind else None
    except RefusedError:
        return None  # its words were erased


def panels(lab: Lab, world: World, view: View, language: str) -> dict[str, Any]:
    """Simulator → what its template may draw of a world."""
    return {each.kind: each.show(world, view, language) for each in lab.desk}


def views_of(lab: Lab, asked: Mapping[str, str]) -> dict[str, str]:
    """What is looked at: the parameters of an address that the desk knows."""
    known = {name for each in lab.desk for name in each.views}
    # Which panel is open where they do not fit beside each other.
    known.add("at")
    return {name: asked[name][:80] for name in sorted(known) if name in asked}


_KEPT = (
    Action.position,
    Action.client_id,
    Action.at,
    Action.seconds,
    Action.simulator,
    Action.name,
    Action.fields,
)
_SNAPSHOT_AT = func.coalesce(Run.snapshot["count"].as_integer(), 0)


def _rows(*after: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(Run, *_KEPT)
        .outerjoin(Action, and_(Action.run_id == Run.id, *after))
        .where(Run.id == bindparam("run_id"), Run.user_id == bindparam("user_id"))
        .order_by(Action.position)
    )


def _locked(rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The person first, as who merges or erases does: neither waits for the other."""
    return (
        rows.join(User, User.id == Run.user_id)
        .where(User.erased_at.is_(None))
        .with_for_update(of=(User, Run), key_share=True)
        .execution_options(populate_existing=True)
    )


# Built once: every action begins with one of them.
_ALL, _NEW = _rows(), _rows(Action.position > _SNAPSHOT_AT)
_LOCKED = _locked(_NEW)


def opened(user_id: int, run_id: int, *, whole: bool = False) -> Opened:
    """A run of this person, in one statement; 404 for anybody else's."""
    found = run_of(user_id, run_id, whole=whole)
    if found is None:
        abort(404)
    return found


def locked(user_id: int, run_id: int) -> Opened:
    """The same: nobody acts or ends it in another tab meanwhile, nor erases them."""
    found = _read(_LOCKED, user_id, run_id)
    if found is None:
        abort(404)
    return found


def run_of(user_id: int, run_id: int, *, whole: bool = False) -> Opened | None:
    """The same, for who follows this learner; nothing for anybody else's."""
    return _read(_ALL if whole else _NEW, user_id, run_id)


def _read(asked: Select[*tuple[Any, ...]], user_id: int, run_id: int) -> Opened | None:
    mine = {"user_id": user_id, "run_id": run_id}
    rows = db.session.execute(asked, mine).all()
    if not rows:
        return None
    run = rows[0][0]
    lines = [_kept(row) for row in rows if row.position is not None]
    stored = None if asked is _ALL else snapshot_of(run)
    first = stored["count"] if stored else 0
    follow = list(range(first + 1, run.count + 1))
    if asked is not _ALL and [line.position for line in lines] != follow:
        # Who waited for the lock sees the actions as they were before; and a snapshot
        # that an older simulator made is left aside. What is asked now is true.
        return _read(_ALL, user_id, run_id)
    return _played(run, lines, stored)


def _kept(row: Any) -> Kept:
    _run, position, client_id, at, seconds, simulator, name, fields = row
    action = desk.Action(simulator, name, fields)
    return Kept(position, client_id, at, seconds, action)


def lab_of(run: Run) -> Lab:
    """The lab as it was when the run began, in the words of the trade then."""
    return lab_at(run.revision_id).for_trade(Profile.from_dict(run.profile).trade)


def versions_of(lab: Lab) -> dict[str, Any]:
    """The versions of the simulators that play a lab."""
    return {each.kind: each.version for each in lab.desk}


def snapshot_of(run: Run) -> Mapping[str, Any] | None:
    """The world that was kept, if these simulators would make the same."""
    same = run.versions == versions_of(lab_at(run.revision_id))
    return run.snapshot if same else None


def _played(
    run: Run, lines: list[Kept], stored: Mapping[str, Any] | None = None
) -> Opened:
    lab = lab_of(run)
    if stored:
        play = Play.resume(lab, stored)
    else:
        play = Play.begin(lab, run.seed, Profile.from_dict(run.profile))
    for line in lines:
        try:
            play.do(line.action)
        except RefusedError:
            # Done with an older version, or its words were erased since.
            play.skip(line.action)
    return Opened(run, lab, play, lines)


def action_at(run_id: int, client_id: str) -> datetime | None:
    """When this action of a page was kept, if it was."""
    mine = Action.run_id == run_id, Action.client_id == client_id
    return db.session.scalar(select(Action.at).where(*mine))


def last_run(user_id: int, lab: str, mode: str) -> Run | None:
    """The open run of this kind, else the newest."""
    return db.session.scalar(newest(user_id, lab, mode))


def newest(user_id: int, lab: str, mode: str) -> Select[Run]:
    """Ask for it; the open one is not always the newest: a guest's was adopted."""
    return (
        select(Run)
        .where(Run.user_id == user_id, Run.lab == lab, Run.mode == mode)
        .order_by(Run.ended_at.is_(None).desc(), Run.id.desc())
        .limit(1)
    )


def runs_of(
    user_id: int,
    lab: str | None = None,
    *,
    limit: int | None = 100,
    offset: int = 0,
) -> list[Run]:
    """The runs of this person, the newest first, after so many of them."""
    found = select(Run).where(Run.user_id == user_id)
    if lab is not None:
        found = found.where(Run.lab == lab)
    found = found.order_by(Run.id.desc()).limit(limit).offset(offset)
    return list(db.session.scalars(found))


def outcomes_of(run_ids: Iterable[int]) -> dict[int, dict[str, Outcome]]:
    """Run → goal → what became of it; a run that was not judged has none."""
    ids = list(run_ids)
    found: dict[int, dict[str, Outcome]] = {number: {} for number in ids}
    rows = select(Outcome).where(Outcome.run_id.in_(ids)).order_by(Outcome.id)
    for outcome in db.session.scalars(rows):
        found[outcome.run_id][outcome.goal] = outcome
    return found


class Acted(NamedTuple):
    """That something was done: when, how long it took, in which lab."""

    at: datetime
    seconds: int
    lab: str


def acted_by(
    user_id: int, since: datetime | None, until: datetime | None
) -> list[Acted]:
    """What somebody did in labs from an instant on, and before another."""
    found = (
        select(Action.at, Action.seconds, Run.lab)
        .join(Run, Run.id == Action.run_id)
        .where(Run.user_id == user_id)
        .order_by(Action.id)
    )
    if since is not None:
        found = found.where(Action.at >= since)
    if until is not None:
        found = found.where(Action.at < until)
    return [Acted(*row) for row in db.session.execute(found)]


def actions(users: Iterable[int] = ()) -> Iterator[Deed]:
    """Every action as a deed: what standings are rebuilt from, besides events."""
    rows = (
        select(Run.user_id, Run.lab, Action.at, Action.seconds)
        .join(Run, Run.id == Action.run_id)
        .order_by(Action.id)
    )
    ids = list(users)
    if ids:
        rows = rows.where(Run.user_id.in_(ids))
    for user_id, lab, at, seconds in db.session.execute(rows):
        yield Deed(user_id, Verb.ACTED, "lab", lab, at, seconds=seconds)
