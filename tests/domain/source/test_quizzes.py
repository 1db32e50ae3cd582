"""What an author may do wrong in a quiz, and what is noted."""

import pytest

from course.domain.issue import Severity
from tests.domain.samples import (
    LONG,
    QUIZ,
    QUIZ_FILE,
    files,
    line_of,
    noted,
    read_files,
    spoilt,
)

QUIZ_EN = QUIZ_FILE.replace(".fr.", ".en.")
SEE = "[See again](lesson:contagion#roads)"


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
