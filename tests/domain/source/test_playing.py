"""Labs are played: what does not go as written is noted."""

import pytest

from tests.domain.labs import RUNS, faults, line_of, spoil
from tests.domain.samples import read_files
from tests.make.library_lab import FILES_AND_LAB, PATH_EN, PATH_FR


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("- needs: fichier", "- needs: dossier", "lab.unknown-name", "### calme"),
        ("- needs: fichier", "- needs: calme", "lab.unknown-name", "### calme"),
        ("- task: surveiller", "- task: dormir", "lab.unknown-name", "### protection"),
        ("antivirus.protection is on", "antivirus.shield is on", "lab.unknown-fact",
         "- when: antivirus.protection"),
        ("antivirus.protection is on", "mailbox.sent at least 1",
         "lab.unknown-simulator", "- when: antivirus.protection"),
        ("- spoils: fichier", "- spoils: dossier", "lab.unknown-name", "### ouvert"),
        ("- springs: ouvert", "- springs: ferme", "lab.unknown-name", "### ouvrir"),
        ("- missed: fichier, calme", "- missed: dossier", "lab.unknown-name",
         "### ouvrir"),
        ("1. antivirus protect on=yes", "1. antivirus protect on=maybe",
         "lab.bad-choice", "1. antivirus protect on=yes"),
        ("1. antivirus protect on=yes", "1. antivirus wait", "lab.refused",
         "1. antivirus protect on=yes"),
        ("lab hint goal=fichier", "lab hint goal=moon", "lab.refused", "2. lab hint"),
        ("1. antivirus protect on=yes", "1. antivirus decide item=moon what=delete",
         "lab.unknown-row", "1. antivirus protect on=yes"),
        ("### plein (5)\n", "### plein (5)\n\n- missed: calme\n",
         "lab.nothing-missed", "### plein"),
        ("### plein (5)\n", "### plein (5)\n\n- springs: ouvert\n",
         "lab.nothing-springs", "### plein"),
        ("has no contact", "has no voisin", "lab.never-so", "- when: antivirus.told"),
        ("4. antivirus warn who=contact by=phone\n", "", "lab.never-any",
         "- when: antivirus.told"),
        ("### plein (5)", "### plein (4)", "lab.points", "### plein"),
        ("- missed: fichier, calme\n", "", "lab.missed", "### ouvrir"),
        ("- springs: ouvert\n", "", "lab.springs", "### ouvrir"),
        ("### plein (5)", "### plein (4)", "lab.no-full-run", "## runs"),
        ("- needs: fichier\n", "", "lab.given", "### calme"),
        ("- when: antivirus.item.facture.restored is yes",
         "- when: antivirus.item.facture is pending", "lab.sprung-at-start",
         "### ouvert"),
        ("- task: surveiller\n", "", "lab.task-without-goal", "- surveiller:"),
    ],
)  # fmt: skip
def test_a_fault_is_noted_on_its_line(old: str, new: str, code: str, at: str) -> None:
    assert (code, line_of(at)) in faults((old, new))


def test_a_lab_without_a_run_is_noted() -> None:
    assert ("lab.no-full-run", 1) in faults((RUNS, ""))


def test_a_fault_of_some_trades_only_says_which() -> None:
    found = dict(FILES_AND_LAB)
    for path in (PATH_FR, PATH_EN):
        found[path] = found[path].replace(
            "facture.restored is no", "facture is deleted"
        )
    trades = found["lessons/trades.fr.md"]
    words = (
        "| word-for-it | delete | delete | quarantine | delete | delete | delete |\n"
    )
    for path in ("lessons/trades.fr.md", "lessons/trades.en.md"):
        found[path] = found[path].rstrip() + "\n" + words
    assert trades
    found[PATH_FR] = found[PATH_FR].replace(
        "item=facture what=quarantine", 'item=facture what="{{ trade.word-for-it }}"', 1
    )

    issues = [i for i in read_files(found)[1] if i.code == "lab.points"]

    assert [
        issue.values["trades"] for issue in issues if issue.values["name"] == "plein"
    ] == [" (hotel)"]


INVOICING = """
### invoicing

- day: 2026-11-23

#### firm

| firm | name | siren | address |
|---|---|---|---|
| own | Exemple | 123 456 789 | Port-Exemple |

#### series

| series | prefix | next |
|---|---|---|
| invoice | F- | 1 |
| credit | A- | 1 |

#### items

| item | name | price | rate |
|---|---|---|---|
| goods | {{ trade.workplace }} | {{ trade.price }} | 20 |
"""


@pytest.mark.parametrize("hotel", ["12,50", "beaucoup"])
def test_a_figure_that_is_none_in_the_words_of_a_trade_is_noted(hotel: str) -> None:
    found = dict(FILES_AND_LAB)
    for path in ("lessons/trades.fr.md", "lessons/trades.en.md"):
        words = f"| price | 10 | 10 | {hotel} | 10 | 10 | 10 |\n"
        found[path] = found[path].rstrip() + "\n" + words
    for path in (PATH_FR, PATH_EN):
        found[path] = (
            found[path]
            .replace("desk: antivirus", "desk: antivirus, invoicing")
            .replace("\n## goals", f"{INVOICING}\n## goals")
        )

    issues = [i for i in read_files(found)[1] if i.code == "lab.start-fault"]

    assert [(each.path, each.values["simulator"]) for each in issues] == (
        [] if hotel == "12,50" else [(PATH_FR, "invoicing")]
    )
    assert all(hotel in str(each.values["reason"]) for each in issues)


def test_of_several_names_one_that_is_shown_is_enough() -> None:
    assert faults(("has no contact", "has no voisin or contact")) == []


def test_each_name_that_must_be_there_is_shown() -> None:
    found = read_files(spoil(("has no contact", "is exactly contact, voisin")))[1]

    never = [issue for issue in found if issue.code == "lab.never-so"]
    assert [issue.values["name"] for issue in never] == ["voisin"]
    assert [issue.fatal for issue in never] == [False]


def test_a_run_that_stops_hides_what_it_would_show() -> None:
    codes = [
        code
        for code, _line in faults(("3. antivirus protect on=yes", "3. antivirus wait"))
    ]

    assert codes == ["lab.refused"]
