from course.domain.lesson import Lesson, Page
from course.domain.profile import Position, Trade
from tests.domain.samples import library


def contagion() -> Lesson:
    return library().lesson("contagion")


def kinds(page: Page) -> list[str]:
    return [block.kind for block in page.blocks]


def test_a_page_has_the_blocks_of_the_lesson_in_order() -> None:
    page = contagion().page("fr", Trade.BAKER, Position.BOSS)

    assert page.title == "How a virus travels"
    assert page.language == "fr"
    assert kinds(page) == [
        "prose", "trade", "prose", "story", "try", "memo", "prose",
    ]  # fmt: skip
    first = page.blocks[0]
    assert first.kind == "prose"
    assert first.markdown.startswith("Call fr B within 72 hours.")


def test_a_page_is_for_one_trade_and_one_position() -> None:
    employee = contagion().page("fr", Trade.HAIRDRESSER, Position.EMPLOYEE)
    stranger = contagion().page("fr")

    assert kinds(employee) == ["prose", "trade", "story", "try", "memo", "prose"]
    assert kinds(stranger).count("prose") == 3
    blocks = [block for block in stranger.blocks if block.kind == "trade"]
    assert [block.markdown for block in blocks] == [
        "In your trade, the tablet goes from hand to hand."
    ]


def test_a_memo_has_items_and_a_story_a_title() -> None:
    page = contagion().page("en")
    found = {block.kind: block for block in page.blocks}

    memo, story = found["memo"], found["story"]

    assert memo.kind == "memo"
    assert memo.items == ("I cut the network.", "I call for help, at once.")
    assert story.kind == "story"
    assert story.title == "The cupboard"


def test_a_page_brings_the_terms_that_it_links_to() -> None:
    assert [term.name for term in contagion().page("fr").terms] == ["quarantine"]
    assert library().lesson("act").page("fr").terms == ()


def test_another_language_falls_back_on_the_one_there_is() -> None:
    page = contagion().page("de")

    assert page.language == "fr"


def test_the_questions_of_a_lesson_are_known() -> None:
    assert [each.name for each in contagion().tries] == ["cupboard"]
    assert library().lesson("act").tries == ()
