"""What is typed is cleaned, and each error says what to do."""

import pytest
from wtforms import PasswordField, StringField

from course.base.forms import AtMost, Form, Needed, cleaned


class NameForm(Form):
    name = StringField("Name", validators=[Needed("Write a name."), AtMost(5)])
    password = PasswordField("Password", validators=[Needed()])


@pytest.fixture
def send(app):
    def send(**data):
        with app.test_request_context(
            method="POST", data=data, headers={"Cookie": "language=en"}
        ):
            form = NameForm(meta={"csrf": False})
            form.validate()
            return form.data, form.problems()

    return send


def test_invisible_signs_and_spaces_around_are_taken_away():
    assert cleaned("  Ada\u200b\x00 L.\u202e ") == "Ada L."
    assert cleaned(None) is None
    assert cleaned("") == ""


def test_a_password_is_kept_as_it_was_typed(send):
    data, problems = send(name=" Ada ", password=" two words ")

    assert data == {"name": "Ada", "password": " two words "}
    assert problems == []


def test_an_error_names_its_field_and_says_what_to_do(send):
    _data, problems = send(name="Somebody")

    assert problems == [
        ("name", "Write 5 characters at most."),
        ("password", "Fill in this field."),
    ]


def test_a_field_may_say_its_own_sentence(send):
    _data, problems = send(password="x")

    assert problems == [("name", "Write a name.")]


def test_an_error_of_the_whole_form_leads_nowhere(app):
    with app.test_request_context():
        form = NameForm(meta={"csrf": False})
        form.form_errors.append("Something.")

        assert form.problems() == [("", "Something.")]


@pytest.mark.parametrize("sign", ["\u00ad", "\u061c", "\u115f", "\u2800", "\u3164"])
def test_a_name_that_nobody_sees_is_no_name(sign):
    assert cleaned(f" {sign} ") == ""
