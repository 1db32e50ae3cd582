"""What is read of a whole course, of a part of it and of junk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.samples import (
    CONTAGION,
    LESSON,
    TODAY,
    files,
    noted,
    read_files,
)

EN = CONTAGION.replace(".fr.", ".en.")


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
    for path in (CONTAGION, EN):
        found[path] = found[path].replace("quiz:antivirus", "lab:console")
    known = {**found, "lessons/1-antivirus/console.lab.fr.md": "Soon."}

    assert "link.unknown-lab" in [code for code, _ in noted(read_files(found)[1])]
    assert noted(read_files(known)[1], CONTAGION) == []


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
