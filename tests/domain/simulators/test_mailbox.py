"""A mailbox: what is kept while one writes, who is really answered, what has gone."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from course.domain.lab import Action
from course.domain.profile import Profile
from course.domain.run import Play, action_of
from course.domain.simulators.base import Facts, RefusedError
from course.domain.simulators.letters import LONGEST_BODY, Keep
from course.domain.simulators.mailbox import Mailbox
from course.domain.text import Text
from tests.make.simulators import Scene, lab_of, scenes, simulator

WRITING, ANSWERING = scenes("mailbox")
PROFILE = Profile()


def played(*lines: str, scene: Scene = WRITING) -> Play:
    return scene.play(lines)


def shown(
    *lines: str, scene: Scene = WRITING, language: str = "fr", **view: str
) -> dict[str, Any]:
    return scene.simulator.show(played(*lines, scene=scene).world, view, language)


def facts(*lines: str, scene: Scene = WRITING) -> Facts:
    return played(*lines, scene=scene).facts["mailbox"]


def pressed(play: Play, name: str, raw: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What is shown once a form was sent."""
    play.do(action_of(WRITING.lab, "mailbox", name, raw))
    return WRITING.simulator.show(play.world, {}, "fr")


def told(line: str, *before: str, scene: Scene = WRITING) -> dict[str, str]:
    play, action = played(*before, scene=scene), scene.action(line)
    act = scene.simulator.acts[action.name].load(action.fields)
    return scene.simulator.tell(play.world, act, "fr")


# ---- Writing


@pytest.mark.parametrize("button", ["keep", "attach", "link"])
def test_no_button_of_the_form_loses_what_was_typed(button: str) -> None:
    form = {
        "draft": ["letter-1"],
        "message": ["letter-1"],
        "where.accountant": ["to"],
        "where.team": ["bcc"],
        "where.lookalike": [""],
        "subject": [" Pièces\n d’octobre "],
        "body": ["Bonjour,\r\nvoilà."],
        "ticks": ["", "list", "list"],
        "item": ["energy"],
    }

    draft = pressed(played("mailbox write"), button, form)["draft"]

    where = {who["id"]: who["where"] for who in draft["people"]}
    assert where == {"lookalike": "", "accountant": "to", "team": "bcc"}
    assert draft["subject"] == "Pièces d’octobre"
    assert draft["body"] == "Bonjour,\nvoilà."
    assert [each["id"] for each in draft["phrases"] if each["ticked"]] == ["list"]


def test_a_form_that_holds_the_recipients_can_empty_them() -> None:
    play = played("mailbox write", "mailbox keep to=accountant ticks=list")

    form = {"where.accountant": [""], "ticks": [""]}
    draft = pressed(play, "keep", form)["draft"]

    assert {who["where"] for who in draft["people"]} == {""}
    assert not any(each["ticked"] for each in draft["phrases"])


def test_a_button_elsewhere_on_the_desk_leaves_the_draft_as_it_was() -> None:
    play = played("mailbox write", "mailbox keep to=team subject=Essai ticks=list")

    draft = pressed(play, "attach", {"item": ["energy"]})["draft"]

    assert [who["id"] for who in draft["people"] if who["where"]] == ["team"]
    assert draft["subject"] == "Essai"
    assert [piece["name"] for piece in draft["pieces"]] == ["facture.pdf"]


def test_what_was_typed_goes_to_the_bin_with_the_draft() -> None:
    play = played("mailbox write")

    thrown = pressed(play, "delete", {"message": ["letter-1"], "subject": ["Essai"]})
    kept = pressed(play, "restore", {"message": ["letter-1"]})

    assert (thrown["draft"], kept["draft"]["subject"]) == (None, "Essai")


def test_a_text_that_is_too_long_is_refused_as_such() -> None:
    with pytest.raises(RefusedError) as refused:
        Keep.read({"body": ["x" * (LONGEST_BODY + 1)]})

    assert (refused.value.code, refused.value.values["field"]) == (
        "act.too-long",
        "body",
    )


def test_a_file_is_attached_as_it_is_then_whatever_becomes_of_it() -> None:
    draft = shown(
        "mailbox attach item=energy",
        "explorer rename item=energy name=2026-10-05_energie_186-40.pdf",
        "explorer delete item=energy",
    )["draft"]

    assert [piece["name"] for piece in draft["pieces"]] == ["facture.pdf"]
    offered = [file["id"] for folder in draft["folders"] for file in folder["files"]]
    assert "energy" not in offered


def test_a_file_of_the_letter_is_not_offered_again() -> None:
    draft = shown("mailbox attach item=energy", "mailbox link item=heavy")["draft"]

    assert [folder["name"] for folder in draft["folders"]] == ["À trier"]
    assert draft["weight"] == {"weight": 120, "unit": "kB"}
    assert draft["limit"] == {"weight": 20, "unit": "MB"}


def test_the_press_that_keeps_the_draft_can_take_a_piece_out() -> None:
    draft = shown("mailbox link item=energy", "mailbox keep remove=energy")["draft"]

    assert draft["pieces"] == []


@pytest.mark.parametrize(
    ("lines", "size"),
    [
        (["mailbox attach item=video"], 48),
        (["mailbox attach item=energy", "mailbox attach item=video"], 48),
        (["mailbox attach item=heavy", "mailbox attach item=photo"], 21),
    ],
)
def test_what_is_too_heavy_is_refused_with_both_sizes(
    lines: list[str], size: int
) -> None:
    play = played(*lines[:-1])

    with pytest.raises(RefusedError) as refused:
        play.do(WRITING.action(lines[-1]))

    assert refused.value.code == "mailbox.too-heavy"
    assert refused.value.values == {"size": size, "limit": 20}


def test_a_letter_may_weigh_all_that_it_may() -> None:
    start = {"owner": "a@b.example", "limit": "1"}
    explorer = simulator(
        "explorer",
        {
            "folders": [{"id": "all", "name": "Tout"}],
            "files": [
                {
                    "id": name,
                    "name": f"{name}.pdf",
                    "folder": "all",
                    "type": "pdf",
                    "size": size,
                    "content": name,
                }
                for name, size in (("most", "999"), ("one", "1"), ("more", "1"))
            ],
        },
    )
    play = Play.begin(lab_of(explorer, simulator("mailbox", start)), 7, PROFILE)
    for name in ("most", "one"):
        play.do(Action("mailbox", "attach", {"item": name}))

    with pytest.raises(RefusedError) as refused:
        play.do(Action("mailbox", "attach", {"item": "more"}))

    assert refused.value.values == {"size": 2, "limit": 1}


def test_the_draft_in_hand_is_the_one_that_is_meant() -> None:
    writing = ("mailbox write", "mailbox write", "mailbox keep draft=letter-1")

    first = shown(
        *writing, "mailbox attach item=energy", letter="letter-1", box="drafts"
    )
    last = shown(
        *writing, "mailbox delete message=letter-1", "mailbox attach item=energy"
    )

    assert [piece["file"] for piece in first["draft"]["pieces"]] == ["energy"]
    assert last["draft"]["id"] == "letter-2"


# ---- Sending


def test_what_was_sent_reads_as_a_receipt() -> None:
    sent = shown(
        "mailbox attach item=energy",
        "mailbox link item=payslip",
        "mailbox keep ticks=signature,greeting",
        'mailbox send to=accountant bcc=team subject=Pièces body="Voilà."',
    )["sent"]

    assert sent["paragraphs"] == ["Bonjour,", "Voilà.", "Cordialement, Ada"]
    assert [who["address"] for who in sent["places"]["to"]] == [
        "dossiers@comptable.example"
    ]
    assert [who["id"] for who in sent["places"]["bcc"]] == ["team"]
    assert [piece["name"] for piece in sent["attached"]] == ["facture.pdf"]
    assert [piece["name"] for piece in sent["linked"]] == ["bulletin.pdf"]
    assert (sent["subject"], sent["gone"]) == ("Pièces", True)


def test_what_is_not_sent_is_no_fact() -> None:
    known = facts("mailbox attach item=energy to=accountant subject=Essai ticks=list")

    assert (known["sent"], known["ticked"]) == (0, 0)
    assert {known[name] for name in ("to", "recipients", "subjects", "attached")} == {
        ()
    }


def test_a_letter_in_the_bin_was_sent_all_the_same() -> None:
    thrown = (
        "mailbox write",
        "mailbox send to=team",
        "mailbox delete message=letter-1",
    )

    assert facts(*thrown)["recipients"] == ("team",)
    assert shown(*thrown, box="bin", letter="letter-1")["sent"]["gone"]


def test_a_draft_in_the_bin_is_read_and_not_written() -> None:
    view = shown(
        "mailbox write",
        "mailbox delete message=letter-1",
        box="bin",
        letter="letter-1",
    )

    assert (view["draft"], view["binned"]) == (None, True)
    assert not view["sent"]["gone"]
    assert view["sent"]["paragraphs"] == []


# ---- What comes


def test_a_message_is_read_only_once_it_is_opened() -> None:
    before = shown(scene=ANSWERING, box="inbox", letter="trap")
    after = shown("mailbox open message=trap", scene=ANSWERING)

    assert (before["message"], before["boxes"][0]["new"]) == (None, 2)
    assert after["message"]["paragraphs"] == ["Bonjour,", "Cliquez vite."]
    assert after["message"]["address"] == "alerte@banque-securite.example"
    assert (after["message"]["file"], after["boxes"][0]["new"]) == (None, 1)
    assert [row["unread"] for row in after["rows"]] == [False, True]


def test_an_answer_goes_to_the_address_whatever_the_name() -> None:
    draft = shown("mailbox reply message=trap", scene=ANSWERING)["draft"]

    people = {who["id"]: (who["name"], who["where"]) for who in draft["people"]}
    assert people == {
        "bank": ("Votre banque", ""),
        "sender.trap": ("Votre banque", "to"),
    }
    assert draft["people"][1]["address"] == "alerte@banque-securite.example"


def test_what_is_forwarded_takes_its_file_along() -> None:
    opened = shown("mailbox open message=real", scene=ANSWERING)["message"]
    draft = shown("mailbox forward message=real", scene=ANSWERING)["draft"]
    bare = shown("mailbox forward message=trap", scene=ANSWERING)["draft"]

    assert opened["file"] == {"name": "releve.pdf", "weight": 90, "unit": "kB"}
    assert [piece["file"] for piece in draft["pieces"]] == ["message.real"]
    assert bare["pieces"] == []


def test_an_answer_begins_in_the_language_of_who_reads() -> None:
    subject = Text(fr="Bonjour", en="Hello")
    start = ANSWERING.simulator.model_dump()
    start["inbox"][0]["subject"] = subject
    mailbox = Mailbox.model_validate(start)
    play = Play.begin(lab_of(ANSWERING.lab.desk[0], mailbox), 7, PROFILE)

    play.do(Action("mailbox", "reply", {"message": "trap"}))

    said = {
        language: mailbox.show(play.world, {}, language)["draft"]["subject"]
        for language in ("fr", "en")
    }
    assert said == {"fr": "Re : Bonjour", "en": "Re: Hello"}


# ---- Looking and telling


def test_boxes_say_what_they_hold() -> None:
    view = shown(
        "mailbox write",
        "mailbox send to=team subject=Un",
        "mailbox attach item=energy",
        box="sent",
    )

    counts = {box["name"]: box["count"] for box in view["boxes"]}
    assert counts == {"inbox": 0, "drafts": 1, "sent": 1, "bin": 0}
    assert [(row["address"], row["subject"]) for row in view["rows"]] == [
        ("equipe@atelier-du-port.example", "Un")
    ]
    assert view["draft"] is view["sent"] is None


def test_one_looks_at_what_was_just_done() -> None:
    def after(line: str, *before: str) -> Mapping[str, str]:
        action = WRITING.action(line)
        act = WRITING.simulator.acts[action.name].load(action.fields)
        return WRITING.simulator.look(played(*before, line).world, act)

    assert after("mailbox write") == {"box": "drafts", "letter": "letter-1"}
    sent = after("mailbox send to=team", "mailbox write")
    assert sent == {"box": "sent", "letter": "letter-1"}
    thrown = after("mailbox delete message=letter-1", "mailbox write")
    assert thrown == {"box": "drafts", "letter": ""}


@pytest.mark.parametrize(
    ("line", "before", "words"),
    [
        ("mailbox write", [], {}),
        ("mailbox attach item=energy", [], {"file": "facture.pdf"}),
        ("mailbox attach item=nothing", ["mailbox write"], {"file": ""}),
        (
            "mailbox detach item=energy",
            [
                "mailbox attach item=energy",
                "explorer rename item=energy name=autre.pdf",
            ],
            {"file": "facture.pdf"},
        ),
        ("mailbox keep draft=letter-1", ["mailbox write"], {"file": ""}),
        (
            "mailbox send draft=letter-1 cc=team subject=Essai",
            ["mailbox write", "mailbox write"],
            {"file": "", "who": "equipe@atelier-du-port.example", "subject": "Essai"},
        ),
        ("mailbox delete message=letter-9", [], {"subject": ""}),
        (
            "mailbox delete message=letter-1",
            ["mailbox write", "mailbox keep subject=Essai"],
            {"subject": "Essai"},
        ),
    ],
)
def test_a_deed_is_told_with_the_words_of_then(
    line: str, before: list[str], words: dict[str, str]
) -> None:
    assert told(line, *before) == words


def test_a_recipient_that_no_one_knows_has_no_address() -> None:
    assert told("mailbox send to=nobody", "mailbox write")["who"] == ""
