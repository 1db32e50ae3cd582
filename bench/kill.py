"""Kill the server a hundred times in the middle of the work; count what is left."""

import argparse
import http.client
import json
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from random import Random
from typing import Any

from sqlalchemy import Connection, create_engine, func, select

from bench.crowd import gather
from bench.hands import Hands, left_of, recorded_runs
from bench.insisting import PAUSE, Insisting
from bench.installation import KINDS, Installation, Server, installation, opened
from bench.scenarios import quiz_start
from bench.visitor import AnswerForm, RefusedError, Visitor, signed_in
from course.features.progress.models import Standing
from course.features.quiz.models import Attempt, Grade, Item, Submission

KILLS = 100
SECONDS = 225  # for all the kills, whatever the machine
LONGEST = 0.4  # from the first answer that a server keeps to its end
PATIENCE = 20  # for that first answer
CHANGES = 3  # answers to each question, one after the other


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of which the learner was told that it is kept."""

    attempt_id: int
    position: int
    client_id: str


class Learner(Insisting):
    """Answers the questions of one practice after the other."""

    def __init__(self, port: int, visitor: Visitor, start: str) -> None:
        super().__init__(port, visitor)
        self.start_path = start
        self.kept = []

    def go_on(self) -> None:
        """One practice, from its beginning to its end."""
        me = self.visitor
        mode = [("mode", "practice")]  # never asks for a pause
        path = self.insist(lambda ask: ask.post(me, self.start_path, mode)).location
        form = self._form(path)
        while form.action:
            for _ in range(CHANGES):
                self._answer(form)
            form = self._form(path)
        self.insist(lambda ask: ask.post(me, f"{path}/end"))

    def _form(self, path: str) -> AnswerForm:
        """The next question without an answer; without a form, there is none."""
        page = self.insist(lambda ask: ask.get(self.visitor, path))
        return AnswerForm(page.body.decode())

    def _answer(self, form: AnswerForm) -> None:
        client = secrets.token_hex(16)
        said = form.filled(client)
        reply = self.insist(
            lambda ask: ask.post_by_script(self.visitor, form.action, said)
        )
        if reply.status != http.client.OK or not json.loads(reply.body).get("saved"):
            raise RefusedError(f"{reply.status} {reply.body[:300]!r}")
        _nothing, _attempts, attempt_id, _questions, position = form.action.split("/")
        self.kept.append(Kept(int(attempt_id), int(position), client))


@dataclass(slots=True)
class Count:
    """What happened, and what is left; the last ones must all be zero."""

    kills: int = 0
    sent_again: int = 0
    replies_in_error: int = 0
    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    doubled: int = 0
    without_a_grade: int = 0
    graded_twice: int = 0
    attempts_open_twice: int = 0
    standings_changed_by_rebuild: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether what was acknowledged is there, once, and agrees with the rest."""
        wrong = self.lost + self.doubled + self.without_a_grade + self.graded_twice
        wrong += self.attempts_open_twice + self.standings_changed_by_rebuild
        return self.acknowledged > 0 and wrong == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, look, and print the numbers; 1 when something is lost or doubled."""
    parser = argparse.ArgumentParser(prog="bench.kill", description=__doc__)
    parser.add_argument("--database", choices=KINDS, default=KINDS[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=7, help="of the moments chosen")
    given = parser.parse_args(arguments)
    with installation(given.database) as place:
        learner, hands = both = _prepare(place)
        kills = _kill_often(place, both, given.kills, Random(given.seed))
        count = _look(place, learner)
        count.kills = kills
        count.sent_again = sum(each.again for each in both)
        count.replies_in_error = sum(len(each.troubles) for each in both)
        left = left_of(place, hands)
    print(f"kill -9 on {given.database}, seed {given.seed}")
    for part in (count, left):
        for field in fields(part):
            print(f"{field.name.replace('_', ' '):32} {getattr(part, field.name):>7}")
    for trouble in (*learner.troubles[:3], *hands.troubles[:3]):
        print(f"  a reply in error: {trouble}")
    whole = count.is_whole and left.is_whole
    print("whole" if whole else "NOT WHOLE")
    return 0 if whole else 1


def _prepare(place: Installation) -> tuple[Learner, Hands]:
    """One who answers questions, and another one who does the labs."""
    place.prepare()
    with opened(place.app()) as app:
        crowd = gather(sizes=(1,), beginners=100)
        doer = crowd.beginners[0]
        visitor, other = signed_in(app, [crowd.reader, doer])
        start, recorded = quiz_start(app), recorded_runs(app, doer)
    port = place.settings.port
    return Learner(port, visitor, start), Hands(port, other, recorded)


def _kill_often(
    place: Installation, people: Sequence[Insisting], kills: int, chance: Random
) -> int:
    """How many times the server was killed before the time was over."""
    end = time.perf_counter() + SECONDS
    server, done = place.serve(), 0
    for each in people:
        each.start()
    try:
        while done < kills and time.perf_counter() < end:
            _await_work(server, people)
            time.sleep(chance.uniform(0, LONGEST))
            server.kill()
            done += 1
            server = place.serve()
        _await_work(server, people)
        for each in people:
            each.over.set()
            each.join(timeout=PATIENCE)
    finally:
        for each in people:
            each.over.set()
        server.stop()
    return done


def _await_work(server: Server, people: Sequence[Insisting]) -> None:
    """Wait until this server has kept something of each: all are in the middle."""
    end = time.perf_counter() + PATIENCE
    before = [len(each.kept) for each in people]
    while any(len(p.kept) == count for p, count in zip(people, before, strict=True)):
        ended = server.process.poll() is not None
        stopped = next((each for each in people if not each.is_alive()), None)
        if ended or stopped or time.perf_counter() > end:
            log = server.log.read_text("utf-8", "replace")[-1000:]
            raise RuntimeError(f"Nothing is kept any more. {log}") from (
                stopped and stopped.failure
            )
        time.sleep(PAUSE)


def _look(place: Installation, learner: Learner) -> Count:
    engine = create_engine(place.settings.database)
    with engine.connect() as connection:
        count = _answers(connection, learner)
        count.attempts_open_twice = _open_twice(connection)
        before = _standings(connection)
    place.command("progress", "rebuild")
    with engine.connect() as connection:
        after = _standings(connection)
    engine.dispose()
    count.standings_changed_by_rebuild = len(before ^ after)
    return count


def _answers(connection: Connection, learner: Learner) -> Count:
    rows = connection.execute(
        select(
            Attempt.id,
            Item.position,
            Submission.client_id,
            func.count(Submission.id.distinct()),
            func.count(Grade.id),
        )
        .join(Item, Item.attempt_id == Attempt.id)
        .join(Submission, Submission.item_id == Item.id)
        .outerjoin(Grade, Grade.submission_id == Submission.id)
        .group_by(Attempt.id, Item.position, Submission.client_id)
    )
    found = {Kept(*row[:3]): (row[3], row[4]) for row in rows}
    kept = [answer for answer in learner.kept if answer in found]
    return Count(
        acknowledged=len(learner.kept),
        kept=len(kept),
        lost=len(learner.kept) - len(kept),
        doubled=sum(answers > 1 for answers, _grades in found.values()),
        without_a_grade=sum(grades == 0 for _answers, grades in found.values()),
        graded_twice=sum(grades > 1 for _answers, grades in found.values()),
    )


def _open_twice(connection: Connection) -> int:
    twice = (
        select(Attempt.user_id)
        .where(Attempt.ended_at.is_(None))
        .group_by(Attempt.user_id, Attempt.quiz, Attempt.mode)
        .having(func.count() > 1)
    )
    return len(connection.execute(twice).all())


def _standings(connection: Connection) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(select(Standing.__table__))}


if __name__ == "__main__":
    sys.exit(main())
