"""A centre at work: few people, whom the pages are about, and a cohort of eighty.

Whoever speaks has no language of their own: the browser's decides, so that the same
page is visited in each.
"""

from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from course.base import clock
from course.base.db import db, transaction
from course.domain.landmark import landmarks
from course.domain.profile import Profile, Trade
from course.domain.quiz import Quiz
from course.domain.rights import Role, Scope
from course.domain.visibility import Mode
from course.features.account import merging
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.centre import services as centres
from course.features.centre.models import Cohort
from course.features.lab import services as services_of_labs
from course.features.lesson.services import keep_place
from course.features.privacy import services as privacy
from course.features.progress.services import Deed, Verb, record
from course.features.quiz import queries, services
from course.features.quiz.models import Attempt, Item
from course.features.tracking.services import add_note
from tests.journeys.runs import acted, begun, worked
from tests.journeys.site import Account, Site
from tests.make.account import make_guest, make_user
from tests.make.passport import make_stamp

CROWD = 80
FIRST = ("Inès", "Élodie", "Zoé", "Marc", "Luc", "Fatou", "Ahmed", "Chloé", "Noé")
LAST = ("Martin", "Petit", "Durand", "Leroy", "Moreau", "Diallo", "Garnier")


class World(Site):
    """The people by what they do, and the addresses of what was made for them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.people: dict[str, Account] = {}
        self.places: dict[str, Any] = {}
        self.times = count()
        self.do(self._make)
        self.server.start()

    def _make(self) -> None:
        now = clock.now()
        module = self.library.modules[0]
        quiz = next(q for q in self.library.quizzes if q.module == module.key)
        lessons = [lesson.key for lesson in module.lessons]
        self.places |= {"module": module.key, "quiz": quiz.key}
        self.places["revision"] = shelf().revision("quiz", quiz.key)
        self.places |= {f"lesson{at}": key for at, key in enumerate(lessons, 1)}
        try:
            clock.set_to(now - timedelta(days=9))
            learner = self._staff()
            clock.set_to(now - timedelta(days=2))
            _reads(learner, lessons)
            self.places["failed"] = _sat(learner, quiz.key, rights=3)
            clock.set_to(now - timedelta(days=1))
            self.places["passed"] = _sat(learner, quiz.key, rights=99)
            clock.set_to(now - timedelta(hours=1))
            self.places["check"] = _every_kind(learner, quiz)
            self.places["practice"] = _begun(learner, quiz.key)
            self.places["token"] = accounts.make_access_link(learner)
            self._others(module.lessons[0], quiz)
        finally:
            clock.set_to(None)

    def _staff(self) -> User:
        admin = make_user("Linus Bernard", role=Role.ADMIN, language=None)
        trainer = make_user("Grace Hamelin", role=Role.TRAINER, language=None)
        learner = make_user("Ada Lovelace", language=None)
        newcomer = make_user("Paul Nouveau", language=None, informed=False)
        guest = make_guest()
        with transaction():
            db.session.get_one(User, guest.id).language = None
        named = {"admin": admin, "trainer": trainer, "learner": learner}
        named |= {"newcomer": newcomer, "guest": guest}
        self.people = {name: self.signed_in(user) for name, user in named.items()}
        self.people["away"] = self.people[
            "trainer"
        ]  # whose session ends, again and again
        accounts.save_profile(learner, Profile(trade=Trade.BAKER))
        self._cohorts(trainer, learner, newcomer)
        return learner

    def _cohorts(self, trainer: User, learner: User, newcomer: User) -> None:
        centre = centres.create_centre("Centre de Marseille")
        centres.add_trainer(centre, trainer)
        names = ("Printemps", "Personne encore", "Artisans du mardi", "Novembre")
        made = [centres.create_cohort(trainer, centre.id, name) for name in names]
        closed, empty, little, big = made
        days = {"begins_on": date(2026, 11, 2), "ends_on": date(2026, 12, 18)}
        centres.update_cohort(trainer, little, little.name, place="Salle 3", **days)
        self._erased(closed)
        centres.close_cohort(closed)
        for user in (learner, newcomer):
            centres.join_cohort(user, little)
        for at in range(3):
            _crowd(little.id, f"{FIRST[-at]} {LAST[at]}", self.library, Random(at))
        self._little(trainer, little)
        for at in range(CROWD):
            name = f"{FIRST[at % len(FIRST)]} {LAST[at * 5 % len(LAST)]}"
            _crowd(big.id, name, self.library, Random(at))
        self.places |= {"centre": centre.id, "code": big.code, "account": trainer.id}
        self.places["closed"] = closed.id
        self.places |= {"empty": empty.id, "little": little.id, "big": big.id}
        self.places |= {"user": learner.id, "newcomer": newcomer.id}

    def _erased(self, cohort: Cohort) -> None:
        """Somebody who was trained, and asked to be forgotten."""
        gone = make_user("Odette Perrin", language=None)
        centres.join_cohort(gone, cohort)
        make_stamp(gone, self.library.modules[0].key)
        privacy.erase(gone, by=None)

    def _little(self, trainer: User, little: Cohort) -> None:
        """Who reads, who has every stamp, who has two devices; two who left."""
        for name, called in (
            ("reader", "Hedy Lamarr"),
            ("holder", "Joan Clarke"),
            ("torn", "Alan Mathison"),
        ):
            user = make_user(called, language=None)
            accounts.save_profile(user, Profile(trade=Trade.BAKER))
            centres.join_cohort(user, little)
            self.people[name] = self.signed_in(user)
        once, twice, gone = (
            make_user(name, language=None)
            for name in ("Rosa Parks", "Rosa Park", "Luc Brun")
        )
        for user in (once, twice, gone):
            centres.join_cohort(user, little)
        merging.merge(trainer, once, twice, little.id)
        for user in (once, gone):
            centres.remove_learner(trainer, user, little)

    def _others(self, lesson: Any, quiz: Quiz) -> None:
        trainer, learner, reader, holder, torn = (
            db.session.get_one(User, self.people[name].id)
            for name in ("trainer", "learner", "reader", "holder", "torn")
        )
        for text in ("Préfère le mardi.", "À revoir : le câble.\nAppelle jeudi."):
            add_note(trainer, learner.id, text)
        stops = landmarks(lesson.page("fr", Trade.BAKER, None), lesson.minutes)
        keep_place(reader.id, lesson.key, stops[len(stops) // 2].anchor)
        for module in self.library.modules:
            make_stamp(holder, module.key)
        self.places["rival"] = _every_kind(torn, quiz)
        self._workers()

    def _workers(self) -> None:
        """Who has done labs in every way, and who begins."""
        worker = make_user("Margaret Hamilton", language=None)
        beginner = make_user("Mary Jackson", language=None)
        self.people["worker"] = self.signed_in(worker)
        self.people["beginner"] = self.signed_in(beginner)
        little = db.session.get_one(Cohort, self.places["little"])
        centres.join_cohort(worker, little)
        self.places["worker"] = worker.id
        for lab in self.library.labs:
            if lab.key == "devis":
                self.places["devis_rejected"] = _rejected(worker, lab)
            self.places |= worked(worker, lab)
            self.places[f"{lab.key}_desk"] = begun(beginner, lab.key).id

    def answers_elsewhere(self) -> None:
        """Somebody's other device answers the first question of a check."""
        torn, attempt = self.people["torn"].id, self.places["rival"]
        raw, word = {"unknown": ["1"]}, f"elsewhere-{next(self.times)}"
        self.do(lambda: services.answer(torn, attempt, 1, raw, word) and None)


def _rejected(user: User, lab: Any) -> int:
    """A practice in which a platform sent an invoice back: it bore no SIREN."""
    [sample] = [each for each in lab.samples if each.name == "siren-oublie"]
    run = acted(begun(user, lab.key, Mode.PRACTICE), sample, upto=3)
    services_of_labs.end_run(user.id, run.id)
    return run.id


@transaction()
def _crowd(cohort: int, name: str, library: Any, chance: Random) -> None:
    """Somebody who went so far, and was last seen some day."""
    user = accounts.create_user(name, None)
    accounts.grant(user, Role.LEARNER, Scope.COHORT, cohort)
    steps = [("lesson", e.key) for m in library.modules for e in m.lessons]
    steps += [("quiz", quiz.key) for quiz in library.quizzes]
    at = clock.now() + timedelta(days=chance.randrange(9), minutes=user.id)
    for kind, key in steps[: chance.randrange(len(steps) + 1)]:
        word = f"{user.id}-{key}"
        if kind == "lesson":
            record(Deed(user.id, Verb.READ, kind, key, at, word))
            continue
        for turn in range(chance.randrange(1, 4)):
            share = chance.choice((0.4, 0.6, 0.9))
            verb = Verb.PASSED if share > 0.7 else Verb.FAILED
            record(
                Deed(
                    user.id,
                    verb,
                    kind,
                    key,
                    at,
                    f"{word}-{turn}",
                    result={"share": share},
                )
            )


def _reads(learner: User, lessons: list[str]) -> None:
    for key in lessons:
        word = f"{key}-read"
        record(Deed(learner.id, Verb.READ, "lesson", key, clock.now(), word))


def _sat(learner: User, quiz: str, rights: int) -> int:
    """A check that has ended, with so many right answers."""
    attempt = services.start_attempt(learner, shelf(), quiz, "check")
    for line in queries.sitting_of(learner.id, attempt.id).lines:
        place, variant = line.item.position, line.item.variant
        right = place <= rights
        raw = raw_of(line.question, variant) if right else {"unknown": ["1"]}
        services.answer(learner.id, attempt.id, place, raw, f"answer-{place}")
    services.end_attempt(learner.id, attempt.id)
    return attempt.id


def _begun(learner: User, quiz: str) -> int:
    """A practice whose first question was answered."""
    attempt = services.start_attempt(learner, shelf(), quiz, "practice")
    [line, *_more] = queries.sitting_of(learner.id, attempt.id).lines
    raw = raw_of(line.question, line.item.variant)
    services.answer(learner.id, attempt.id, 1, raw, "answer-1")
    return attempt.id


def _every_kind(learner: User, quiz: Quiz) -> int:
    """An open check that asks one question of each kind, always the same ones."""
    attempt: Attempt = services.start_attempt(learner, shelf(), quiz.key, "check")
    found = {(q.kind, _many(q)): q for q in quiz.for_trade(Trade.BAKER).questions}
    with transaction():
        items = db.session.query(Item).filter_by(attempt_id=attempt.id)
        for item, question in zip(
            items.order_by(Item.position), found.values(), strict=False
        ):
            item.question = question.id
            item.variant = question.prepare(Random(7))
    return attempt.id


def _many(question: Any) -> bool:
    return question.kind == "choice" and sum(o.right for o in question.options) > 1


def raw_of(question: Any, variant: Any) -> dict[str, list[str]]:
    """The form of a right answer."""
    face = question.face(variant, "fr")
    items = {item.text: item.key for item in face.items}
    targets = {item.text: item.key for item in face.targets}

    def pairs(things: Any) -> dict[str, list[str]]:
        return {
            f"answer-{items[thing.say('fr')]}": [targets[target.say("fr")]]
            for thing, target in things
        }

    if question.kind == "choice":
        right = [option.text.say("fr") for option in question.options if option.right]
        return {"answer": [items[text] for text in right]}
    if question.kind == "match":
        return pairs((row.text, row.target) for row in question.rows)
    if question.kind == "sort":
        return pairs((t.text, question.groups[t.group].text) for t in question.things)
    if question.kind == "order":
        steps = enumerate(question.solution("fr"), 1)
        return {f"answer-{items[text]}": [str(place)] for place, text in steps}
    return {"answer": [question.solution("fr")[0]]}
