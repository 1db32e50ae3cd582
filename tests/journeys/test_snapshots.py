"""What a screen reader is given, page by page, compared with what was agreed.

SNAPSHOTS=update writes the files again: read the difference before keeping it.
"""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from course.base import clock
from course.features.centre import services as centres
from course.features.progress.services import Deed, Verb, record
from tests.journeys.person import Person
from tests.journeys.site import SHORT
from tests.make.account import make_user
from tests.make.centre import make_centre

SNAPSHOTS = Path(__file__).parent / "snapshots"
# What differs from one run to the next: numbers of rows, ports, codes drawn.
DRAWN = (
    (re.compile(r"(/url: \S*?/)\d+"), r"\1N"),
    (re.compile(r"\b[ABCEFHJKMPRTUWXY2-9]{6}\b"), "CODE"),
)


def same(person: Person, name: str) -> None:
    """The main part of the page is the one of the file."""
    expect(person.page.locator("main h1")).to_be_visible()
    tree = person.page.locator("main").aria_snapshot()
    for pattern, word in DRAWN:
        while (found := pattern.sub(word, tree)) != tree:
            tree = found
    path = SNAPSHOTS / f"{name}.{person.language}.yaml"
    if os.environ.get("SNAPSHOTS") == "update":
        path.write_text(tree + "\n", "utf-8")
    assert tree + "\n" == path.read_text("utf-8")


@pytest.fixture
def learner(small, device, language) -> Person:
    return device(small, small.account("Ada Lovelace", language))


def test_a_lesson(learner):
    learner.go("/lessons/premiere")

    same(learner, "lesson")


def test_a_question_then_its_review(learner, small):
    learner.go(f"/quizzes/{SHORT}")
    learner.press("Begin the check")
    same(learner, "question")

    learner.page.locator("label.option").first.click()
    learner.keep()
    learner.press("End, and see the reasons")

    same(learner, "review")


def test_the_page_of_a_cohort(small, device, language):
    account, cohort = small.do(lambda: _followed(language, small))
    trainer = device(small, account)

    trainer.go(f"/cohorts/{cohort}")

    same(trainer, "cohort")


def _followed(language, site):
    trainer = make_user("Grace Hopper", language=language)
    centre = make_centre(f"Centre {language}", trainer=trainer)
    cohort = centres.create_cohort(trainer, centre.id, "Novembre")
    long_ago = clock.now() - timedelta(days=20)
    for name, done in (("Inès Martin", 2), ("Luc Moreau", 1), ("Zoé Durand", 0)):
        user = make_user(name, language=language)
        centres.join_cohort(user, cohort)
        for key in ("premiere", "seconde")[:done]:
            record(Deed(user.id, Verb.READ, "lesson", key, long_ago, f"{key}-read"))
    return site.signed_in(trainer), cohort.id
