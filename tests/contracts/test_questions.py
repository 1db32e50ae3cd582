"""What every question type promises, tried on its samples."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from course.domain.profile import Profile
from course.domain.questions import QUESTIONS, load_question
from course.domain.questions.base import UNKNOWN, Question, UnreadableError
from tests.domain.samples import question

FOLDER = Path(__file__).parent.parent / "domain" / "questions"
KINDS = sorted(QUESTIONS)
LANGUAGES = ("fr", "en", "de")
SEEDS = range(12)

raws = st.dictionaries(
    st.one_of(
        st.sampled_from(
            ["answer", "unknown", *(f"answer-{key}" for key in range(5))],
        ),
        st.text(max_size=8),
    ),
    st.lists(st.one_of(st.text(max_size=12), st.integers(-2, 9).map(str)), max_size=6),
    max_size=7,
)
answers = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=4), inner)
    ),
    max_leaves=8,
)


class Sample:
    """A question, its twin and what people may answer."""

    def __init__(self, kind: str) -> None:
        found: dict[str, Any] = yaml.safe_load(
            (FOLDER / f"{kind}.yaml").read_text(encoding="utf-8")
        )
        self.question = question(found["question"], found.get("heading", "q"))
        self.twin = question(found["twin"], found.get("twin_heading", "q"))
        self.right = found["right"]
        self.wrong = found["wrong"]
        self.partial = found["partial"]
        self.unreadable = found["unreadable"]


SAMPLES = {kind: Sample(kind) for kind in KINDS}


@pytest.fixture(params=KINDS)
def sample(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]


def test_each_type_has_its_samples_and_each_sample_its_type() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(KINDS)
    assert {SAMPLES[kind].question.kind == kind for kind in KINDS} == {True}


def test_right_answers_get_everything(sample: Sample) -> None:
    for answer in sample.right:
        assert sample.question.judge(answer).share == 1, answer
        assert sample.question.judge(answer).right


def test_wrong_answers_get_nothing(sample: Sample) -> None:
    for answer in sample.wrong:
        assert sample.question.judge(answer).share == 0, answer


def test_answers_partly_right_get_their_share(sample: Sample) -> None:
    for each in sample.partial:
        share = sample.question.judge(each["answer"]).share
        assert share == pytest.approx(each["share"], abs=1e-4), each


def test_what_is_not_an_answer_is_refused(sample: Sample) -> None:
    variant = sample.question.prepare(Random(1))
    for raw in sample.unreadable:
        with pytest.raises(UnreadableError) as refused:
            sample.question.parse(raw, variant)
        assert refused.value.code.startswith("answer.")


def test_not_knowing_is_an_answer_worth_nothing(sample: Sample) -> None:
    variant = sample.question.prepare(Random(1))

    answer = sample.question.parse({"unknown": ["1"], "answer": ["0"]}, variant)

    assert answer == UNKNOWN
    assert sample.question.judge(answer).share == 0
    assert sample.question.reasons(answer) == []
    assert sample.question.describe(answer, "fr") == "?"
    again = sample.question.filled(answer, variant)
    assert sample.question.parse(again, variant) == UNKNOWN


@pytest.mark.parametrize("seed", SEEDS)
def test_a_question_and_its_twin_look_the_same(sample: Sample, seed: int) -> None:
    shown, twin = (
        each.face(each.prepare(Random(seed), Profile()), "fr")
        for each in (sample.question, sample.twin)
    )

    assert shown == twin


def test_one_chance_makes_one_variant(sample: Sample) -> None:
    first, second = (sample.question.prepare(Random(7)) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("seed", SEEDS)
def test_a_form_filled_again_says_the_same_answer(sample: Sample, seed: int) -> None:
    variant = sample.question.prepare(Random(seed))
    for answer in (*sample.right, *(each["answer"] for each in sample.partial)):
        raw = sample.question.filled(answer, variant)

        read = sample.question.parse(raw, variant)

        assert sample.question.judge(read) == sample.question.judge(answer)
        assert sample.question.filled(read, variant) == sample.question.filled(
            read, variant
        )
        assert sample.question.parse(
            sample.question.filled(read, variant), variant
        ) == (read)


@pytest.mark.parametrize("kind", KINDS)
@given(raw=raws, seed=st.integers(0, 50))
def test_no_form_breaks_a_question(
    kind: str, raw: dict[str, list[str]], seed: int
) -> None:
    one = SAMPLES[kind].question
    variant = one.prepare(Random(seed))
    try:
        answer = one.parse(raw, variant)
    except UnreadableError:
        return

    verdict = one.judge(answer)

    assert verdict.share is not None
    assert 0 <= verdict.share <= 1
    assert one.describe(answer, "en")
    assert one.parse(one.filled(answer, variant), variant) == answer


@pytest.mark.parametrize("kind", KINDS)
@given(answer=answers)
def test_no_kept_answer_breaks_a_question(kind: str, answer: Any) -> None:
    one = SAMPLES[kind].question
    variant = one.prepare(Random(1))

    verdict = one.judge(answer)

    assert verdict.share is not None
    assert 0 <= verdict.share <= 1
    one.filled(answer, variant)
    one.describe(answer, "fr")
    for reason in one.reasons(answer):
        assert 0 <= reason.share <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_every_language(sample: Sample, language: str) -> None:
    one = sample.question
    for answer in sample.right:
        assert one.describe(answer, language)
        for reason in one.reasons(answer):
            assert reason.answer_text.say(language)
            assert reason.share == 1
    assert all(one.solution(language))
    face = one.face(one.prepare(Random(1)), language)
    assert face.ask
    assert face.kind == one.kind


def test_a_reason_is_in_the_words_of_the_author(sample: Sample) -> None:
    reasons = [
        reason.text
        for answer in (*sample.right, *sample.wrong)
        for reason in sample.question.reasons(answer)
        if reason.text
    ]

    assert reasons or sample.question.kind == "order"


def test_a_question_is_stored_and_given_back(sample: Sample) -> None:
    again: Question = load_question(sample.question.dump())

    assert again == sample.question
    assert hash(again) == hash(sample.question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_something_to_read_before_answering(
    sample: Sample, language: str
) -> None:
    one = sample.question
    words = one.words(one.prepare(Random(1)), language)

    assert words >= len(one.ask.say(language).split()) / 2
