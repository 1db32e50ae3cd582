"""What may not be seen before the end of a check, nor before an answer."""

import re

import pytest
from markupsafe import Markup

from course.base import markdown
from course.domain.visibility import Mode
from course.features.catalogue.queries import quiz_at
from tests.make.library_quiz import RIGHT
from tests.make.quiz import SCRIPT, WRONG, answer, end, fields, line_of, sitting, start

# Without French typography: an English page and a French one are searched alike.
SIGNS = re.compile(r"[\s’']+")


def plain(text):
    return SIGNS.sub("", Markup(text).striptags())  # noqa: S704 - only searched


def texts(value):
    """Every reason and every explanation in a question, as it is stored."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in {"reason", "why", "see_label"} and inner:
                yield from inner.values()
            else:
                yield from texts(inner)


def secrets_of(attempt):
    """What a page may not hold: reasons, explanations, names of marks."""
    quiz = quiz_at(attempt.revision_id).for_trade(None)
    found = {text for one in quiz.questions for text in texts(one.dump())}
    assert len(found) >= 70  # both languages
    return {plain(markdown.html(text)) for text in found}


def told(page, secrets):
    """The secrets that a page tells."""
    found = plain(page)
    return {secret for secret in secrets if secret in found}


def marks(page):
    """The classes that tell right from wrong, and links to the right paragraph."""
    return re.findall(r'class="[^"]*\b(?:right|not-yet|callout)\b|/lessons/', page)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("question", RIGHT)
def test_a_check_tells_nothing_before_its_end(
    app, small_library, ada, question, language
):
    browser = app.test_client().sign_in(ada)
    browser.post("site.language", data={"language": language})
    attempt = start(ada)
    secrets, pages = secrets_of(attempt), []
    line = line_of(attempt, question)
    where = {"attempt_id": attempt.id, "position": line.item.position}

    # check=False: other tests look at how these pages are made; these only search.
    def get(endpoint, **values):
        pages.append(browser.get(endpoint, check=False, **values).text)

    def post(**sent):
        answer = browser.post("quiz.answer", check=False, **where, **sent)
        pages.append(answer.text)

    post()
    post(headers=SCRIPT)
    for said in (RIGHT[question], WRONG[question]):
        post(data=fields(line, said))
        post(data=fields(line, said), headers=SCRIPT)
        get("quiz.question", **where)
    get("quiz.question", **where, again="1")
    get("quiz.take", attempt_id=attempt.id, all=1)
    get("quiz.review", attempt_id=attempt.id)
    get("quiz.show", key="essai")

    assert len(line_of(attempt, question).submissions) == 4
    assert [told(page, secrets) for page in pages] == [set()] * len(pages)
    assert [marks(page) for page in pages] == [[]] * len(pages)


def test_a_number_and_a_word_to_type_are_told_at_the_end_only(
    small_library, as_learner, ada
):
    attempt = start(ada)
    for question in ("delai", "appareil"):
        line = answer(attempt, question, WRONG[question])
        where = {"attempt_id": attempt.id, "position": line.item.position}

        page = as_learner.get("quiz.question", **where).text

        assert plain(line.question.solution("fr")[0]) not in plain(page)


def test_the_end_of_a_check_tells_every_explanation(small_library, as_learner, ada):
    attempt = start(ada)
    for question in RIGHT:
        answer(attempt, question, WRONG[question])
    end(attempt)

    page = plain(as_learner.get("quiz.review", attempt_id=attempt.id).text)

    for line in sitting(attempt).lines:
        assert plain(markdown.html(line.question.why.say("fr"))) in page
        for reason in line.question.reasons(line.last.answer):
            assert reason.text is None or plain(reason.text.say("fr")) in page
        for words in line.question.solution("fr"):
            assert plain(words) in page


def test_practice_tells_nothing_before_the_answer(small_library, as_learner, ada):
    attempt = start(ada, Mode.PRACTICE)
    secrets = secrets_of(attempt)

    pages = [
        as_learner.get("quiz.question", attempt_id=attempt.id, position=place).text
        for place in range(1, 11)
    ]

    assert [told(page, secrets) for page in pages] == [set()] * 10


def test_practice_tells_the_reason_of_the_answer_given_alone(
    small_library, as_learner, ada
):
    attempt = start(ada, Mode.PRACTICE)
    line = answer(attempt, "alerte", "J'enferme le PC")
    where = {"attempt_id": attempt.id, "position": line.item.position}

    page = plain(as_learner.get("quiz.question", **where).text)

    assert plain("Enfermé, il reste relié au réseau.") in page
    assert plain("Sans réseau, la menace est seule.") in page
    assert plain("Les traces seraient perdues.") not in page
