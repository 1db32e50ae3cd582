"""A lab file: what it gives, and each fault with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.domain.profile import Trade
from tests.domain.labs import faults, line_of, read_lab, spoil
from tests.domain.samples import LONG, noted, read_files
from tests.make.library_lab import FILES_AND_LAB, LAB_EN, LAB_FR, PATH_EN, PATH_FR

MODULE = "lessons/1-essai/module.fr.md"


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("minutes: 5\n", "", "header.missing-key", "---"),
        ("pass: 4\n", "pass: 9\n", "lab.pass", "pass: 4"),
        ("desk: antivirus", "desk: tractor", "lab.unknown-simulator", "desk:"),
        ("desk: antivirus", "desk: antivirus, mailbox", "lab.needs", "desk:"),
        ("## sheet", "## paper", "lab.unknown-section", "## sheet"),
        ("## goals", "## tasks", "lab.second-section", "## goals"),
        ("## goals", "## goal", "lab.no-section", "# La console"),
        ("term:routeur", "term:moteur", "link.unknown-term", "Dans {{"),
        ("aims: couper", "aims: voler", "aim.unknown", "aims:"),
    ],
)  # fmt: skip
def test_a_fault_is_noted_on_its_line(old: str, new: str, code: str, at: str) -> None:
    assert (code, line_of(at)) in faults((old, new))


def test_a_lab_without_a_fault_is_read_whole() -> None:
    lab, issues = read_lab()

    assert issues == []
    assert (lab.module, lab.minutes, lab.pass_mark, lab.out_of) == ("essai", 5, 4, 5)
    assert lab.aims == ("couper",)
    assert lab.words.story.say("en").startswith("In {{ trade.workplace }}")
    assert lab.words.sheet
    assert [task.name for task in lab.words.tasks] == ["surveiller", "ranger"]
    assert [sample.name for sample in lab.samples] == ["plein", "ouvrir", "revenir"]
    assert [term.name for term in lab.terms] == ["routeur"]


def test_a_lab_is_said_in_the_words_of_a_trade() -> None:
    lab, _issues = read_lab()

    said = lab.for_trade(Trade.BAKER)

    assert said.words.story.say("fr").startswith("Dans le magasin")
    posts = said.simulator("antivirus").model_dump()["posts"]
    assert posts[0]["name"]["en"] == "The PC of the shop"


def test_a_lab_may_do_without_a_sheet_and_without_consequences() -> None:
    found = spoil(("- Un fichier inconnu reste en quarantaine.\n", ""))
    for path in (PATH_FR, PATH_EN):
        text = found[path]
        before, _, rest = text.partition("## sheet\n")
        body = rest[rest.index("## tasks") :]
        start, _, turns = body.partition("## consequences\n")
        runs = turns[turns.index("## runs") :] if "## runs" in turns else ""
        found[path] = (before + start + runs).replace("- springs: ouvert\n", "")

    library, issues = read_files(found)

    assert issues == []
    assert library.lab("console").words.sheet is None
    assert library.lab("console").words.consequences == ()


def test_one_language_is_enough_to_read_a_lab() -> None:
    found = dict(FILES_AND_LAB)
    del found[PATH_EN]

    library, issues = read_files(found)

    assert [issue.code for issue in issues] == ["file.missing-language"]
    assert library.lab("console").words.story.languages == ("fr",)


def test_a_published_lab_is_read_without_being_played() -> None:
    found = spoil(("### plein (5)", "### plein (3)"))

    library, issues = read_files(found, whole=False, published=True)

    assert issues == []
    assert library.lab("console").samples[0].points == 3


@pytest.mark.parametrize(
    "words",
    ["Voyez le", "- Un fichier inconnu", "La protection est active", "Regardez la",
     "- ranger: Le", "Reçu par e-mail", "Le programme agit."],
)  # fmt: skip
def test_a_long_sentence_is_noted_wherever_it_is(words: str) -> None:
    found = faults((words, f"{words} {LONG}"), both=False)

    assert ("sentence.too-long", line_of(words)) in found


def test_a_section_without_anything_is_noted() -> None:
    tasks = "- surveiller: La protection surveille.\n- ranger: Le fichier est décidé.\n"
    start = LAB_FR.index("### protection")
    goals = LAB_FR[start : LAB_FR.index("## consequences")]

    assert ("lab.empty-section", line_of("## tasks")) in faults((tasks, ""), both=False)
    assert ("lab.empty-section", line_of("## goals")) in faults((goals, ""), both=False)


def test_a_lab_without_a_story_is_noted() -> None:
    story = LAB_FR[LAB_FR.index("Dans {{") : LAB_FR.index("## sheet")]

    assert ("lab.no-story", line_of("# La console")) in faults((story, ""), both=False)


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("- definitions: 12", "- definitions: 13", "twin.differs", "### antivirus"),
        ("| trojan |", "| suspect |", "twin.differs", "| facture |"),
        ("### fichier (2)", "### fichier (1)", "twin.differs", "### fichier"),
        ("### fichier (2)", "### dossier (2)", "twin.missing-part", "## goals"),
        ("is quarantined or deleted", "is quarantined", "twin.differs",
         "- when: antivirus.item.facture is"),
        ("- needs: fichier\n", "", "twin.differs", "### calme"),
        ("- hint: Press “Switch on”.\n", "", "twin.count", "### protection"),
        ("- ranger: The file", "- trier: The file", "twin.missing-part", "## tasks"),
        ("### ouvert", "### ferme", "twin.missing-part", "## consequences"),
        ("pass: 4", "pass: 5", "twin.header", "pass: 4"),
    ],
)  # fmt: skip
def test_what_two_languages_do_not_say_alike_is_noted(
    old: str, new: str, code: str, at: str
) -> None:
    found = dict(FILES_AND_LAB)
    before, _, _ = found[PATH_EN].partition(at)
    found[PATH_EN] = found[PATH_EN].replace(old, new, 1)

    issues = read_files(found)[1]

    assert (code, before.count("\n") + 1) in noted(issues, PATH_EN)


def test_a_sheet_in_one_language_only_is_noted() -> None:
    found = dict(FILES_AND_LAB)
    sheet = "## sheet\n\n- An unknown file stays in quarantine.\n"
    found[PATH_EN] = found[PATH_EN].replace(sheet, "")

    issues = read_files(found)[1]

    assert ("twin.missing-part", 8) in noted(issues, PATH_EN)


def test_a_section_that_one_language_lacks_is_noted_once_there() -> None:
    found = dict(FILES_AND_LAB)
    found[PATH_EN] = found[PATH_EN].replace("## consequences", "## consequence")

    codes = [code for code, _line in noted(read_files(found)[1], PATH_EN)]

    assert codes.count("lab.unknown-section") == 1
    assert "twin.missing-part" in codes


def test_a_start_that_one_language_lacks_is_noted() -> None:
    found = dict(FILES_AND_LAB)
    found[PATH_EN] = found[PATH_EN].replace("## start", "## begin")

    assert ("lab.no-section", 8) in noted(read_files(found)[1], PATH_EN)


def test_a_module_leads_to_a_lab_of_its_own_folder() -> None:
    found = dict(FILES_AND_LAB)
    found[MODULE] = found[MODULE].replace("lab: console", "lab: sheet")
    english = MODULE.replace(".fr.", ".en.")
    found[english] = found[english].replace("lab: console", "lab: sheet")

    issues = read_files(found)[1]

    assert ("module.no-such-lab", 8) in noted(issues, MODULE)
    assert ("lab.not-named", 1) in noted(issues, PATH_FR)


def with_more(more: str, lab: str = "") -> dict[str, str]:
    """The course whose module names these labs to go further."""
    found = dict(FILES_AND_LAB)
    for path in (MODULE, MODULE.replace(".fr.", ".en.")):
        new = f"{lab}more: {more}"
        found[path] = found[path].replace("lab: console", new)
    return found


def test_a_module_offers_labs_to_go_further_outside_its_minutes() -> None:
    found = with_more("console")
    for path in (MODULE, MODULE.replace(".fr.", ".en.")):
        found[path] = found[path].replace("minutes: 20", "minutes: 15")

    library, issues = read_files(found)

    assert issues == []
    assert library.module("essai").more == ("console",)
    assert library.module("essai").lab is None


def test_a_module_offers_a_lab_that_is_in_its_folder_and_not_its_own() -> None:
    unknown = read_files(with_more("console, moon"))[1]
    twice = read_files(with_more("console", "lab: console\n"))[1]

    assert noted(unknown) == [("module.no-such-lab", 8)]
    assert noted(twice) == [("module.lab-twice", 9)]


def test_a_lab_without_its_module_is_a_warning() -> None:
    found = {path: text for path, text in FILES_AND_LAB.items() if path != MODULE}
    del found[MODULE.replace(".fr.", ".en.")]

    issues = read_files(found)[1]

    assert ("file.no-module", 1) in noted(issues, PATH_FR)


def test_the_minutes_of_the_lab_count_in_the_module() -> None:
    issues = read_files(spoil(("minutes: 5", "minutes: 50")))[1]

    assert [i.values["parts"] for i in issues if i.code == "module.too-short"] == [65]


def test_a_lab_that_is_linked_to_exists() -> None:
    found = dict(FILES_AND_LAB)
    for language in ("fr", "en"):
        path = f"lessons/1-essai/2-seconde.{language}.md"
        found[path] = found[path].replace("(quiz:essai)", "(lab:console)")
    again = {
        path: text.replace("lab:console", "lab:moon") for path, text in found.items()
    }

    assert read_files(found)[1] == []
    assert "link.unknown-lab" in [issue.code for issue in read_files(again)[1]]


def test_what_a_parcel_holds_gives_the_lab_back() -> None:
    library, _issues = read_files(FILES_AND_LAB)
    parcel = next(each for each in library.parcels() if each.kind == "lab")

    again, issues = read_files(dict(parcel.source), whole=False)

    assert [issue for issue in issues if issue.fatal] == []
    assert again.lab("console").words == library.lab("console").words
    assert again.lab("console").desk == library.lab("console").desk
    assert again.parcels()[-1].digest == parcel.digest


def test_a_simulator_finds_the_one_that_it_needs() -> None:
    codes = [
        code for code, _line in faults(("desk: antivirus", "desk: explorer, mailbox"))
    ]

    assert "lab.needs" not in codes
    assert "lab.unknown-simulator" in codes


LINES = LAB_FR.split("\n")


@given(
    at=st.integers(0, len(LINES) - 1),
    how=st.sampled_from(["drop", "twice", "swap", "cut", "junk"]),
    where=st.integers(0, len(LINES) - 1),
    junk=st.text(max_size=12),
    path=st.sampled_from([PATH_FR, PATH_EN]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_the_course_is_read(at, how, where, junk, path) -> None:
    lines = (LAB_FR if path == PATH_FR else LAB_EN).split("\n")
    at, where = at % len(lines), where % len(lines)
    match how:
        case "drop":
            del lines[at]
        case "twice":
            lines.insert(where, lines[at])
        case "swap":
            lines[at], lines[where] = lines[where], lines[at]
        case "cut":
            lines = lines[:at]
        case _:
            lines[at] = lines[at][: where % (len(lines[at]) + 1)] + junk

    library, issues = read_files({**FILES_AND_LAB, path: "\n".join(lines)})

    assert library.labs or [issue for issue in issues if issue.fatal]


def test_a_wrong_name_on_the_desk_is_noted_once() -> None:
    found = faults(("desk: antivirus", "desk: console"))

    assert found == [("lab.unknown-simulator", line_of("desk:"))]


def test_what_a_missing_part_would_hold_is_not_noted_besides() -> None:
    codes = [code for code, _line in faults(("## goals", "## goal"), both=False)]

    assert codes == ["lab.no-section", "lab.unknown-section"]
