"""Bringing a list of people into a cohort: choose, check, confirm."""

import json
import re
from io import BytesIO

import openpyxl
import pytest

from course.base.db import db
from course.domain.rights import Role, Scope
from course.features.account import services as accounts
from course.features.account.queries import user_by_login
from course.features.centre import queries as centres
from course.features.centre import services
from tests.make.account import make_user
from tests.make.centre import make_cohort, make_learners
from tests.make.spreadsheet import workbook
from tests.page import parse, said

HEAD = ["Prénom", "Nom"]
TWO = [HEAD, ["Marie", "Dupont"], ["Luc", "Petit"]]


@pytest.fixture
def cohort(small_library, grace):
    """Followed by Grace, nobody in it."""
    return make_cohort(trainer=grace, name="Boulangers")


def sent(client, cohort, rows=(), *, name="liste.xlsx", data=None, pasted="", **more):
    """Send a list, as a file or pasted."""
    fields = {"pasted": pasted}
    if rows or data is not None:
        content = workbook(rows) if data is None else data
        fields["file"] = (BytesIO(content), name)
    return client.post(
        "roster.preview",
        cohort_id=cohort.id,
        data=fields,
        content_type="multipart/form-data",
        **more,
    )


def text_of(answer):
    return said(parse(answer.text).find(".//main"))


def carried(answer):
    """The lines that the page keeps until they are confirmed."""
    [field] = parse(answer.text).findall(".//input[@name='lines']")
    return field.get("value")


def confirmed(client, cohort, answer, **more):
    data = {"lines": carried(answer), **more}
    return client.post("roster.submit", cohort_id=cohort.id, data=data)


def names_in(cohort):
    return [learner.name for learner in centres.learners_of(cohort.id, 1)[0]]


# ---- Choosing


def test_the_page_says_what_is_read(as_trainer, cohort):
    answer = as_trainer.get("roster.choose", cohort_id=cohort.id)

    assert "Prénom et Nom" in text_of(answer)


def test_a_closed_cohort_takes_no_list(as_trainer, cohort):
    services.close_cohort(cohort)

    answer = as_trainer.get("roster.choose", cohort_id=cohort.id)

    assert parse(answer.text).find(".//input[@name='file']") is None


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_list_is_understood_once_filled_in(
    as_trainer, cohort, grace, language, ending
):
    accounts.set_language(grace, language)
    answer = as_trainer.get("roster.template", cohort_id=cohort.id, ending=ending)

    if ending == "csv":
        data = (
            answer.data
            + "Marie;Dupont;\r\n".replace(
                ";", ";" if language == "fr" else ","
            ).encode()
        )
    else:
        book = openpyxl.load_workbook(BytesIO(answer.data))
        book.worksheets[0].append(["Marie", "Dupont"])
        data = BytesIO()
        book.save(data)
        data = data.getvalue()

    assert "marie.dupont" in text_of(sent(as_trainer, cohort, data=data))


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({}, "Choisissez un fichier, ou collez votre liste."),
        ({"pasted": "x" * 200_001}, "200000 caractères au plus"),
        ({"data": b"%PDF"}, "C’est un PDF."),
        ({"pasted": "Marie;Dupont;Lyon\nLuc;Petit;Pau"}, "La première ligne dit"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(as_trainer, cohort, given, what):
    answer = sent(as_trainer, cohort, **given)

    assert answer.status_code == 422
    field = "pasted" if "pasted" in given else "file"
    error = parse(answer.text).find(f".//p[@id='{field}-error']")
    assert error is not None
    assert what in said(error)


# ---- Checking


def test_the_check_shows_each_line_and_writes_nothing(
    as_trainer, cohort, count_queries
):
    [ines] = make_learners(cohort, 1)
    rows = [["Ville", *HEAD], ["Pau", *TWO[1]], ["Pau", "Martin", ines.name], ["Pau"]]
    rows[2] = ["Pau", *ines.name.split()]

    with count_queries() as queries:
        answer = sent(as_trainer, cohort, rows)

    text = text_of(answer)
    assert "1 nouvelle personne · 1 déjà dans le groupe · 1 à corriger" in text
    assert "marie.dupont" in text
    assert "Ligne 4 : il manque le prénom et le nom." in text.replace("\xa0", " ")
    assert "Ces colonnes ne sont pas lues : Ville." in text.replace("\xa0", " ")
    assert "Ajouter la 1 personne sans erreur" in text
    assert names_in(cohort) == [ines.name]
    assert not [one for one in queries if re.match("(?i)insert|update|delete", one)]


def test_a_pasted_list_is_checked_likewise(as_trainer, cohort):
    answer = sent(as_trainer, cohort, pasted="Marie Dupont\nLuc Petit")

    assert "2 comptes à créer" in text_of(answer)
    assert "luc.petit" in text_of(answer)


def test_the_sign_in_name_shown_is_the_one_that_is_made(as_trainer, cohort):
    make_user("Marie Dupont")
    rows = [*TWO, ["Luc", "Petit"]]
    answer = sent(as_trainer, cohort, rows)

    confirmed(as_trainer, cohort, answer, namesakes="4")

    for login in ("marie.dupont2", "luc.petit"):
        assert login in text_of(answer)
        assert user_by_login(login)
    assert user_by_login("luc.petit2")


def test_nothing_is_left_to_confirm_when_everybody_is_there(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)

    answer = sent(as_trainer, cohort, pasted=ines.name)

    assert "Personne de nouveau" in text_of(answer)
    assert parse(answer.text).find(".//input[@name='lines']") is None


def test_the_number_of_statements_does_not_depend_on_the_number_of_lines(
    as_trainer, cohort, count_queries
):
    def count(number):
        letters = [chr(97 + place) for place in range(number)]
        rows = [[*HEAD, "Login"], *(["A" + x, "B" + x, x] for x in letters)]
        with count_queries() as queries:
            sent(as_trainer, cohort, rows)
        return len(queries)

    assert count(2) == count(20)


def test_two_thousand_lines_are_checked(as_trainer, cohort):
    names = [
        f"{a}{b}{c} Dupont"
        for a in "abcdefghijkl"
        for b in "abcdefghijkl"
        for c in "abcdefghijkl"
    ]

    answer = sent(as_trainer, cohort, data="\n".join(["Nom", *names]).encode())

    assert f"{len(names)} comptes à créer" in text_of(answer)


def proposed(answer):
    """The list that can be corrected in the page."""
    found = parse(answer.text).find(".//textarea[@name='pasted']")
    return None if found is None else found.text


def test_mistakes_can_be_corrected_in_the_page(as_trainer, cohort):
    answer = sent(as_trainer, cohort, [[*HEAD, "Ville"], ["Zoé", None, "Pau"], TWO[1]])

    text = proposed(answer)
    assert text == "Prénom\tNom\nZoé\t\nMarie\tDupont"
    answer = sent(as_trainer, cohort, pasted=text.replace("Zoé\t", "Zoé\tDurand"))

    assert "2 comptes à créer" in text_of(answer)
    assert proposed(answer) is None


def test_what_was_pasted_is_proposed_as_it_was(as_trainer, cohort):
    answer = sent(as_trainer, cohort, pasted="Marie Dupont\n\nZoé")

    assert "Ligne 3" in text_of(answer)
    assert proposed(answer) == "Marie Dupont\n\nZoé"


# ---- Confirming


def test_confirming_adds_everybody_and_goes_on_to_their_slips(as_trainer, cohort):
    answer = sent(as_trainer, cohort, TWO)

    answer = confirmed(as_trainer, cohort, answer)

    assert answer.location.startswith(f"/cohorts/{cohort.id}/slips/new?who=")
    assert names_in(cohort) == ["Luc Petit", "Marie Dupont"]
    user = user_by_login("marie.dupont")
    assert user.scopes(Role.LEARNER, Scope.COHORT) == [cohort.id]
    assert user.is_guest
    page = as_trainer.get(answer.location)
    assert "2 personnes ajoutées." in text_of(page)


def test_a_second_click_adds_nobody(as_trainer, cohort):
    answer = sent(as_trainer, cohort, [*TWO, ["Luc", "Petit"]])

    for _click in range(2):
        again = confirmed(as_trainer, cohort, answer, namesakes="4")

    assert again.location == f"/cohorts/{cohort.id}"
    assert names_in(cohort) == ["Luc Petit", "Luc Petit", "Marie Dupont"]


def test_the_same_file_a_second_time_adds_nobody(as_trainer, cohort):
    confirmed(as_trainer, cohort, sent(as_trainer, cohort, TWO))

    answer = sent(as_trainer, cohort, TWO)

    assert "2 déjà dans le groupe" in text_of(answer)


def test_the_same_name_is_added_twice_only_when_it_is_ticked(as_trainer, cohort):
    answer = sent(as_trainer, cohort, pasted="Luc Petit\nPetit Luc")

    assert "Deux fois le même nom" in text_of(answer)
    # How many there will be depends on what is ticked.
    assert "Ajouter ces personnes" in text_of(answer)
    confirmed(as_trainer, cohort, answer)

    assert names_in(cohort) == ["Luc Petit"]


def test_only_ticked_people_are_left_to_add(as_trainer, cohort):
    confirmed(as_trainer, cohort, sent(as_trainer, cohort, pasted="Luc Petit"))
    answer = sent(as_trainer, cohort, pasted="Luc Petit\nLuc Petit\nLuc")

    assert "Ajouter les personnes cochées" in text_of(answer)
    confirmed(as_trainer, cohort, answer, **{"namesakes": "2", "leaving-out": "1"})

    assert names_in(cohort) == ["Luc Petit", "Luc Petit"]


def test_lines_with_mistakes_are_left_out_only_when_one_says_so(as_trainer, cohort):
    answer = sent(as_trainer, cohort, [*TWO, ["Zoé"], ["Luc", "Petit"]])

    refused = confirmed(as_trainer, cohort, answer, namesakes="5")

    assert refused.status_code == 422
    assert names_in(cohort) == []
    [tick] = parse(refused.text).findall(".//input[@type='checkbox']")
    assert tick.get("checked") is not None
    confirmed(as_trainer, cohort, refused, **{"leaving-out": "1"})
    assert names_in(cohort) == ["Luc Petit", "Marie Dupont"]


def test_who_came_in_meanwhile_is_not_added_again(as_trainer, cohort, grace):
    answer = sent(as_trainer, cohort, TWO)
    services.add_learners(grace, cohort, ["Luc Petit"])

    confirmed(as_trainer, cohort, answer)

    assert names_in(cohort) == ["Luc Petit", "Marie Dupont"]


def test_a_sign_in_name_taken_meanwhile_is_said_again(as_trainer, cohort):
    rows = [[*HEAD, "Identifiant"], ["Marie", "Dupont", "marie.dupont"], TWO[2]]
    answer = sent(as_trainer, cohort, rows)
    make_user("Marie Dupont")

    again = confirmed(as_trainer, cohort, answer)

    assert again.status_code == 422
    assert "hors de ce groupe" in text_of(again)
    assert names_in(cohort) == []


def test_a_cohort_closed_meanwhile_takes_nobody(as_trainer, cohort):
    answer = sent(as_trainer, cohort, TWO)
    services.close_cohort(cohort)

    again = confirmed(as_trainer, cohort, answer)

    assert again.location == f"/cohorts/{cohort.id}/import"
    assert names_in(cohort) == []


@pytest.mark.parametrize(
    "lines",
    [
        *("", "x", "[]", "{}", "[[1]]", '[["a",["b"]]]', '[[1,["Nom"]]]'),
        json.dumps([[1, ["x"] * 60]]),
        json.dumps([[n, ["x"]] for n in range(3000)]),
    ],
)
def test_what_no_page_of_ours_carries_is_refused(as_trainer, cohort, lines):
    data = {"lines": lines}

    answer = as_trainer.post("roster.submit", cohort_id=cohort.id, data=data)

    assert answer.status_code == 400


def test_a_tick_that_no_page_of_ours_shows_is_refused(as_trainer, cohort):
    answer = confirmed(as_trainer, cohort, sent(as_trainer, cohort, TWO), namesakes="x")

    assert answer.status_code == 400


def test_a_long_list_goes_on_to_the_slips_without_naming_everybody(as_trainer, cohort):
    names = [f"{a}{b} Dupont" for a in "abcdefg" for b in "abcdefg"]
    answer = sent(as_trainer, cohort, data="\n".join(["Nom", *names]).encode())

    answer = confirmed(as_trainer, cohort, answer)

    assert answer.location == f"/cohorts/{cohort.id}/slips/new"
    db.session.close()
    assert centres.learners_of(cohort.id, 1)[1] == 49


@pytest.mark.parametrize("numbers", [(1, 10**9, 2), (1, 2, 2), (1, -5, 2), (1, 2**40)])
def test_lines_numbered_as_no_list_is_are_not_read(as_trainer, cohort, numbers):
    names = [HEAD, *(["Marie", f"D{at}"] for at in numbers[1:])]
    lines = json.dumps(list(zip(numbers, names, strict=True)))

    answer = as_trainer.post(
        "roster.submit", cohort_id=cohort.id, data={"lines": lines}
    )

    assert answer.status_code == 400
