"""What a screen reader is given, page by page, compared with what was agreed.

SNAPSHOTS=update writes the files again: read the difference before keeping it.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from course.features.account.queries import user_by_id
from tests.journeys.acts import listed
from tests.journeys.person import Person
from tests.journeys.site import SHORT, followed
from tests.make.passport import make_stamp

SNAPSHOTS = Path(__file__).parent / "snapshots"
# What differs from one run to the next: numbers of rows, ports, codes drawn.
DRAWN = (
    (re.compile(r"(/url: \S*?/)\d+"), r"\1N"),
    (re.compile(r"\bCentre \d+"), "Centre N"),
    (re.compile(r"\b[ABCEFHJKMPRTUWXY2-9]{6}\b"), "CODE"),
    (re.compile(r"(Document( n°)?\n +- definition: )(?!NUMBER)\S+"), r"\1NUMBER"),
    (re.compile(r"\b\d\d?(/\d\d/| \w+\.? )\d{4}\b"), "DAY"),
    (re.compile(r"\b\d\d?( h |:)\d\d\b"), "TIME"),
    (re.compile(r"([a-z]\.[a-z]+)\d+"), r"\1"),
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
    account, cohort = small.do(lambda: followed(small, language))
    trainer = device(small, account)

    trainer.go(f"/cohorts/{cohort}")

    same(trainer, "cohort")


def test_a_passport(small, device, language):
    account = small.account("Ada Lovelace", language)
    small.do(lambda: make_stamp(user_by_id(account.id)))
    learner = device(small, account)

    learner.go("/passport")

    same(learner, "passport")


def test_two_answers_to_one_question(small, device, language):
    account = small.account("Ada Lovelace", language)
    phone, pc = device(small, account), device(small, account)
    phone.go(f"/quizzes/{SHORT}")
    phone.press("Begin the check")
    expect(phone.question).to_be_visible()
    pc.go(phone.page.url)
    phone.press("I do not know")
    phone.at("You have answered everything")

    pc.page.locator("label.option").first.click()
    pc.press("Keep my answer")
    pc.at("Two answers to one question: which one counts?")

    same(pc, "conflict")


def test_a_list_that_is_checked(small, device, language):
    account, cohort = small.do(lambda: followed(small, language))
    trainer = device(small, account)
    trainer.go(f"/cohorts/{cohort}/import")

    listed(trainer)

    same(trainer, "import")
