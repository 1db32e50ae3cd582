"""Why an act of a recorded run is not done, as its author needs to know it."""

import pytest

from course.domain.lab import Action
from course.domain.simulators.base import RefusedError
from course.domain.source.refusals import refused
from tests.content.test_files import LIBRARY

LAB = LIBRARY.lab("envoi").for_trade(None)


def said(
    action: Action, code: str, **values: str | int
) -> tuple[str, dict[str, str | int]]:
    fault = refused(LAB, 7, action, RefusedError(code, **values))
    assert fault.line == 7
    return fault.code, dict(fault.values)


@pytest.mark.parametrize(
    ("action", "code", "name"),
    [
        (Action("explorer", "delete", {"item": ["a.jpg"]}), "explorer.gone", "a.jpg"),
        (Action("explorer", "folder", {"name": "A", "within": "B"}),
         "explorer.no-folder", "B"),
        (Action("mailbox", "attach", {"item": "energy", "to": ["moon"]}),
         "mailbox.no-contact", "moon"),
    ],
)  # fmt: skip
def test_a_short_name_that_nothing_bears_is_told_with_those_there_are(
    action: Action, code: str, name: str
) -> None:
    found, values = said(action, code)

    assert (found, values["name"]) == ("lab.unknown-row", name)
    assert values["act"] == f"{action.simulator} {action.name}"
    assert "energy" in str(values["known"])


@pytest.mark.parametrize("name", ["made-3", "letter-2", "top"])
def test_what_was_made_on_the_way_has_a_short_name_too(name: str) -> None:
    action = Action("explorer", "delete", {"item": [name]})

    assert said(action, "explorer.gone")[0] == "lab.refused"


def test_a_word_that_a_field_does_not_take_is_told_with_those_it_takes() -> None:
    console = LIBRARY.lab("console").for_trade(None)
    action = Action("antivirus", "scan", {"what": "slow"})

    fault = refused(console, 7, action, RefusedError("act.unreadable", field="what"))

    assert fault.code == "lab.bad-choice"
    assert dict(fault.values) == {"field": "what", "wanted": "quick, full"}


def test_the_values_of_a_refusal_go_with_it() -> None:
    action = Action("explorer", "rename", {"item": "energy", "name": "a"})

    assert said(action, "explorer.extension", extension=".pdf") == (
        "lab.refused",
        {"act": "explorer rename", "reason": "explorer.extension", "extension": ".pdf"},
    )


def test_what_the_lab_itself_refuses_is_told_as_it_is() -> None:
    action = Action("lab", "hint", {"goal": "moon"})

    assert said(action, "act.unreadable", field="goal")[0] == "lab.refused"
