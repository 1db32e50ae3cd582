"""Somebody learns, through the same services as everybody, at a time of the past."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from course.base import clock
from course.base.db import db, transaction
from course.domain.landmark import landmarks
from course.domain.lesson import Page, Try
from course.domain.questions.base import Question, Variant
from course.domain.visibility import Mode
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.catalogue.queries import Shelf
from course.features.demo import answering, handling
from course.features.demo.answering import Form
from course.features.demo.people import Person
from course.features.demo.stories import Act, Visit, What
from course.features.lab import queries as runs
from course.features.lab import services as labs
from course.features.lesson import services as lessons
from course.features.lesson.rendering import variant_of
from course.features.progress.services import MANY_WRONG
from course.features.quiz import queries as quizzes
from course.features.quiz import services as attempts
from course.features.quiz.models import Attempt
from course.features.quiz.queries import Line

LONGEST = 9 * 60  # seconds in one stretch: a longer silence would not count
HALF = 0.5  # of a failed check was right
PROFILE = timedelta(minutes=3)  # the notice and the four questions come before


class Learning:
    """One learner's days; `at` is what their clock says."""

    def __init__(self, user: User, person: Person, shelf: Shelf, rng: Random) -> None:
        self.user = user
        self.person = person
        self.shelf = shelf
        self.rng = rng
        self.at = user.created_at
        self.count = 0
        self.deeds = {
            What.READ: self.read,
            What.GLANCE: self.glance,
            What.PRACTICE: self.practise,
            What.HURDLE: self.stumble,
            What.WORK: partial(self.work, passing=True),
            What.STRAY: partial(self.work, passing=False),
            What.LEAVE: partial(self.work, passing=True, whole=False),
            What.SUCCEED: partial(self.check, passing=True),
            What.FAIL: partial(self.check, passing=False),
            What.GUESS: partial(self.check, passing=False, hasty=True),
        }

    def live(self, visits: tuple[Visit, ...]) -> datetime:
        """Do all of it; when the last thing was done."""
        if visits:
            with transaction(), clock.at(visits[0].at - PROFILE):
                accounts.inform(self.user)
                accounts.set_language(self.user, self.person.language)
                accounts.save_profile(self.user, self.person.profile)
            # As the next request would know them: a draw goes by the trade.
            self.user = db.session.get_one(User, self.user.id)
        for visit in visits:
            self.at = max(visit.at, self.at)
            for act in visit.acts:
                self.do(act)
        return self.at

    def do(self, act: Act) -> None:
        """One thing, then a breath."""
        self.deeds[act.what](act.key)
        self.wait(self.rng.uniform(70, 150))

    def wait(self, seconds: float) -> None:
        """Let whole seconds pass."""
        self.at += timedelta(seconds=max(1, round(min(seconds, LONGEST))))

    def client(self) -> str:
        """The id that the page makes for what is sent."""
        self.count += 1
        return f"demo-{self.user.id}-{self.count}"

    def knows(self) -> bool:
        """Whether the next answer is right."""
        return self.rng.random() < self.person.ability

    def form(self, question: Question, variant: Variant, *, right: bool) -> Form:
        """What is ticked or typed."""
        if right:
            return answering.right_form(question, variant)
        return answering.wrong_form(question, variant, self.rng)

    # Lessons

    def page(self, key: str) -> Page:
        """The lesson as this person sees it."""
        profile = self.person.profile
        lesson = self.shelf.lesson(key)
        return lesson.page(self.person.language, profile.trade, profile.position)

    def read(self, key: str) -> None:
        """From the first line to the last, trying the questions on the way."""
        tries = [block for block in self.page(key).blocks if isinstance(block, Try)]
        minutes = self.shelf.lesson(key).minutes or len(tries) + 2
        stretch = 60 * minutes * self.rng.uniform(0.7, 1.4) / (len(tries) + 1)
        for block in tries:
            self.wait(stretch)
            right = self.knows()
            self.try_it(key, block, right=right)
            if not right and self.knows():
                self.wait(self.rng.uniform(15, 40))
                self.try_it(key, block, right=True)
        self.wait(stretch)
        with clock.at(self.at):
            lessons.read(self.user, self.shelf, key)

    def try_it(self, key: str, block: Try, *, right: bool) -> None:
        """Answer a question of a lesson."""
        variant = variant_of(block)
        form = self.form(block.question, variant, right=right)
        kept = answering.tried(block.question, variant, form)
        result = {"try": block.name, **kept}
        with clock.at(self.at):
            lessons.tried(self.user, self.shelf, key, result, client_id=self.client())

    def glance(self, key: str) -> None:
        """Open a lesson, and be called away in its middle."""
        stops = landmarks(self.page(key), self.shelf.lesson(key).minutes)
        self.wait(self.rng.uniform(60, 200))
        for stop in stops[len(stops) // 2 :][:1]:
            with clock.at(self.at):
                lessons.keep_place(self.user.id, key, stop.anchor)

    # Labs

    def work(self, key: str, *, passing: bool, whole: bool = True) -> None:
        """Handle what there is on the desk, as somebody did when it was recorded."""
        with clock.at(self.at):
            run = labs.start_run(
                self.user, self.shelf, key, Mode.CHECK, seed=self.rng.getrandbits(31)
            )
        samples = handling.runs_of(runs.lab_of(run), passing=passing)
        actions = handling.chosen(samples, self.rng) if samples else []
        self.wait(self.rng.uniform(30, 90))
        # Nobody else acts meanwhile: it is not read again at each action.
        opened = runs.locked(self.user.id, run.id)
        for action in actions if whole else actions[: len(actions) // 2]:
            self.wait(self.rng.uniform(8, 40))
            what, form = f"{action.simulator}.{action.name}", handling.form_of(action)
            with clock.at(self.at):
                opened, _at = labs.go_on(opened, what, form, self.client())
        if whole:
            self.wait(self.rng.uniform(4, 15))
            with clock.at(self.at):
                labs.end_run(self.user.id, run.id)

    # Quizzes

    def start(self, key: str, mode: Mode) -> tuple[Attempt, list[Line]]:
        """Begin, and see the questions."""
        with clock.at(self.at):
            attempt = attempts.start_attempt(
                self.user, self.shelf, key, mode, seed=self.rng.getrandbits(31)
            )
        return attempt, quizzes.sitting_of(self.user.id, attempt.id).lines

    def answer(self, attempt: Attempt, line: Line, form: Form) -> float:
        """Send a form; the share that it got."""
        with clock.at(self.at):
            _sitting, kept, _at = attempts.answer(
                self.user.id, attempt.id, line.item.position, form, self.client()
            )
        return kept.share or 0

    def think(self, line: Line, *, hasty: bool = False) -> None:
        """Read the question, and choose; or do not."""
        words = answering.wordcount(line.question, line.item.variant)
        reading = words / self.person.speed + self.rng.uniform(3, 18)
        self.wait(1 if hasty else reading)

    def end(self, attempt: Attempt) -> None:
        """See the result."""
        self.wait(self.rng.uniform(4, 15))
        with clock.at(self.at):
            attempts.end_attempt(self.user.id, attempt.id)

    def practise(self, key: str) -> None:
        """Every question, again when it was wrong."""
        attempt, lines = self.start(key, Mode.PRACTICE)
        for line in lines:
            right = self.knows()
            for each in (right,) if right else (False, True):
                self.think(line)
                form = self.form(line.question, line.item.variant, right=each)
                self.answer(attempt, line, form)
        self.end(attempt)

    def stumble(self, key: str) -> None:
        """A practice in which one question goes wrong again and again."""
        attempt, lines = self.start(key, Mode.PRACTICE)
        for line in lines[: len(lines) // 2]:
            self.think(line)
            right = self.form(line.question, line.item.variant, right=True)
            self.answer(attempt, line, right)
        hurdles = [line for line in reversed(lines) if self.can_err(line)]
        for hurdle in hurdles[:1] * self.rng.randint(MANY_WRONG, MANY_WRONG + 2):
            self.think(hurdle)
            wrong = self.form(hurdle.question, hurdle.item.variant, right=False)
            self.answer(attempt, hurdle, wrong)

    def can_err(self, line: Line) -> bool:
        """Whether something wrong can be said: an opinion never is."""
        wrong = self.form(line.question, line.item.variant, right=False)
        return wrong != answering.UNKNOWN

    def check(self, key: str, *, passing: bool, hasty: bool = False) -> None:
        """A check with the result that the story wants, question by question."""
        attempt, lines = self.start(key, Mode.CHECK)
        total = sum(line.item.points for line in lines)
        needed = total * attempt.pass_mark / 100
        gained, left = 0.0, total
        for line in lines:
            points = line.item.points
            left -= points
            right = self.knows() if passing else self.rng.random() < HALF
            if passing and gained + left < needed:
                right = True
            form = self.form(line.question, line.item.variant, right=right)
            share = answering.worth(line.question, line.item.variant, form) or 0
            if not passing and gained + share * points >= needed:
                form = answering.UNKNOWN
            self.think(line, hasty=hasty)
            gained += points * self.answer(attempt, line, form)
        self.end(attempt)
