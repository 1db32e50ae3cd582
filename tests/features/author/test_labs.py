"""A lab is edited as a lesson is: in words, checked, played, published."""

import pytest
from flask import g

from course.features.catalogue import queries as catalogue
from tests.make.author import drafts, fields, hidden, typed
from tests.make.library import publish
from tests.make.library_lab import FILES_AND_LAB, LAB_EN, LAB_FR
from tests.page import parse, said

LAB = {"kind": "lab", "key": "console"}
LONGER = LAB_FR.replace("pass: 4", "pass: 5")
LONGER_EN = LAB_EN.replace("pass: 4", "pass: 5")
WRONG = LAB_FR.replace("### plein (5)", "### plein (3)")


@pytest.fixture
def small_lab(app, tmp_path):
    """The small library with its lab: published."""
    return publish(tmp_path, FILES_AND_LAB)


def typed_in(page, **given):
    """The editor's form, as if it was typed in."""
    return fields(page, **{"fr": LAB_FR, "en": LAB_EN, **given})


def test_contents_lead_to_the_text_of_a_lab(as_admin, small_lab):
    answer = as_admin.get("author.contents")

    assert "/content/lab/console" in answer.text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_editor_shows_the_mission_and_what_is_judged(as_admin, small_lab, language):
    answer = as_admin.get(
        "author.edit", query_string={"language": language, "trade": "baker"}, **LAB
    )

    seen = parse(answer.text).find(".//div[@class='seen']")
    assert seen.get("lang") == language
    words = ("Dans le magasin", "La protection est active.", "Le fichier s'ouvre")
    if language == "en":
        words = ("In the shop", "The protection is on.", "The file opens")
    for each in words:
        assert each in said(seen).replace("’", "'")
    assert typed(answer) == LAB_FR


def test_a_lab_without_a_sheet_or_a_wrong_turn_is_shown_too(as_admin, app, tmp_path):
    def bare(text):
        before, _, rest = text.partition("## sheet")
        start = "## tasks" + rest.partition("## tasks")[2].partition("## conseq")[0]
        runs = "\n## runs" + text.partition("## runs")[2] if "## runs" in text else ""
        for line in ("- springs: ouvert\n", "- done: Elle surveille.\n"):
            runs, start = runs.replace(line, ""), start.replace(line, "")
        start = start.replace("- see: [Le câble](lesson:premiere#cable)\n", "")
        return (
            before
            + start.replace("- see: [The cable](lesson:premiere#cable)\n", "")
            + runs
        )

    names = {p: bare(t) if ".lab." in p else t for p, t in FILES_AND_LAB.items()}
    names = {p: t.replace("- done: It watches.\n", "") for p, t in names.items()}
    publish(tmp_path, names)

    answer = as_admin.get("author.edit", **LAB)

    seen = said(parse(answer.text).find(".//div[@class='seen']"))
    assert "La protection est active." in seen
    assert "Le programme agit" not in seen


def test_a_run_that_does_not_play_as_written_is_said(as_admin, small_lab):
    page = as_admin.get("author.edit", **LAB)

    answer = as_admin.post("author.preview", data=typed_in(page, fr=WRONG), **LAB)

    assert "plein" in said(parse(answer.text).find(".//ul[@class='messages']"))


def test_a_lab_that_does_not_play_is_not_published(as_admin, small_lab):
    page = as_admin.get("author.edit", **LAB)

    answer = as_admin.post(
        "author.publish", data=typed_in(page, fr=WRONG, why="Trop dur."), **LAB
    )

    assert answer.status_code == 422
    g.pop("shelf", None)
    assert catalogue.shelf().lab("console").samples[0].points == 5


def test_a_lab_is_published_and_its_old_revision_is_kept(as_admin, small_lab):
    before = catalogue.shelf().revision("lab", "console")
    page = as_admin.get("author.edit", **LAB)

    answer = as_admin.post(
        "author.publish",
        data=typed_in(page, fr=LONGER, en=LONGER_EN, why="Tout est demandé."),
        **LAB,
    )

    assert answer.status_code == 303
    g.pop("shelf", None)
    shelf = catalogue.shelf()
    assert shelf.lab("console").pass_mark == 5
    assert catalogue.lab_at(before).pass_mark == 4
    assert catalogue.lab_at(shelf.revision("lab", "console")).pass_mark == 5
    assert catalogue.lab_at(before) is catalogue.lab_at(before)


def test_an_old_revision_of_a_lab_is_shown(as_admin, small_lab):
    number = catalogue.shelf().revision("lab", "console")

    answer = as_admin.get("author.revision", revision_id=number, **LAB)

    assert "La protection est active." in answer.text


def test_a_draft_of_a_lab_waits_on_the_contents_page(as_admin, small_lab):
    page = as_admin.get("author.edit", **LAB)
    as_admin.post("author.save", data=typed_in(page, fr=LONGER), **LAB)

    answer = as_admin.get("author.contents")

    assert drafts() == 1
    assert hidden(page)
    assert "Linus Torvalds" in said(parse(answer.text).find(".//main"))
