"""The antivirus console: its files, its scans, the workstations around it."""

from typing import Any

import pytest
from pydantic import ValidationError

from course.domain.lab import Action
from course.domain.profile import Profile
from course.domain.run import Play
from course.domain.simulators.base import Facts, RefusedError
from course.domain.simulators.console import FULL_STEPS, MOST_HISTORY, QUICK_STEPS
from tests.make.simulators import lab_of, scenes, simulator

SCENE = scenes("antivirus")[0]


def played(*lines: str) -> Play:
    return SCENE.play([f"antivirus {line}" for line in lines])


def facts(*lines: str) -> Facts:
    return played(*lines).facts["antivirus"]


def shown(*lines: str, language: str = "fr") -> dict[str, Any]:
    return SCENE.simulator.show(played(*lines).world, {}, language)


def test_before_anything_is_done_nothing_is_safe_and_nothing_is_lost() -> None:
    console = shown()

    assert (console["protection"], console["definitions"]) == (False, 47)
    assert (console["scanned"], console["used"], console["scan"]) == (214, 0, None)
    assert [item["what"] for item in console["items"]] == ["pending", "pending"]
    assert (console["waiting"], console["history"]) == (2, [])
    assert (console["plan"], console["attack"]) == (False, "")
    assert facts()["told"] == ()


# ---- Scans


@pytest.mark.parametrize(
    ("what", "steps"), [("full", FULL_STEPS), ("quick", QUICK_STEPS)]
)
def test_a_scan_goes_on_at_each_act_until_it_ends(what: str, steps: int) -> None:
    scan = f"scan what={what}"

    begun = shown(scan)["scan"]
    nearly = shown(scan, *["wait"] * (steps - 1))["scan"]
    ended = shown(scan, "protect on=yes", *["wait"] * (steps - 1))

    assert (begun.done, begun.steps) == (0, steps)
    assert nearly.done == steps - 1
    assert ended["scan"] is None
    assert ended["history"][0] == {"what": what, "name": ""}
    assert ended["scanned"] == (0 if what == "full" else 214)


def test_launching_counts_and_the_age_of_the_list_stays_with_the_scan() -> None:
    assert facts()["full-scan"] == "none"
    assert facts("scan what=full")["full-scan"] == "stale"
    assert facts("scan what=full", "update")["full-scan"] == "stale"
    assert facts("update", "scan what=full")["full-scan"] == "fresh"
    assert facts("update")["update"] == "done"
    assert facts("scan what=quick")["full-scan"] == "none"


def test_a_full_scan_that_ended_with_an_old_list_says_so() -> None:
    waits = ["wait"] * FULL_STEPS

    old = shown("scan what=full", *waits, "update")
    today = shown("update", "scan what=full", *waits)

    assert (old["scanned"], old["used"]) == (0, 47)
    assert (today["scanned"], today["used"]) == (0, 0)


def test_a_scan_stops_when_its_post_is_shut_down_and_not_when_another_is() -> None:
    begun = ("open", "scan what=full")

    assert shown(*begun, "power post=workshop to=off")["scan"].done == 1
    assert shown(*begun, "power post=office to=off")["scan"] is None


# ---- Files


def test_a_threat_put_back_runs_where_the_protection_is_off() -> None:
    item = shown("decide item=facture what=restore")["items"][0]

    assert (item["what"], item["runs"]) == ("restored", True)


@pytest.mark.parametrize(
    "lines",
    [
        ("decide item=facture what=restore", "protect on=yes"),
        ("protect on=yes", "decide item=facture what=restore"),
    ],
)
def test_the_protection_catches_a_threat_that_was_put_back(
    lines: tuple[str, ...],
) -> None:
    found = facts(*lines)

    assert found["item.facture"] == "pending"
    assert found["item.facture.restored"] == "yes"
    assert shown(*lines)["history"][0]["what"] == "caught"


def test_a_full_scan_finds_the_threat_that_runs_and_a_quick_one_does_not() -> None:
    back = "decide item=facture what=restore"

    full = shown(back, "scan what=full", *["wait"] * FULL_STEPS)
    quick = shown(back, "scan what=quick", *["wait"] * QUICK_STEPS)

    assert full["items"][0]["what"] == "pending"
    assert full["history"][0] == {"what": "found", "name": "facture_8841.pdf.exe"}
    assert quick["items"][0]["what"] == "restored"


def test_ones_own_file_put_back_is_left_alone() -> None:
    found = facts("protect on=yes", "decide item=modele what=restore")

    assert found["item.modele"] == "restored"


def test_only_letting_a_threat_loose_and_warning_cannot_be_taken_back() -> None:
    for line, can in [
        ("decide item=facture what=restore", False),
        ("decide item=facture what=delete", True),
        ("decide item=modele what=restore", True),
        ("decide item=modele what=delete", True),
        ("warn who=contact", False),
        ("open", True),
    ]:
        assert played(line).can_undo is can, line


def test_the_history_keeps_the_last_lines_only() -> None:
    turns = [
        f"decide item=modele what={what}"
        for _turn in range(MOST_HISTORY)
        for what in ("quarantine", "restore")
    ]

    history = shown(*turns, "update")["history"]

    assert len(history) == MOST_HISTORY
    assert history[0]["what"] == "update"


# ---- Attack


def test_the_attack_shows_once_every_file_is_decided() -> None:
    first = "decide item=facture what=quarantine"

    assert facts(first, "ask item=modele")["attack"] == "hidden"
    assert facts(first, "decide item=modele what=delete")["attack"] == "shown"
    assert facts(first, "decide item=modele what=delete")["plan"] == "closed"


def test_the_attack_shows_once_the_plan_is_open_and_on_its_post_only() -> None:
    console = shown("open")

    assert console["attack"] == "le deuxième PC"
    assert [post["attacked"] for post in console["posts"]] == [False, True]
    assert [post["here"] for post in console["posts"]] == [True, False]


def test_without_an_attack_nothing_shows() -> None:
    calm = simulator("antivirus", {"posts": [{"id": "office", "name": "votre PC"}]})
    play = Play.begin(lab_of(calm), 7, Profile())

    play.do(Action("antivirus", "open", {}))

    assert play.facts["antivirus"]["attack"] == "hidden"


# ---- Workstations


def test_what_was_in_memory_is_lost_once_a_post_was_shut_down() -> None:
    off = ("open", "power post=workshop to=off")

    assert facts(*off)["post.workshop.traces"] == "lost"
    assert facts(*off, "power post=workshop to=on")["post.workshop.power"] == "on"
    assert facts(*off, "power post=workshop to=on")["post.workshop.traces"] == "lost"


def test_a_post_can_be_shut_down_twice() -> None:
    turns = ["power post=workshop to=off", "power post=workshop to=on"] * 2

    assert facts("open", *turns, turns[0])["post.workshop.power"] == "off"


def test_in_the_cupboard_the_network_is_what_it_was() -> None:
    away = facts("open", "move post=workshop place=cupboard")

    assert away["post.workshop.place"] == "cupboard"
    assert (away["post.workshop.cable"], away["post.workshop.wifi"]) == ("in", "on")


def test_wifi_alone_is_enough_to_update() -> None:
    assert facts("open", "cable post=office to=out", "update")["update"] == "done"
    assert facts("open", "wifi post=office to=off", "update")["update"] == "done"


# ---- People


def test_several_people_are_warned_at_once_in_the_authors_order() -> None:
    told = facts("open", "warn who=colleagues,contact by=mail")["told"]

    assert told == ("contact", "colleagues")


def test_what_people_were_told_before_the_attack_is_not_the_attack() -> None:
    lines = ("warn who=contact,colleagues", "open")

    assert facts(*lines[:1])["told"] == ("contact", "colleagues")
    assert facts(*lines)["told"] == ()
    assert [each["told_before"] for each in shown(*lines)["people"]] == [
        True,
        True,
        False,
    ]
    assert facts(*lines, "warn who=contact")["told"] == ("contact",)


def test_the_number_of_the_window_is_known_once_the_window_is() -> None:
    assert len(shown()["people"]) == 2
    assert len(shown("open")["people"]) == 3


def test_the_phone_works_without_any_network() -> None:
    cut = ("open", "cable post=office to=out", "wifi post=office to=off")

    assert facts(*cut, "warn who=contact by=phone")["told"] == ("contact",)
    with pytest.raises(RefusedError, match=r"antivirus\.no-mail"):
        facts(*cut, "warn who=contact by=mail")


# ---- Words


def test_a_deed_is_told_with_the_authors_words() -> None:
    world, own = played("open").world, SCENE.simulator
    acts = own.acts

    decided = own.tell(
        world, acts["decide"].load({"item": "modele", "what": "delete"}), "fr"
    )
    moved = own.tell(
        world, acts["move"].load({"post": "workshop", "place": "cupboard"}), "fr"
    )
    warned = own.tell(world, acts["warn"].load({"who": ["contact", "number"]}), "fr")

    assert decided == {"item": "modele-devis.xlsm", "what": "delete"}
    assert moved == {"post": "le deuxième PC", "place": "cupboard"}
    assert warned == {
        "who": "Votre contact informatique, Le numéro affiché",
        "by": "phone",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"posts": []},
        {"posts": [{"id": "office", "name": "A"}] * 2},
        {"posts": [{"id": "office", "name": "A"}], "attack": "elsewhere"},
        {"posts": [{"id": "Not a name", "name": "A"}]},
    ],
)
def test_a_desk_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        simulator("antivirus", wrong)
