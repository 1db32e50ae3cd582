"""A lesson: read in the words of one's trade, tried, kept as a card."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from course.base.db import db
from course.domain.profile import Position, Profile, Trade
from course.features.account import services as accounts
from course.features.catalogue import queries as catalogue
from course.features.progress.models import Event
from course.features.progress.queries import standings_of
from tests.make.library import FILES, publish
from tests.page import parse, said

SCRIPT = {"Accept": "application/json"}
FIRST = "lessons/1-essai/1-premiere"
PICTURE = "lessons/1-essai/images/cable.svg"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>'
TRY = {"key": "premiere", "name": "placard"}


def plain(text):
    """Typed apostrophes: typography may differ."""
    return " ".join(text.split()).replace("’", "'")


def text_of(answer):
    return plain(said(parse(answer.text)))


def choice(page, words):
    """What the form sends when the box of these words is ticked."""
    for label in parse(page.text).iter("label"):
        if plain(words) in plain(said(label)):
            return {"answer": label.find(".//input").get("value")}
    raise LookupError(words)


def events():
    return [(e.verb, e.key, e.result) for e in db.session.scalars(select(Event))]


def published(folder, path, old, new):
    """The small library with other words in one lesson, in both languages."""
    changed = {
        name: text.replace(old, new, 1) if name.startswith(path) else text
        for name, text in FILES.items()
    }
    return publish(folder, changed)


# ── read


def test_a_lesson_says_its_words_and_explains_them(small_library, as_learner):
    page = as_learner.get("lesson.show", key="premiere")

    tree, words = parse(page.text), text_of(page)
    assert said(tree.find(".//h1")) == "Couper le réseau"
    assert "Une fleuriste enferme son PC" in words
    assert "L'appareil qui relie vos postes" in words
    link = tree.find(".//a[@href='#term-routeur']")
    assert said(link) == "routeur"
    assert tree.find(".//*[@id='term-routeur']") is not None
    assert tree.find(".//*[@id='cable']") is not None


def test_a_meaning_in_italics_is_written_in_italics(tmp_path, as_learner):
    published(tmp_path, "lessons/glossary.fr", "vos postes", "*vos postes*")

    page = as_learner.get("lesson.show", key="premiere")

    terms = parse(page.text).find(".//*[@id='term-routeur']")
    assert said(terms.find(".//em")) == "vos postes"
    assert "<em>" not in said(terms)


def test_a_lesson_speaks_english(small_library, as_learner):
    as_learner.post("site.language", data={"language": "en"})

    words = text_of(as_learner.get("lesson.show", key="premiere"))

    assert "Cutting the network" in words
    assert "The device that links your PCs" in words
    assert "réseau" not in words


@pytest.mark.parametrize(
    ("profile", "there", "absent"),
    [
        (Profile(), "Cherchez le câble", "Au fournil"),
        (Profile(trade=Trade.BAKER), "Au fournil", "Cherchez le câble"),
        (Profile(position=Position.BOSS), "qui prévenez l'assureur", "Au fournil"),
        (Profile(position=Position.EMPLOYEE), "alerte", "qui prévenez l'assureur"),
    ],
)
def test_a_lesson_is_in_the_words_of_ones_trade_and_position(
    small_library, as_learner, ada, profile, there, absent
):
    accounts.save_profile(ada, profile)

    words = text_of(as_learner.get("lesson.show", key="premiere"))

    assert there in words
    assert absent not in words


def test_a_changed_profile_changes_the_lesson_at_once(small_library, as_learner, ada):
    as_learner.get("lesson.show", key="premiere")
    accounts.save_profile(ada, Profile(trade=Trade.HOTEL))

    words = text_of(as_learner.get("lesson.show", key="premiere"))

    assert "À la réception" in words
    assert "alerte dans l'hôtel" in words


def test_a_lesson_shows_what_was_published_last(tmp_path, as_learner, linus):
    publish(tmp_path)
    as_learner.get("lesson.show", key="seconde")
    published(tmp_path, "lessons/1-essai/2-seconde", "Ensuite", "Sans faute")

    words = text_of(as_learner.get("lesson.show", key="seconde"))

    assert "Sans faute" in words


def test_memory_of_lessons_has_an_end(app, small_library, as_learner):
    kept = app.extensions["pages"] = dict.fromkeys(range(2000))

    as_learner.get("lesson.show", key="premiere")

    assert len(kept) == 1


def test_reading_is_noted_once_and_leads_to_the_next_step(
    small_library, as_learner, ada
):
    went = [as_learner.post("lesson.read", key="premiere") for _click in range(2)]

    assert [one.location for one in went] == ["/lessons/seconde"] * 2
    assert events() == [("read", "premiere", {})]
    assert standings_of(ada.id)["lesson", "premiere"].state == "done"


def test_the_last_lesson_leads_to_the_questions(small_library, as_learner):
    page = as_learner.get("lesson.show", key="seconde")

    assert "aux questions" in text_of(page)
    assert as_learner.post("lesson.read", key="seconde").location == "/quizzes/essai"


def test_a_module_without_quiz_ends_on_its_own_page(tmp_path, as_learner):
    files = {
        path: text.replace("quiz: essai\n", "").replace("(quiz:essai)", "(#delai)")
        for path, text in FILES.items()
        if not path.startswith("quizzes/")
    }
    publish(tmp_path, files)

    page = as_learner.get("lesson.show", key="seconde")
    went = as_learner.post("lesson.read", key="seconde")

    assert 'action="/lessons/seconde/read"' in page.text
    assert went.location == "/modules/essai"


def test_reading_is_a_deed_and_looking_is_none(small_library, as_learner):
    as_learner.get("lesson.show", key="premiere")

    assert as_learner.get("lesson.read", key="premiere").status_code == 405
    assert events() == []


def test_a_script_notes_that_a_lesson_was_read_and_is_told_where_to_go(
    small_library, as_learner, ada
):
    for key, following in (("premiere", "/lessons/seconde"), ("seconde", "/quizzes/")):
        reply = as_learner.post(
            "lesson.read", key=key, headers={"Accept": "application/json"}
        )

        assert reply.json["url"].startswith(following)
        assert reply.json["saved"] == "10\u202fh\u202f00"


def test_there_is_no_lesson_of_another_name(small_library, as_learner):
    answers = [
        as_learner.get("lesson.show", key="autre"),
        as_learner.get("lesson.memo", key="autre"),
        as_learner.post("lesson.read", key="autre"),
        as_learner.post("lesson.attempt", key="autre", name="placard"),
        as_learner.post("lesson.attempt", key="premiere", name="autre"),
        as_learner.post("lesson.attempt", key="seconde", name="placard"),
    ]

    assert [one.status_code for one in answers] == [404] * 6


# ── try


@pytest.mark.parametrize(
    ("words", "reason", "share"),
    [
        ("J'enferme le PC", "Enfermé, il reste relié au réseau", 0),
        ("Je coupe le réseau", "La menace perd son chemin", 1),
    ],
)
def test_a_try_says_why_at_once(small_library, as_learner, words, reason, share):
    page = as_learner.get("lesson.show", key="premiere")
    data = choice(page, words)

    plainly = as_learner.post("lesson.attempt", **TRY, data=data)
    by_script = as_learner.post("lesson.attempt", **TRY, data=data, headers=SCRIPT)

    assert reason not in text_of(page)
    assert reason in text_of(plainly)
    assert "Une fleuriste" in text_of(plainly)  # the whole lesson is there
    assert reason in plain(by_script.json["html"])
    assert "Une fleuriste" not in by_script.json["html"]
    assert events() == [("tried", "premiere", {"try": "placard", "share": share})] * 2


def test_a_try_can_be_tried_again(small_library, as_learner):
    page = as_learner.get("lesson.show", key="premiere")
    as_learner.post("lesson.attempt", **TRY, data=choice(page, "J'enferme le PC"))

    again = as_learner.get("lesson.show", key="premiere")

    assert choice(again, "Je coupe le réseau") != choice(again, "J'enferme le PC")
    assert "Enfermé, il reste" not in text_of(again)


def test_a_try_of_the_same_page_is_noted_once(small_library, as_learner, ada):
    data = {"unknown": "1", "client": "f00"}

    for _click in range(2):
        as_learner.post("lesson.attempt", **TRY, data=data)

    unknown = {"try": "placard", "share": 0, "unknown": True}
    assert events() == [("tried", "premiere", unknown)]
    assert standings_of(ada.id)["lesson", "premiere"].state == "started"


@pytest.mark.parametrize("client", ["1-passed", "a\0b", "x" * 99])
def test_a_pages_id_never_stands_for_another_deed(small_library, as_learner, client):
    data = {"unknown": "1", "client": client}

    as_learner.post("lesson.attempt", **TRY, data=data)

    kept = db.session.scalars(select(Event.client_id)).one()
    assert kept.startswith("try-")
    assert len(kept) <= 40


def test_a_try_without_answer_is_told_in_words(small_library, as_learner):
    page = as_learner.post("lesson.attempt", **TRY)
    reply = as_learner.post("lesson.attempt", **TRY, headers=SCRIPT)

    assert page.status_code == reply.status_code == 422
    assert plain(reply.json["message"]) in text_of(page)
    assert events() == []


def test_what_was_ticked_is_still_ticked_when_it_cannot_be_read(
    small_library, as_learner
):
    both = {"answer": ["0", "1"]}

    page = as_learner.post("lesson.attempt", **TRY, data=both)

    assert page.status_code == 422
    form = parse(page.text).find(".//*[@id='try-placard']")
    ticked = [field.get("checked") for field in form.iter("input") if field.get("id")]
    assert ticked.count(None) == 0


def test_an_answered_try_does_not_stay_in_the_lesson_of_others(
    app, small_library, as_learner, grace
):
    data = choice(as_learner.get("lesson.show", key="premiere"), "Je coupe le réseau")
    as_learner.post("lesson.attempt", **TRY, data=data)

    page = app.test_client().sign_in(grace).get("lesson.show", key="premiere")

    assert "perd son chemin" not in text_of(page)


# ── card, picture, cost


def test_the_card_stands_alone_on_its_page(small_library, as_learner):
    lesson = as_learner.get("lesson.show", key="premiere")

    page = as_learner.get("lesson.memo", key="premiere")

    assert 'href="/lessons/premiere/memo"' in lesson.text
    assert "Je laisse allumé" in text_of(page)
    assert "fleuriste" not in text_of(page)


def test_a_lesson_without_card_has_no_page_for_it(small_library, as_learner):
    page = as_learner.get("lesson.show", key="seconde")

    assert "/memo" not in page.text
    assert as_learner.get("lesson.memo", key="seconde").status_code == 404


def test_the_picture_of_a_lesson_is_at_its_address(tmp_path, as_learner):
    files = {**FILES, PICTURE: DRAWING}
    for name in (f"{FIRST}.fr.md", f"{FIRST}.en.md"):
        files[name] += "\n![Un câble / a cable](images/cable.svg)\n"
    publish(tmp_path, files)

    page = as_learner.get("lesson.show", key="premiere")

    (picture,) = parse(page.text).iter("img")
    revision = catalogue.shelf().revision("lesson", "premiere")
    address = urlsplit(picture.get("src")).path
    assert address == f"/pictures/{revision}/images/cable.svg"
    assert picture.get("alt") == "Un câble / a cable"
    assert as_learner.get(address).text == DRAWING


def test_a_lesson_costs_four_statements_at_most(
    small_library, as_learner, count_queries
):
    as_learner.get("lesson.show", key="premiere")

    with count_queries() as shown:
        as_learner.get("lesson.show", key="premiere")
    with count_queries() as read:
        as_learner.post("lesson.read", key="premiere")
    with count_queries() as tried:
        as_learner.post("lesson.attempt", **TRY, data={"unknown": "1"}, headers=SCRIPT)

    assert len(shown) <= 4, shown
    assert len(read) <= 4, read
    assert len(tried) <= 4, tried
