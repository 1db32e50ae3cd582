"""The start of a lab: what it gives, and each fault with its line."""

from typing import Annotated

import pytest

from course.domain.issue import Issue, Margin
from course.domain.manuscript import lines_of
from course.domain.simulators.antivirus import Antivirus
from course.domain.simulators.base import Frozen
from course.domain.source.desks import Start
from course.domain.source.parts import Part
from course.domain.text import Text
from tests.domain.labs import faults, line_of, read_lab, spoil
from tests.domain.samples import noted, read_files
from tests.make.library_lab import FILES_AND_LAB, LAB_FR, PATH_EN, PATH_FR


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("### antivirus\n", "### tractor\n", "lab.unknown-simulator", "### antivirus"),
        ("- definitions: 12", "- defs: 12", "lab.unknown-start", "- definitions"),
        ("- definitions: 12", "- items: 12", "lab.unknown-start", "- definitions"),
        ("- definitions: 12", "- definitions: x", "lab.no-number", "- definitions"),
        ("- definitions: 12", "- definitions: -1", "lab.bad-start", "- definitions"),
        ("- protection: off", "- protection: x", "lab.no-yes", "- protection"),
        ("- definitions: 12", "- protection: on", "lab.second-key", "- definitions"),
        ("- definitions: 12", "- attack: moon", "lab.no-post", "- definitions"),
        ("| trojan |", "| bug |", "lab.bad-choice", "| facture |"),
        ("| trojan |", "| |", "table.empty-cell", "| facture |"),
        ("| facture |", "| Ma facture |", "table.bad-name", "| facture |"),
        ("#### items", "#### files", "lab.unknown-start", "#### items"),
        ("#### people", "#### posts", "lab.second-key", "#### people"),
        ("| post | name |", "Un poste.", "lab.stray-line", "| post | name |"),
    ],
)  # fmt: skip
def test_a_fault_is_noted_on_its_line(old: str, new: str, code: str, at: str) -> None:
    assert (code, line_of(at)) in faults((old, new))


def test_the_start_is_the_one_written() -> None:
    lab, _issues = read_lab()

    console = lab.simulator("antivirus").model_dump()
    assert (console["protection"], console["definitions"]) == (False, 12)
    assert console["items"][0]["name"] == Text(
        fr="facture.pdf.exe", en="invoice.pdf.exe"
    )
    assert console["people"][0]["late"] is False


def test_a_table_that_lacks_is_noted() -> None:
    table = LAB_FR[LAB_FR.index("| post |") : LAB_FR.index("#### people")]

    found = faults((table, ""), both=False)

    assert ("lab.no-table", line_of("#### posts")) in found


def test_a_field_that_lacks_is_noted_where_it_should_be() -> None:
    posts = LAB_FR[LAB_FR.index("#### posts") : LAB_FR.index("#### people")]
    found = spoil((posts, ""))
    english = found[PATH_EN]
    cut = english[english.index("#### posts") : english.index("#### people")]
    found[PATH_EN] = english.replace(cut, "")

    issues = read_files(found)[1]

    assert ("lab.missing-start", line_of("### antivirus")) in noted(issues, PATH_FR)


def test_a_simulator_without_a_start_is_noted_at_the_section() -> None:
    found = dict(FILES_AND_LAB)
    for path in (PATH_FR, PATH_EN):
        text = found[path]
        start = text[text.index("### antivirus") : text.index("## goals")]
        found[path] = text.replace(start, "")

    issues = read_files(found)[1]

    assert ("lab.missing-start", line_of("## start")) in noted(issues, PATH_FR)


def test_too_many_rows_are_noted() -> None:
    row = "| office | Le PC de {{ trade.workplace }} |\n"
    rows = "".join(row.replace("office", f"p{number}") for number in range(5))
    found = spoil((row, rows))
    found.pop(PATH_EN)

    issues = read_files(found)[1]

    assert ("lab.too-many", line_of("#### posts")) in noted(issues, PATH_FR)


def test_too_few_rows_are_noted() -> None:
    row = "| office | Le PC de {{ trade.workplace }} |\n"
    found = spoil((row, ""))
    found.pop(PATH_EN)

    issues = read_files(found)[1]

    assert ("lab.too-few", line_of("#### posts")) in noted(issues, PATH_FR)


def test_a_simulator_begins_once() -> None:
    found = faults(("## goals", "### antivirus\n\n## goals"))

    assert ("lab.second-name", line_of("## goals")) in found


def test_a_text_on_one_line_may_have_several_paragraphs() -> None:
    half = " ".join(["mot"] * 16)
    words = "Reçu par e-mail"

    assert faults((words, f"{half} ¶ {half} / {half}"), both=False) == []


class Row(Frozen):
    """A row of a table of the shelf."""

    id: str
    tags: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()


class Shelf(Antivirus):
    """A start with every shape of field."""

    kind = "shelf"
    colours: tuple[Annotated[str, "a colour"], ...] = ()
    remarks: tuple[Text, ...] = ()
    title: Text | None = None
    size: int | None = None
    holder: Annotated[str | None, "who holds it"] = None
    rows_on_it: tuple[Row, ...] = ()


START = """\
- colours: red, blue,
- remarks: One; two.
- remarks: Three,
  and four.
- title: The shelf
- size: 3

#### rows-on-it

| row | tags | remarks |
|---|---|---|
| top | old, dry | Dusty; high. |
| low | | |
"""


def test_every_shape_of_field_is_read() -> None:
    margin = Margin("x.lab.fr.md")
    part = Part(1, "shelf", lines_of(START))

    fields = Start(Shelf, "fr", margin, part=part).read()

    assert margin.issues == []
    assert fields["colours"] == ("red", "blue")
    assert fields["remarks"] == [Text(fr="One; two."), Text(fr="Three, and four.")]
    assert (fields["title"], fields["size"]) == (Text(fr="The shelf"), "3")
    assert fields["holder"] is None
    top, low = fields["rows-on-it"]
    assert top["tags"] == ("old", "dry")
    assert top["remarks"] == [Text(fr="Dusty"), Text(fr="high.")]
    assert (low["id"], low["tags"], low["remarks"]) == ("low", None, None)


def test_a_table_that_one_language_lacks_is_told_by_its_rows() -> None:
    found = dict(FILES_AND_LAB)
    english = found[PATH_EN]
    items = english[english.index("#### items") : english.index("#### posts")]
    found[PATH_EN] = english.replace(items, "")

    differs = [i for i in read_files(found)[1] if i.code == "twin.differs"]

    assert [(i.values["field"], i.values["there"]) for i in differs] == [("items", "1")]


EXPLORER = """\
### explorer

#### folders

| folder | name | parent |
|---|---|---|
| bureau | Bureau | |

#### files

| file | name | folder | type | size | content |
|---|---|---|---|---|---|
| contrat | contrat.pdf | bureau | pdf | 240 | contract |

"""


def with_explorer(old: str = "", new: str = "") -> tuple[str, list[Issue]]:
    """The French file of a lab with an explorer, and what is noted of it."""
    found = dict(FILES_AND_LAB)
    for path in (PATH_FR, PATH_EN):
        text = found[path].replace("desk: antivirus", "desk: antivirus, explorer")
        text = text.replace("## goals", f"{EXPLORER}## goals", 1)
        assert old in text
        found[path] = text.replace(old, new, 1) if old else text
    issues = [issue for issue in read_files(found)[1] if issue.path == PATH_FR]
    return found[PATH_FR], issues


def test_an_explorer_may_be_on_the_desk() -> None:
    assert with_explorer()[1] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("| contrat | contrat.pdf", "| made-1 | contrat.pdf", "lab.taken-row"),
        ("| contrat | contrat.pdf", "| bureau | contrat.pdf", "lab.taken-row"),
        ("| bureau | Bureau | |", "| bureau | Bureau | armoire |", "lab.late-parent"),
        ("contrat.pdf | bureau |", "contrat.pdf | top |", "lab.no-folder"),
        ("| contrat.pdf |", "| contrat |", "lab.no-ending"),
        ("| 240 |", "| 240 ko |", "lab.no-number"),
        ("| contract |", "| Le contrat |", "lab.bad-name"),
        ("contrat.pdf | bureau |", "contrat.pdf | |", "table.empty-cell"),
    ],
)
def test_what_does_not_hold_together_is_noted_on_its_row(
    old: str, new: str, code: str
) -> None:
    text, issues = with_explorer(old, new)

    at = text[: text.index(new)].count("\n") + 1
    assert [(issue.code, issue.line) for issue in issues] == [(code, at)]


def test_a_folder_that_nothing_bears_is_told_with_those_there_are() -> None:
    issue = with_explorer("contrat.pdf | bureau |", "contrat.pdf | top |")[1][0]

    assert issue.values == {"name": "top", "known": "bureau"}


def test_a_column_that_lacks_is_noted_once() -> None:
    table = EXPLORER[EXPLORER.index("| file |") :]
    less = (
        table.replace("| folder ", "").replace("| bureau ", "").replace("|---", "", 1)
    )

    issues = with_explorer(table, less)[1]

    assert [issue.code for issue in issues] == ["table.missing-column"]
