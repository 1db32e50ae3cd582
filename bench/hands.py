"""Who does the labs while the server is killed, and what is left of what was done."""

import http.client
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from flask import Flask, url_for
from sqlalchemy import func, select

from bench.insisting import Insisting
from bench.installation import Installation, opened
from bench.labs import form_of
from bench.visitor import RefusedError, Visitor
from course.base.db import db
from course.domain import lab as desk
from course.domain.profile import Profile
from course.domain.run import Play, judge
from course.domain.simulators.base import RefusedError as NotDoneError
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.lab import queries
from course.features.lab.models import Action, Run

Recorded = Mapping[str, Sequence[Sequence[desk.Action]]]  # where it begins → runs


@dataclass(frozen=True, slots=True)
class Done:
    """An action of which the learner was told that it is kept."""

    run_id: int
    token: str


@dataclass(slots=True)
class Left:
    """What is left of the actions; the last ones must all be zero."""

    actions_acknowledged: int = 0
    actions_kept: int = 0
    actions_lost: int = 0
    actions_doubled: int = 0
    runs: int = 0
    runs_open_twice: int = 0
    runs_with_a_hole: int = 0  # positions are not 1, 2, 3…
    runs_that_do_not_replay: int = 0
    runs_with_another_snapshot: int = 0
    runs_judged_otherwise: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether what was acknowledged is there, once, and can be done again."""
        wrong = self.actions_lost + self.actions_doubled + self.runs_open_twice
        wrong += self.runs_with_a_hole + self.runs_that_do_not_replay
        wrong += self.runs_with_another_snapshot + self.runs_judged_otherwise
        return self.actions_acknowledged > 0 and wrong == 0


class Hands(Insisting):
    """Does what the labs' recorded runs say, one run after the other."""

    def __init__(self, port: int, visitor: Visitor, recorded: Recorded) -> None:
        super().__init__(port, visitor)
        self.kept = []
        self.turns = cycle(
            [(start, actions) for start, runs in recorded.items() for actions in runs]
        )

    def go_on(self) -> None:
        """One run, from its beginning to its end."""
        me, (start, actions) = self.visitor, next(self.turns)
        path = self.insist(
            lambda ask: ask.post(me, start, [("mode", Mode.PRACTICE)])
        ).location
        for action in actions:
            token = secrets.token_hex(8)
            said = form_of(action, token)
            reply = self.insist(
                lambda ask, said=said: ask.post_by_script(me, f"{path}/actions", said)
            )
            if reply.status != http.client.OK or not json.loads(reply.body)["saved"]:
                raise RefusedError(f"{action}: {reply.status} {reply.body[:300]!r}")
            self.kept.append(Done(int(path.rpartition("/")[2]), token))
        self.insist(lambda ask: ask.post(me, f"{path}/end"))


def recorded_runs(app: Flask, user: User) -> Recorded:
    """Of each lab, its recorded runs in the words of this person's trade."""
    with app.test_request_context():
        return {
            url_for("lab.start", key=lab.key): [
                [action for _line, action in sample.actions]
                for sample in lab.for_trade(user.profile.trade).samples
            ]
            for lab in shelf().library.labs
        }


def left_of(place: Installation, hands: Hands) -> Left:
    """Look for each action that was acknowledged, then do each run again."""
    with opened(place.app()):
        left = _actions(hands)
        for run in db.session.scalars(select(Run)).all():
            _look_at(run, left)
        twice = (
            select(Run.user_id)
            .where(Run.ended_at.is_(None))
            .group_by(Run.user_id, Run.lab, Run.mode)
            .having(func.count() > 1)
        )
        left.runs_open_twice = len(db.session.execute(twice).all())
    return left


def _actions(hands: Hands) -> Left:
    rows = db.session.execute(select(Action.run_id, Action.client_id)).all()
    found = [Done(run_id, client.partition("-")[0]) for run_id, client in rows]
    there = set(found)
    kept = sum(done in there for done in hands.kept)
    return Left(
        actions_acknowledged=len(hands.kept),
        actions_kept=kept,
        actions_lost=len(hands.kept) - kept,
        actions_doubled=len(found) - len(there),
    )


def _look_at(run: Run, left: Left) -> None:
    """Do the run again from its beginning, strictly: nothing is skipped."""
    mine = select(Action).where(Action.run_id == run.id).order_by(Action.position)
    rows = db.session.scalars(mine).all()
    actions = [desk.Action(row.simulator, row.name, row.fields) for row in rows]
    lab = queries.lab_of(run)
    left.runs += 1
    positions = [row.position for row in rows]
    left.runs_with_a_hole += positions != list(range(1, run.count + 1))
    try:
        play = Play.begin(lab, run.seed, Profile.from_dict(run.profile))
        play.replay(actions)
        if run.snapshot is not None:
            resumed = Play.resume(lab, run.snapshot)
            resumed.replay(actions[resumed.count :])
            left.runs_with_another_snapshot += resumed.snapshot() != play.snapshot()
    except NotDoneError:
        left.runs_that_do_not_replay += 1
        return
    if run.points is not None:
        costly = run.mode == Mode.CHECK
        left.runs_judged_otherwise += (
            judge(play, hints_cost=costly).points != run.points
        )
