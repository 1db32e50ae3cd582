"""What is measured: each scenario is one deed, made of requests as a browser sends."""

import http.client
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product, zip_longest
from typing import TypeVar

from flask import Flask, url_for

from bench import labs
from bench.crowd import SIZES, Crowd
from bench.installation import QUESTIONS
from bench.visitor import AnswerForm, Asking, RefusedError, Reply, Visitor, signed_in
from course.features.catalogue.queries import shelf

T = TypeVar("T")
Deed = Callable[[Asking], None]
BARE, LESSON, READ, ATTEMPT = "bare page", "lesson page", "progress POST", "attempt"
ACTION = "action in a lab"
OPEN, REVIEW = f"run of {labs.LONG}, open", f"run of {labs.LONG}, review"
COHORTS = {size: f"cohort of {size}" for size in SIZES}
NAMES = (BARE, LESSON, READ, ATTEMPT, ACTION, OPEN, REVIEW, *COHORTS.values())
LESSON_READ = "/lessons/contagion"


class NobodyLeftError(RuntimeError):
    """Every beginner has had a turn."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name, and a deed that may be done again and again."""

    name: str
    deed: Deed

    @property
    def is_bare(self) -> bool:
        """Whether it is the yardstick's server that answers."""
        return self.name == BARE


def scenarios_for(app: Flask, crowd: Crowd) -> list[Scenario]:
    """All of them, on the people of this crowd."""
    trainer, reader = signed_in(app, [crowd.trainer, crowd.reader])
    beginners = signed_in(app, crowd.beginners)
    with app.test_request_context():
        keys = [x.key for m in shelf().library.modules for x in m.lessons]
        reads = [url_for("lesson.read", key=key) for key in keys]
        cohorts = {
            size: url_for("tracking.cohort", cohort_id=cohort)
            for size, cohort in crowd.cohorts.items()
        }
    runs = labs.begin(crowd.beginners)
    long = labs.finished(crowd.reader)
    # The lab with the most on its desk.
    opens, ended = long[max(long, key=lambda key: len(shelf().lab(key).desk))]
    # These iterators are written in C: threads may share them.
    return [
        Scenario(BARE, page(None, f"/users/{crowd.reader.id}")),
        Scenario(LESSON, page(reader, LESSON_READ)),
        Scenario(READ, record(product(reads, beginners))),
        Scenario(ATTEMPT, attempt(iter(beginners), quiz_start(app))),
        Scenario(ACTION, act(iter(turns_of(runs, beginners)))),
        Scenario(OPEN, page(reader, f"/runs/{opens}")),
        Scenario(REVIEW, page(reader, f"/runs/{ended}/review")),
        *(
            Scenario(COHORTS[size], page(trainer, path))
            for size, path in cohorts.items()
        ),
    ]


def quiz_start(app: Flask) -> str:
    """Where an attempt of so many questions begins."""
    with app.test_request_context():
        pools = {quiz.key: len(quiz.pool) for quiz in shelf().library.quizzes}
        key = next(key for key, size in pools.items() if size >= QUESTIONS)
        return url_for("quiz.start", key=key)


def page(visitor: Visitor | None, path: str) -> Deed:
    """The same page again."""

    def deed(asking: Asking) -> None:
        asking.get(visitor, path)

    return deed


def record(turns: Iterator[tuple[str, Visitor]]) -> Deed:
    """Each time a lesson that this person had not read: nothing is skipped."""

    def deed(asking: Asking) -> None:
        path, visitor = _next(turns)
        asking.post(visitor, path)

    return deed


Turn = tuple[Visitor, str, labs.Fields]


def turns_of(runs: Sequence[labs.Begun], visitors: Sequence[Visitor]) -> Sequence[Turn]:
    """The next action of each run, then the one after: no two at once in one run."""
    people = {visitor.user_id: visitor for visitor in visitors}
    mine = [
        [
            (people[run.user.id], f"/runs/{run.run_id}/actions", labs.form_of(action))
            for action in run.next
        ]
        for run in runs
    ]
    return [turn for turns in zip_longest(*mine) for turn in turns if turn]


def act(turns: Iterator[Turn]) -> Deed:
    """The next thing that somebody does on a desk, as a browser with scripts."""

    def deed(asking: Asking) -> None:
        visitor, path, fields = _next(turns)
        _kept(asking.post_by_script(visitor, path, fields))

    return deed


def attempt(visitors: Iterator[Visitor], start: str) -> Deed:
    """A whole check: begin, read, answer each question, end, read the review.

    Each time somebody else, since a failed check asks for a minute's pause.
    """

    def deed(asking: Asking) -> None:
        visitor = _next(visitors)
        begun = asking.post(visitor, start, [("mode", "check")])
        # A browser follows: the address of the attempt leads to its first question.
        html = asking.get(visitor, begun.location).body.decode()
        for _ in range(QUESTIONS):
            form = AnswerForm(html)
            html = _kept(asking.post_by_script(visitor, form.action, form.filled()))
        review = asking.post(visitor, f"{begun.location}/end").location
        asking.get(visitor, review)

    return deed


def _next(turns: Iterator[T]) -> T:
    for turn in turns:
        return turn
    raise NobodyLeftError


def _kept(reply: Reply) -> str:
    if reply.status != http.client.OK:
        raise RefusedError(f"{reply.status} {reply.body[:300]!r}")
    return json.loads(reply.body)["html"]
