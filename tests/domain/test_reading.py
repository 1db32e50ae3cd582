"""Everything that an author may do wrong, and what is noted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.domain.issue import Issue, Severity
from tests.domain.samples import (
    CONTAGION,
    LESSON,
    MODULE_FILE,
    QUIZ,
    QUIZ_FILE,
    TODAY,
    files,
    line_of,
    read_files,
    spoilt,
)

EN = CONTAGION.replace(".fr.", ".en.")
QUIZ_EN = QUIZ_FILE.replace(".fr.", ".en.")
SEE = "[See again](lesson:contagion#roads)"
READERS = ":::trade fitter, baker, hotel"
STEPS = "1. I cut the network.\n2. I call for help,\n   at once.\n"
LONG = " ".join(["word"] * 26)


def noted(issues: list[Issue], path: str = "") -> list[tuple[str, int]]:
    return [(issue.code, issue.line) for issue in issues if path in ("", issue.path)]


def test_a_course_without_a_fault_has_no_issue() -> None:
    library, issues = read_files(files())

    assert issues == []
    assert library.facts[0].review > TODAY
    assert [term.name for term in library.glossary] == ["quarantine", "virus"]
    assert library.glossary[1].meaning.say("fr").endswith("known for 128 attacks.")
    assert library.lesson("contagion").was == ("old-contagion",)
    module = library.module("antivirus")
    assert module.digcomp == ("4.1", "5.1")
    assert [(each.name, each.text.say("fr")) for each in module.objectives] == [
        ("sort", "You sort five situations."),
        ("act", "You act in the right order."),
    ]
    assert module.promise.say("fr") == "Tomorrow, you will know what to do."
    question = library.quiz("antivirus").question("alert")
    assert (question.see, question.aim) == ("contagion#roads", "act")
    assert question.why
    assert question.why.say("fr") == "A virus needs a road."
    assert question.see_label
    assert question.see_label.say("en") == "See again: the roads"


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


QUIZ_FAULTS = [
    ("mode: check", "mode: exam", "header.bad-value", 0),
    ("module: antivirus", "module: what", "link.unknown-module", 0),
    ("pass: 60", "pass: 101", "header.bad-value", 0),
    ("draw: 4", "draw: 6", "quiz.draw", 0),
    ("draw-scenario: 1", "draw-scenario: 2", "quiz.draw-mark", 0),
    ("# Antivirus: the quiz\n", "# Antivirus\n\nHello.\n", "quiz.text-before", 2),
    ("# Antivirus: the quiz\n", "# Antivirus\n### Hello\n", "quiz.text-before", 1),
    ("## alert", "# alert", "title.second", 0),
    ("## hours (2)", "## Délai (2)", "question.bad-name", 0),
    ("## hours (2)", "## alert (2)", "question.duplicate-name", 0),
    ("## hours (2)", "## hours (two)", "question.bad-points", 0),
    ("## hours (2)", "## hours (0)", "question.bad-points", 0),
    ("## hours (2)", "## hours {fixed}", "question.unknown-mark", 0),
    ("aim=act", "aim=sing", "aim.unknown", 0),
    ("aim=act", "aim=", "question.bad-aim", 0),
    ("## alert {", "## alert (2) {opinion ", "question.opinion-points", 0),
    ("= {{ fact.complaint-hours }}", "= {{ fact.attacks }}", "fact.not-sure", 0),
    ("= {{ fact.complaint-hours }}", "= {{ fact.plan }}", "fact.not-sure", 0),
    ("- [x] I cut the network", "- I cut the network", "choice.no-right", -4),
    ("1. Cut the network\n   > At once.", "= 3", "question.stray-line", 1),
    ("1. Cut the network\n   > At once.", "= 3\n- [x] a", "question.two-kinds", 0),
    ("How many hours do you have?", "", "question.no-ask", -2),
    (f" {SEE}\n\n## site", "\n\n## site", "question.no-see", 0),
    (f"> The law says so. {SEE}", "", "question.no-why", -8),
    ("How many hours do you have?", f"How many? {LONG}?", "sentence.too-long", 0),
    ("  > It can still harm.\n", "", "choice.no-reason", -1),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "shift"), QUIZ_FAULTS)
def test_a_faulty_quiz_is_noted_at_its_line(
    old: str, new: str, code: str, shift: int
) -> None:
    issues = spoilt(QUIZ_FILE, old, new)

    assert (code, line_of(QUIZ_FILE, old) + shift) in noted(issues, QUIZ_FILE), issues


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("## hours (2)", "## hours", "twin.differs", "## hours (2)"),
        ("## words", "## words {scenario}", "twin.differs", "## words"),
        ("{slips=1}", "{slips=2}", "twin.differs", "## site"),
        (" hours\n≠ 48", " hours ± 1\n≠ 48", "twin.differs", "= {{ fact"),
        ("≠ 48", "≠ 47", "twin.value", "≠ 48"),
        ("= 17 Cyber\n", "", "twin.count", "## site"),
        ("- [ ] I wait\n  > It goes on.\n", "", "twin.count", "## alert"),
        ("[x] I cut", "[ ] I cut", "twin.right", "- [x] I cut"),
        ("### It cannot pass\n- A sheet", "- A sheet", "twin.count", "## roads"),
        ("## words", "## mots", "twin.missing-question", ""),
        ("= {{ fact.complaint-hours }} hours", "= three days", "twin.kind", "## hours"),
        (
            "> Words matter. [See again](lesson:contagion#roads)",
            "",
            "twin.differs",
            "## words",
        ),
        (
            " [See again](lesson:contagion#roads)\n\n## site",
            "\n\n## site",
            "twin.differs",
            "## hours",
        ),
        ("draw: 4", "draw: 3", "twin.header", "draw: 4"),
    ],
)
def test_two_languages_of_a_quiz_agree(
    old: str, new: str, code: str, words: str
) -> None:
    issues = spoilt(QUIZ_EN, old, new, both=False)

    line = line_of(QUIZ_EN, words) if words else 1
    assert (code, line) in noted(issues, QUIZ_EN), issues
    fatal = [issue for issue in issues if issue.fatal]
    assert {issue.path for issue in fatal} <= {QUIZ_FILE, QUIZ_EN}


def test_a_thing_in_another_group_in_the_other_language_is_noted() -> None:
    old = "### It cannot pass\n- A sheet of paper\n  > No program there.\n"
    new = "- A sheet of paper\n  > No program there.\n### It cannot pass\n"

    issues = spoilt(QUIZ_EN, old, new, both=False)

    assert [issue.code for issue in issues] == ["twin.right"]
    assert issues[0].line == line_of(QUIZ_EN, old)


def test_a_reason_in_one_language_is_only_a_warning() -> None:
    issues = spoilt(QUIZ_EN, "  > It can still harm.\n", "", both=False)

    assert [issue.severity for issue in issues] == [Severity.WARNING]


def test_a_plain_list_lacks_its_boxes() -> None:
    found = files()
    for path in (QUIZ_FILE, QUIZ_EN):
        text = found[path].replace("- [x] ", "- ").replace("- [ ] ", "- ")
        found[path] = text

    issues = read_files(found)[1]

    assert ("choice.no-box", line_of(QUIZ_FILE, "- [x]")) in noted(issues, QUIZ_FILE)


def test_a_question_without_an_answer_is_noted() -> None:
    found = files()
    for path in (QUIZ_FILE, QUIZ_EN):
        found[path] = f"{QUIZ}\n## last\n\nWhat do you think?\n"

    issues = read_files(found)[1]

    line = QUIZ.count("\n") + 2
    assert ("question.no-answer", line) in noted(issues, QUIZ_FILE)


def test_a_quiz_without_a_question_is_noted() -> None:
    head = QUIZ.partition("## alert")[0]
    found = {**files(), QUIZ_FILE: head, QUIZ_EN: head}

    assert ("quiz.no-question", 10) in noted(read_files(found)[1], QUIZ_FILE)


def test_a_quiz_may_say_very_little() -> None:
    text = "---\n---\n# Quiz\n##one\nWhat?\n- [x] a\n- [ ] b\n"

    library, issues = read_files({"quizzes/a.fr.md": text}, whole=False)

    assert not [issue for issue in issues if issue.fatal]
    quiz = library.quiz("a")
    assert (quiz.pass_mark, quiz.mode, quiz.module) == (70, "check", None)


MODULE_FAULTS = [
    ("minutes: 12", "minutes: 11", "module.too-short", 0),
    ("quiz: antivirus", "quiz: what", "link.unknown-quiz", 0),
    ("digcomp: 4.1, 5.1", "digcomp: four", "header.bad-value", 0),
    ("Tomorrow, you will know what to do.", "", "module.no-promise", -2),
    ("Tomorrow, you", "{{ trade.supplier }}, you", "quote.no-trade-here", 0),
    ("Antivirus\n\n## obj", "\n## obj", "module.no-short", -5),
    ("Antivirus\n\n## obj", "Antivirus software\n\n## obj", "module.long-short", 0),
    ("## short", "## brief", "module.unknown-section", 0),
    ("- sort: You", "- You", "module.bad-objective", 0),
    ("- sort: You", "- Sort it: You", "module.bad-name", 0),
    ("- act: You", "- sort: You", "module.same-objective", 0),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "shift"), MODULE_FAULTS)
def test_a_faulty_module_is_noted_at_its_line(
    old: str, new: str, code: str, shift: int
) -> None:
    issues = spoilt(MODULE_FILE, old, new)

    line = line_of(MODULE_FILE, old) + shift
    assert (code, line) in noted(issues, MODULE_FILE), issues


def test_a_module_without_objectives_is_noted() -> None:
    path = MODULE_FILE.replace(".fr.", ".en.")
    found = files()
    found[MODULE_FILE] = found[path] = found[path].partition("- sort")[0]

    assert ("module.no-objective", 10) in noted(read_files(found)[1], MODULE_FILE)


def test_an_objective_in_one_language_is_noted() -> None:
    path = MODULE_FILE.replace(".fr.", ".en.")

    issues = spoilt(path, "- act:", "- move:", both=False)

    assert ("twin.missing-objective", 1) in noted(issues, path)
    assert ("twin.missing-objective", 1) in noted(issues, MODULE_FILE)


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("lessons/facts.md", "| V |", "| W |", "fact.bad-code"),
        ("lessons/facts.md", "2027-04-01", "1er avril 2027", "fact.bad-date"),
        ("lessons/facts.md", "2027-04-01", "2026-11-22", "fact.expired"),
        ("lessons/trades.fr.md", "fr A", "", "table.empty-cell"),
        ("lessons/glossary.fr.md", "A place", LONG, "sentence.too-long"),
        ("lessons/glossary.fr.md", "(term:virus)", "(term:what)", "link.unknown-term"),
        ("lessons/glossary.fr.md", "fact.attacks", "fact.what", "quote.unknown-fact"),
        ("lessons/glossary.fr.md", "fact.att", "trade.att", "quote.unknown-trade-word"),
    ],
)
def test_a_faulty_table_is_noted_at_its_line(
    path: str, old: str, new: str, code: str
) -> None:
    issues = spoilt(path, old, new, both=False)

    assert (code, line_of(path, old)) in noted(issues, path), issues


def test_a_row_in_one_language_is_a_warning() -> None:
    issues = spoilt("lessons/glossary.en.md", "| virus |", "| worm |", both=False)

    assert ("table.missing-row", 1) in noted(issues, "lessons/glossary.en.md")
    assert ("table.missing-row", 1) in noted(issues, "lessons/glossary.fr.md")


def test_a_bar_in_a_fact_does_not_cut_a_table() -> None:
    found = files()
    found["lessons/facts.md"] = found["lessons/facts.md"].replace(
        "| attacks | 128 | 128", r"| attacks | 1\|2 | 1\|2"
    )

    library, issues = read_files(found)

    assert issues == []
    assert "1|2 attacks" in library.glossary[1].meaning.say("fr")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("quizzes/other.md", "file.no-language"),
        ("quizzes/other.de.md", "file.unknown-language"),
        ("quizzes/Été.fr.md", "file.bad-name"),
        ("quizzes/a/b.fr.md", "file.no-number"),
        ("lessons/1-Antivirus/1-a.fr.md", "file.bad-name"),
        ("lessons/1-antivirus/act.fr.md", "file.no-number"),
        ("lessons/antivirus/1-act.fr.md", "file.no-number"),
        ("lessons/1-antivirus/2-a/3-b.fr.md", "file.unexpected-place"),
        ("lessons/1-antivirus/notes.txt", "file.unexpected"),
        ("lessons/2-antivirus/module.fr.md", "file.same-key"),
        ("lessons/2-antivirus/1-contagion.fr.md", "file.same-key"),
        ("lessons/1-antivirus/1-other.fr.md", "file.same-place"),
        ("lessons/1-other/module.fr.md", "file.same-place"),
        ("lessons/3-other/1-new.fr.md", "file.no-module"),
    ],
)
def test_a_misplaced_file_is_noted(path: str, code: str) -> None:
    found = files()
    source = next((found[each] for each in found if path[-9:] in each), LESSON)
    found[path] = source

    assert (code, 1) in noted(read_files(found)[1], path)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/a.md",
        "lessons/README.md",
        "lessons/.hidden",
        "lessons/LISEZ/README.fr.md",
    ],
)
def test_other_files_are_nobodys_business(path: str) -> None:
    assert read_files({**files(), path: "What?"})[1] == []


def test_a_lab_may_be_linked_to_once_its_file_is_there() -> None:
    found = files()
    found["lessons/1-antivirus/console.lab.fr.md"] = "Soon."
    for path in (CONTAGION, EN):
        found[path] = found[path].replace("quiz:antivirus", "lab:console")

    assert read_files(found)[1] == []


def test_a_place_that_differs_between_languages_is_noted() -> None:
    found = files()
    found["lessons/1-antivirus/3-contagion.en.md"] = found.pop(EN)

    path = "lessons/1-antivirus/3-contagion.en.md"
    assert ("file.place-differs", 1) in noted(read_files(found)[1], path)


def test_a_missing_language_is_listed_and_the_other_one_is_read() -> None:
    found = files()
    found.pop(EN)

    library, issues = read_files(found)

    assert [(each.code, each.path, each.values) for each in issues] == [
        ("file.missing-language", CONTAGION, {"language": "en"})
    ]
    assert library.lesson("contagion").page("en").language == "fr"


def test_what_is_broken_is_left_out_and_nothing_else() -> None:
    found = files()
    found[CONTAGION] = found[CONTAGION].replace(":::try cupboard", ":::try")

    library, issues = read_files(found)

    assert any(issue.fatal for issue in issues)
    assert [lesson.key for lesson in library.lessons] == ["act"]
    assert [lesson.key for lesson in library.modules[0].lessons] == ["act"]
    assert ("lesson", "contagion") not in library.sources
    assert library.quiz("antivirus")


def test_a_part_of_the_course_does_not_ask_for_the_rest() -> None:
    part = {
        path: text
        for path, text in files().items()
        if path.endswith((".en.md", "facts.md"))
    }
    part.pop("quizzes/antivirus.en.md")

    library, issues = read_files(part, whole=False)

    assert {issue.code for issue in issues} == {"file.missing-language"}
    assert library.lesson("contagion").page("fr").language == "en"


def test_an_empty_course_is_a_course() -> None:
    library, issues = read_files({})

    assert library.parcels() == ()
    assert issues == []


PATHS = sorted(files())
junk = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["---", "# T", "## a", "## b (2) {opinion}", "### g", "- [x] a", "- [ ] b",
             "- c", "= 3", "≠ 4", "1. x", "| a | b |", "|---|---|", "> why", "  > r",
             ":::try t", ":::trade baker", ":::memo", ":::", "```", "{{ fact.x }}",
             "[x](lesson:contagion#roads)", "![](images/a)", "minutes: 5", "draw: 2",
             "{{ trade.supplier }}", "", "> [!NOTE] a", "text", "mode: survey", "\t"]
        ),
        max_size=25,
    ).map("\n".join),
)  # fmt: skip


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(PATHS), junk, max_size=4))
def test_no_file_breaks_the_reading(changed: dict[str, str]) -> None:
    library, issues = read_files({**files(), **changed})

    for issue in issues:
        lines = {**files(), **changed}[issue.path]
        assert 1 <= issue.line <= lines.count("\n") + lines.count("\r") + 1
    for lesson in library.lessons:
        assert lesson.page("fr").title
    library.parcels()


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.text(max_size=30).map("lessons/{}".format), junk, max_size=4))
def test_no_path_breaks_the_reading(found: dict[str, str]) -> None:
    read_files(found)
