"""What an author may write of the start of a mailbox."""

from typing import Any

import pytest
from pydantic import ValidationError

from course.domain.lab import Action
from course.domain.profile import Profile
from course.domain.run import Play
from course.domain.simulators.letters import Compose
from tests.make.simulators import lab_of, scenes, simulator

WRITING = scenes("mailbox")[0]
PROFILE = Profile()
CONTACT = {"id": "a", "name": "A", "address": "a@b.example"}


@pytest.mark.parametrize(
    "start",
    [
        {"contacts": [CONTACT] * 2},
        {"phrases": [{"id": "a", "text": "A"}] * 2},
        {
            "inbox": [
                {
                    "id": "letter-1",
                    "name": "A",
                    "address": "a@b.example",
                    "subject": "S",
                    "body": "B",
                }
            ]
        },
        {"limit": "0"},
    ],
)
def test_a_start_whose_names_are_not_clear_is_refused(start: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        simulator("mailbox", {"owner": "a@b.example", **start})


def test_a_letter_without_phrases_is_only_its_text() -> None:
    start = {"owner": "a@b.example", "contacts": [CONTACT]}
    explorer = WRITING.lab.desk[0]
    mailbox = simulator("mailbox", start)
    play = Play.begin(lab_of(explorer, mailbox), 7, PROFILE)
    for name, fields in (("write", {}), ("send", {"to": ["a"], "body": "Bonjour"})):
        play.do(Action("mailbox", name, fields))

    assert mailbox.show(play.world, {}, "fr")["sent"]["paragraphs"] == ["Bonjour"]


def test_a_form_says_only_what_it_holds() -> None:
    assert Compose.read({"subject": ["Essai"], "other": ["x"]}).dump() == {
        "subject": "Essai"
    }
