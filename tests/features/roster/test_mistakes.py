"""Mistakes of real lists: what the page says of each, in French and in English."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from course.features.account import services as accounts
from course.features.centre import services as centres
from tests.features.roster.test_views import sent, text_of
from tests.make.account import make_user
from tests.make.centre import make_cohort
from tests.make.spreadsheet import workbook

HEAD = ("Prénom", "Nom", "Identifiant")


@dataclass(frozen=True)
class Mistake:
    """Lines under the header, and what is said of them in the two languages."""

    kind: str
    lines: tuple[tuple[Any, ...], ...]
    french: str
    english: str
    head: tuple[str, ...] = HEAD
    merged: tuple[str, ...] = ()


GOOD = ("Luc", "Petit")
MISTAKES = (
    Mistake(
        "last name missing",
        (("Marie",),),
        "Ligne 2 : il manque le nom.",
        "Line 2: the last name is missing.",
    ),
    Mistake(
        "first name missing",
        ((None, "Dupont"),),
        "Ligne 2 : il manque le prénom.",
        "Line 2: the first name is missing.",
    ),
    Mistake(
        "empty line in the middle",
        (GOOD, (), ("Marie", "Dupont")),
        "Marie Dupont marie.dupont 4",
        "Marie Dupont marie.dupont 4",
    ),
    Mistake(
        "name too long",
        (("Marie", "x" * 90),),
        "Ligne 2 : le nom est trop long : 80 caractères au plus.",
        "Line 2: the name is too long: 80 characters at most.",
    ),
    Mistake(
        "figures in a name",
        (("Marie", "Dupont 2"),),
        "Ligne 2 : « Dupont 2 » contient des chiffres. Écrivez le nom sans chiffre.",
        "Line 2: “Dupont 2” has figures. Write the name without them.",
    ),
    Mistake(
        "e-mail address instead of a name",
        (("Marie", "m.dupont@exemple.fr"),),
        "Ligne 2 : « m.dupont@exemple.fr » est une adresse de courriel. "
        "Écrivez le nom.",
        "Line 2: “m.dupont@exemple.fr” is an e-mail address. Write the name.",
    ),
    Mistake(
        "column of e-mail addresses",
        ((*GOOD, None, "luc@exemple.fr"),),
        "Ces colonnes ne sont pas lues : Courriel.",
        "These columns are left aside: Courriel.",
        head=(*HEAD, "Courriel"),
    ),
    Mistake(
        "the same line twice",
        (GOOD, GOOD),
        "Ligne 3 : le même nom qu’à la ligne 2.",
        "Line 3: the same name as on line 2.",
    ),
    Mistake(
        "somebody who is there already",
        (("ÉLODIE", "Petit"),),
        "1 personne est déjà dans le groupe",
        "1 person is in the cohort already",
    ),
    Mistake(
        "sign-in name of somebody outside",
        (("Zoé", "Durand", "zoe.durand"),),
        "Ligne 2 : « zoe.durand » est l’identifiant d’un compte hors de ce groupe. "
        "Videz sa case, ou donnez à cette personne le code du groupe.",
        "Line 2: “zoe.durand” is the sign-in name of an account outside this "
        "cohort. Empty its cell, or give that person the code of the cohort.",
    ),
    Mistake(
        "sign-in name of another member",
        ((*GOOD, "elodie.petit"),),
        "Ligne 2 : Élodie Petit a l’identifiant « elodie.petit » dans ce groupe. "
        "Corrigez-le, ou videz sa case.",
        "Line 2: Élodie Petit has the sign-in name “elodie.petit” in this cohort. "
        "Correct it, or empty its cell.",
    ),
    Mistake(
        "sign-in name with a space and an accent",
        ((*GOOD, "élodie petit"),),
        "Ligne 2 : « élodie petit » n’est pas un identifiant : il n’a ni espace ni "
        "accent. Corrigez-le, ou videz sa case.",
        "Line 2: “élodie petit” is no sign-in name: it has neither space nor accent. "
        "Correct it, or empty its cell.",
    ),
    Mistake(
        "formula that was never computed",
        (("Marie", "=A1"),),
        "Ligne 2 : « =A1 » est une formule. Écrivez le nom lui-même.",
        "Line 2: “=A1” is a formula. Write the name itself.",
    ),
    Mistake(
        "link that runs by itself",
        (("Marie", '=HYPERLINK("http://x.fr","Dupont")'),),
        'Ligne 2 : « =HYPERLINK("http://x.fr","Dupont") » est une formule. '
        "Écrivez le nom lui-même.",
        'Line 2: “=HYPERLINK("http://x.fr","Dupont")” is a formula. '
        "Write the name itself.",
    ),
    Mistake(
        "number instead of a name",
        (("Marie", 12.0),),
        "Ligne 2 : « 12 » contient des chiffres. Écrivez le nom sans chiffre.",
        "Line 2: “12” has figures. Write the name without them.",
    ),
    Mistake(
        "date instead of a name",
        (("Marie", date(2001, 2, 3)),),
        "Ligne 2 : « 2001-02-03 » est une date. Écrivez le nom.",
        "Line 2: “2001-02-03” is a date. Write the name.",
    ),
    Mistake(
        "merged cells",
        (("Marie", "Dupont"), ("Luc",)),
        "Des cellules sont fusionnées : seule la première garde son texte. "
        "Défusionnez-les si un nom manque.",
        "Some cells are merged: only the first of them keeps its text. "
        "Separate them if a name is missing.",
        merged=("B2:B3",),
    ),
    Mistake(
        "hidden signs and spaces that do not break",
        (("\u200bMa\u00adrie\u00a0", "\ufeffLe\u00a0\u00a0Roy\u200f"),),
        "Marie Le Roy marie.le.roy 2",
        "Marie Le Roy marie.le.roy 2",
    ),
    Mistake(
        "name written from right to left",
        (("محمد", "علي"),),
        "محمد علي apprenant 2",
        "محمد علي apprenant 2",
    ),
    Mistake(
        "very long file",
        (GOOD,) * 2001,
        "Cette liste est trop longue : 2000 lignes au plus. "
        "Envoyez-la en plusieurs fois.",
        "This list is too long: 2000 lines at most. Send it in several parts.",
    ),
    Mistake(
        "no header",
        (GOOD,),
        "La première ligne dit « Marie | Dupont ». Écrivez-y ce que contient chaque "
        "colonne : Prénom, Nom.",
        "The first line says “Marie | Dupont”. Write there what each column holds: "
        "First name, Last name.",
        head=("Marie", "Dupont"),
    ),
    Mistake(
        "header on line 3",
        ((), HEAD, GOOD),
        "L’en-tête est à la ligne 3. Ce qui est au-dessus n’est pas lu.",
        "The header is on line 3. What stands above it is left aside.",
        head=("Groupe de novembre",),
    ),
    Mistake(
        "columns exchanged",
        (("DUPONT", "Marie"), ("PETIT", "Luc")),
        "Les prénoms sont en capitales, les noms ne le sont pas. "
        "Les deux colonnes sont-elles inversées ?",
        "The first names are in capitals, the last names are not. "
        "Are the two columns exchanged?",
    ),
    Mistake(
        "last name in capitals, put first",
        (("DUPONT Marie",),),
        "DUPONT Marie dupont.marie 2",
        "DUPONT Marie dupont.marie 2",
        head=("Nom et prénom",),
    ),
    Mistake(
        "damaged accents",
        (("ZoÃ©", "Dupont"),),
        "Ligne 2 : les accents de « ZoÃ© » sont abîmés. Écrivez le nom à nouveau.",
        "Line 2: the accents of “ZoÃ©” are damaged. Write the name again.",
    ),
    Mistake(
        "one word instead of the whole name",
        (("Marie",),),
        "Ligne 2 : « Marie » ne suffit pas. Écrivez le prénom et le nom.",
        "Line 2: “Marie” is not enough. Write the first name and the last name.",
        head=("Nom",),
    ),
    Mistake(
        "the same sign-in name twice",
        (("Marie", "Dupont", "m"), (*GOOD, "M")),
        "Ligne 3 : l’identifiant est celui de la ligne 2. "
        "Corrigez-le, ou videz sa case.",
        "Line 3: the sign-in name is that of line 2. Correct it, or empty its cell.",
    ),
    Mistake(
        "header only",
        (),
        "La liste a un en-tête et personne en dessous. Écrivez une personne par ligne.",
        "The list has a header and nobody below it. Write one person on each line.",
    ),
)


@pytest.fixture
def cohort(small_library, grace):
    """Élodie learns in it, Zoé learns elsewhere."""
    made = make_cohort(trainer=grace)
    make_user("Zoé Durand")
    centres.add_learners(grace, made, ["Élodie Petit"])
    return made


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.kind)
def test_a_mistake_is_said_in_plain_words(as_trainer, grace, cohort, mistake, language):
    accounts.set_language(grace, language)
    data = workbook([mistake.head, *mistake.lines], merged=mistake.merged)

    answer = sent(as_trainer, cohort, data=data)

    said = " ".join(text_of(answer).split())
    assert (mistake.french if language == "fr" else mistake.english) in said
