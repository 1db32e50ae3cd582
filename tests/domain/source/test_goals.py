"""Goals and consequences: what they give, and each fault with its line."""

import pytest

from course.domain.text import Text
from tests.domain.labs import faults, line_of, read_lab
from tests.domain.samples import read_files
from tests.make.library_lab import FILES_AND_LAB, PATH_EN, PATH_FR


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("- surveiller: La", "- Une Tâche: La", "lab.bad-name", "- surveiller:"),
        ("- ranger: Le", "- surveiller: Le", "lab.second-key", "- ranger:"),
        ("- ranger: Le fichier est décidé.", "- Sans nom", "part.not-a-pair", "- rang"),
        ("- ranger: Le fichier est décidé.", "Le reste", "lab.stray-line", "- ranger:"),
        ("### protection (2) {required}", "### protection (two)", "question.bad-points",
         "### protection"),
        ("### protection (2) {required}", "### protection (2) {needed}",
         "lab.unknown-mark", "### protection"),
        ("### fichier (2)", "### fichier", "lab.no-points", "### fichier"),
        ("### fichier (2)", "### Le fichier (2)", "lab.bad-name", "### fichier"),
        ("### fichier (2)", "### protection (2)", "lab.second-name", "### fichier"),
        ("La protection est active.\n", "", "lab.no-sentence", "### protection"),
        ("- needs: fichier", "- need: fichier", "lab.unknown-key", "- needs:"),
        ("- needs: fichier", "- needs:", "lab.empty-key", "- needs:"),
        ("- when: antivirus.told has no contact", "- when:", "lab.empty-key",
         "- when: antivirus.told"),
        ("- done: Elle surveille.", "- task: ranger", "lab.second-key", "- done:"),
        ("- done: Elle surveille.", "Elle surveille.", "lab.stray-line", "- done:"),
        ("- when: antivirus.protection is on\n", "", "lab.no-condition",
         "### protection"),
        ("antivirus.protection is on", "protection on", "lab.bad-condition",
         "- when: antivirus.protection"),
        ("- spoils: fichier", "- spoils: fichier\n\nSans titre.",
         "lab.stray-line", "#### Le fichier"),
        ("#### Le fichier s'ouvre\n", "", "lab.no-consequence", "### ouvert"),
        ("](lesson:premiere#cable)", "](term:routeur)", "lab.bad-see", "- see: "),
        ("lesson:premiere#cable", "lesson:troisieme", "link.unknown-lesson", "- see: "),
    ],
)  # fmt: skip
def test_a_fault_is_noted_on_its_line(old: str, new: str, code: str, at: str) -> None:
    assert (code, line_of(at)) in faults((old, new))


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        (
            "- missed: On appelle quand on ne sait pas.\n",
            "",
            "lab.no-reflex",
            "### calm",
        ),
        ("- hint: Le fichier est connu.\n", "", "lab.no-hint", "### calme"),
        ("- springs: ouvert\n", "", "lab.no-run-to", "### ouvert"),
    ],
)
def test_what_could_be_better_is_a_warning(
    old: str, new: str, code: str, at: str
) -> None:
    assert (code, line_of(at)) in faults((old, new))


def test_a_goal_has_its_words_in_both_languages() -> None:
    lab, _issues = read_lab()

    goal = lab.goal("protection")
    assert goal.required
    assert goal.text == Text(fr="La protection est active.", en="The protection is on.")
    assert goal.hints[0].say("en") == "Look at the first box."
    assert goal.see == "premiere#cable"
    assert goal.see_label == Text(fr="Le câble", en="The cable")
    assert lab.goal("calme").needs == ("fichier",)
    assert len(lab.goal("fichier").when) == 2
    assert lab.goal("fichier").done is None


def test_a_goal_without_its_paragraph_is_a_warning() -> None:
    old = "- hint: Le fichier est connu.\n- see: [Le câble](lesson:premiere#cable)\n"

    found = faults((old, "- hint: Le fichier est connu.\n"), both=False)

    assert ("lab.no-see", line_of("### calme")) in found


def test_words_that_people_type_may_differ_with_the_language() -> None:
    found = dict(FILES_AND_LAB)
    for path, word in ((PATH_FR, "dehors"), (PATH_EN, "outside")):
        more = f"\n- when: antivirus.plan says {word}"
        found[path] = found[path].replace(" is no\n", f" is no{more}\n", 1)

    library, issues = read_files(found, whole=False, published=True)

    assert issues == []
    condition = library.lab("console").goal("fichier").when[2]
    assert condition.values == (Text(fr="dehors", en="outside"),)
