"""Texts to edit, and the editor's form filled in."""

from flask import g
from sqlalchemy import func, select

from course.base.db import db
from course.features.author.models import Draft
from course.features.catalogue import queries as catalogue
from tests.make.library import FILES
from tests.page import parse

QUIZ = {"kind": "quiz", "key": "essai"}
LESSON = {"kind": "lesson", "key": "premiere"}
FR, EN = FILES["quizzes/essai.fr.md"], FILES["quizzes/essai.en.md"]
OTHER_FR = FR.replace("Qui prévenez-vous d'abord", "Qui appelez-vous d'abord")
THIRD_FR = FR.replace("Qui prévenez-vous d'abord", "Qui faut-il prévenir")
BROKEN_FR = FR.replace("- [x] Je coupe le réseau", "- [ ] Je coupe le réseau", 1)


def drafts():
    """How many drafts there are."""
    return db.session.scalar(select(func.count()).select_from(Draft))


def hidden(answer, name="seen"):
    """What the form has in hand."""
    return parse(answer.text).find(f".//input[@name='{name}']").get("value")


def fields(answer, **given):
    """The form of a page, filled in again."""
    return {"seen": hidden(answer), "fr": FR, "en": EN, **given}


def typed(answer, name="fr"):
    """What stands in a field of text."""
    area = parse(answer.text).find(f".//textarea[@id='{name}']")
    return "".join(area.itertext()).removeprefix("\n")


def save(browser, thing, **given):
    """Open the editor, type, save."""
    page = browser.get("author.edit", **thing)
    return browser.post("author.save", data=fields(page, **given), **thing)


def asked_in_french():
    """What learners are asked now, whatever this test has read before."""
    g.pop("shelf", None)
    return catalogue.shelf().quiz("essai").question("appel").ask["fr"]
