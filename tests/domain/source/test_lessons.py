"""What an author may do wrong in a lesson, and what is noted."""

import pytest

from tests.domain.samples import (
    CONTAGION,
    LESSON,
    LONG,
    files,
    line_of,
    noted,
    read_files,
    spoilt,
)

EN = CONTAGION.replace(".fr.", ".en.")
READERS = ":::trade fitter, baker, hotel"
STEPS = "1. I cut the network.\n2. I call for help,\n   at once.\n"


LESSON_FAULTS = [
    ("minutes: 5", "minutes: 1", "lesson.too-long", 0),
    ("minutes: 5\n", "", "header.missing-key", -1),
    ("aims: sort", "aims: sing", "aim.unknown", 0),
    ("aims: sort", "author: me\naims: sort", "header.unknown-key", 0),
    ("Call {{ trade.supplier }}", "Call {{ trade.x }}", "quote.unknown-trade-word", 0),
    ("{{ fact.complaint-hours }}", "{{ fact.x }}", "quote.unknown-fact", 0),
    ("{{ fact.complaint-hours }}", "{{ fact.plan }}", "fact.project", 0),
    ("{{ fact.complaint-hours }}", "{{ fact }}", "quote.unreadable", 0),
    ("# How a virus", "# {{ trade.supplier }}", "quote.no-trade-here", 0),
    ("# How a virus", "# {{ what }}", "quote.unreadable", 0),
    ("{#roads}", "{#Roads}", "lesson.bad-anchor", 0),
    (" {#roads}", "", "lesson.no-anchor", 0),
    ("### On the way {#way}", "### On the way {#roads}", "lesson.duplicate-anchor", 0),
    ("## The four", "### The four", "lesson.heading-skipped", 0),
    ("[!NOTE]", "[!TIP]", "callout.unknown", 0),
    ("(term:quarantine)", "(term:what)", "link.unknown-term", 0),
    ("(quiz:antivirus)", "(quiz:what)", "link.unknown-quiz", 0),
    ("(quiz:antivirus)", "(lab:console)", "link.unknown-lab", 0),
    ("(quiz:antivirus)", "(lesson:what)", "link.unknown-lesson", 0),
    ("(quiz:antivirus)", "(lesson:act#what)", "link.unknown-anchor", 0),
    ("(quiz:antivirus)", "(http://a.example)", "link.not-https", 0),
    ("(quiz:antivirus)", "(1-contagion.fr.md)", "link.unknown-scheme", 0),
    ("![A cable and a key]", "![]", "picture.no-words", 0),
    ("images/roads.svg", "images/what.svg", "picture.missing", 0),
    (READERS, ":::trade fitter, miner", "lesson.unknown-readers", 0),
    (READERS, ":::trade", "lesson.unknown-readers", 0),
    (READERS, ":::trade fitter", "lesson.trades-missing", 0),
    (":::trade hairdresser", ":::trade hotel hairdresser", "lesson.trade-twice", 0),
    (":::for boss", ":::for chief", "lesson.unknown-readers", 0),
    (":::story The cupboard", ":::story", "lesson.no-title", 0),
    (":::story The", ":::tale The", "lesson.unknown-mark", 0),
    (":::memo The first ten minutes", ":::memo", "lesson.no-title", 0),
    ("1. I cut the network.", "I cut the network.", "lesson.memo-line", 0),
    (":::try cupboard", ":::try", "question.bad-name", 0),
    (":::try cupboard", ":::try Cupboard", "question.bad-name", 0),
    ("- [x] No", "- [ ] No", "choice.no-right", -5),
    (STEPS, "", "lesson.empty-section", -1),
    ("help,\n   at once.\n:::\n", "help.\n", "lesson.unclosed", -2),
    ("Now take", "See <br> there", "prose.tag", 0),
    (":::story The", "::story The", "lesson.few-colons", 0),
    ("{{ fact.complaint-hours }}", "{{ fact.plan }", "quote.unreadable", 0),
    ("{{ fact.complaint-hours }}", "{ fact.plan }", "quote.unreadable", 0),
    ("Now take", ":::\n\nNow take", "lesson.closes-nothing", 0),
    (":::for boss\nYou", ":::for boss\n:::for employee\nYou", "lesson.nested", 1),
    ("Now take", ":::memo Two\n1. One.\n:::\n\nNow take", "lesson.second-memo", 0),
    ("It happens to everybody", LONG, "sentence.too-long", 0),
    ("- A key.", "- A key.\n```", "fence.unclosed", 1),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "shift"), LESSON_FAULTS)
def test_a_faulty_lesson_is_noted_at_its_line(
    old: str, new: str, code: str, shift: int
) -> None:
    issues = spoilt(CONTAGION, old, new)

    line = line_of(CONTAGION, old)
    expected = 1 if code == "header.missing-key" else line + shift
    assert (code, expected) in noted(issues, CONTAGION), issues


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (" {#way}", " {#other}", "twin.more-anchor", " {#way}"),
        ("## The four roads {#roads}", "Text", "twin.no-anchor", ""),
        (":::for boss", ":::for employee", "twin.sections", ":::for boss"),
        (
            ":::for boss\nYou are the one who calls.\n:::\n",
            "",
            "twin.sections",
            ":::sto",
        ),
        ("- [ ] Yes", "- [x] Yes", "twin.right", "- [ ] Yes"),
        (":::try cupboard", ":::try other", "twin.missing-question", ""),
        ("aims: sort", "aims: act", "twin.header", "aims: sort"),
        ("minutes: 5", "minutes: 6", "twin.header", "minutes: 5"),
        ("was: old-contagion\n", "", "twin.header", ""),
    ],
)
def test_two_languages_of_a_lesson_agree(
    old: str, new: str, code: str, words: str
) -> None:
    found = files()
    found[EN] = LESSON.replace(old, new)

    issues = read_files(found)[1]

    line = line_of(CONTAGION, words) if words else 1
    if code == "twin.sections" and not new:
        line -= 3
    assert (code, line) in noted(issues, EN), issues


def test_a_section_that_lacks_at_the_end_is_noted() -> None:
    found = files()
    found[EN] = LESSON.partition(":::memo")[0]

    assert ("twin.sections", 1) in noted(read_files(found)[1], EN)


def test_a_try_named_twice_is_noted() -> None:
    old = ":::memo"
    new = ":::try cupboard\nWhat?\n- [x] a\n  > a\n- [ ] b\n  > b\n:::\n\n:::memo"

    issues = spoilt(CONTAGION, old, new)

    assert ("question.duplicate-name", line_of(CONTAGION, old)) in noted(issues)


def test_an_empty_lesson_is_noted() -> None:
    found = files()
    found[CONTAGION] = found[EN] = "---\nminutes: 5\naims: sort\n---\n\n# Title\n"

    assert ("lesson.empty", 6) in noted(read_files(found)[1], CONTAGION)


def test_the_longest_way_through_a_lesson_is_measured() -> None:
    words = "Cut it now. " * 40
    boss = f":::for boss\n{words}\n:::\n"
    employee = f":::for employee\n{words}\n:::\n"
    found = files()
    for language in ("fr", "en"):
        path = f"lessons/1-antivirus/2-act.{language}.md"
        found[path] += f"\n{boss}{employee}"
    fits = read_files(found)[1]
    for language in ("fr", "en"):
        path = f"lessons/1-antivirus/2-act.{language}.md"
        found[path] += f"\n{words}\n"

    too_long = read_files(found)[1]

    assert fits == []
    assert {issue.code for issue in too_long} == {"lesson.too-long"}
    assert too_long[0].values == {"minutes": 2, "needed": 3, "words": 246, "tries": 0}
