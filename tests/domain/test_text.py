import pytest
from pydantic import BaseModel, ValidationError

from course.domain.text import Text


class Note(BaseModel):
    text: Text


def test_a_text_says_the_language_asked_for_else_french_else_any() -> None:
    both = Text({"en": "Hello"}, fr="Bonjour")

    assert both.say("en") == "Hello"
    assert both.say("de") == "Bonjour"
    assert Text(en="Hello").say("fr") == "Hello"
    assert Text(de="Hallo").say("fr") == "Hallo"
    assert Text().say("fr") == ""


def test_a_text_tells_which_language_it_will_really_say() -> None:
    assert Text(en="Hello").spoken("fr") == "en"
    assert Text(en="Hello").spoken("en") == "en"
    assert Text().spoken("fr") == "fr"
    assert Text(de="Hallo", en="Hello").languages == ("en", "de")


def test_a_text_is_a_value() -> None:
    assert Text(fr="a", en="b") == Text(en="b", fr="a")
    assert hash(Text(fr="a", en="b")) == hash(Text(en="b", fr="a"))
    assert len(Text(fr="a", en="b")) == 2
    assert dict(Text(fr="a").items()) == {"fr": "a"}
    assert list(Text(fr="a", en="b").values()) == ["a", "b"]
    assert repr(Text(fr="a")) == "Text({'fr': 'a'})"
    assert Text(fr="a").map(str.upper) == Text(fr="A")


def test_a_text_is_stored_as_an_object() -> None:
    note = Note(text=Text(fr="Bonjour"))

    stored = note.model_dump_json()

    assert stored == '{"text":{"fr":"Bonjour"}}'
    assert Note.model_validate_json(stored) == note
    assert Note.model_validate({"text": {"fr": "Bonjour"}}) == note
    with pytest.raises(ValidationError):
        Note.model_validate({"text": {"fr": 3}})


class Label(BaseModel):
    said: Text | str


@pytest.mark.parametrize("said", ["", "typed", Text(), Text(fr="Bonjour")])
def test_a_text_or_what_was_typed_is_stored_as_what_it_is(said: Text | str) -> None:
    label = Label(said=said)

    assert Label.model_validate(label.model_dump(mode="json")) == label
    assert Label.model_validate_json(label.model_dump_json()) == label
