"""Understanding a list of people, and what becomes of each line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.base.spreadsheet.separated import read_text
from course.base.spreadsheet.table import Line, Table, tidy
from course.domain.roster import Fate, Member, Person, key_of, plan, read_roster


def roster_of(text, *, bare=False):
    return read_roster(read_text(text), bare=bare)


def names_of(roster):
    return [(person.line, person.name) for person in roster.people]


def codes_of(roster):
    return [person.issue.code if person.issue else "" for person in roster.people]


# ---- The header


@pytest.mark.parametrize(
    "text",
    [
        "Prénom;Nom\nMarie;Dupont",
        "NOM DE FAMILLE ;prenom\nDupont;Marie",
        "E-mail;Nom;Ville;PRÉNOM :\nm@x.fr;Dupont;Pau;Marie",
        "Prénom et nom\nMarie Dupont",
        "Prénom & Nom;Âge\nMarie Dupont;30",
        "Nom\nMarie Dupont",
        "Stagiaire\nMarie Dupont",
        "First name,Last name\nMarie,Dupont",
        "surname\tgiven name\nDupont\tMarie",
        "Name\nMarie Dupont",
        "Prénom et nom;Prénom;Nom\nMarie Dupont;x;y",
    ],
)
def test_columns_are_known_in_any_order_and_either_language(text):
    assert names_of(roster_of(text)) == [(2, "Marie Dupont")]


def test_columns_left_aside_are_named():
    roster = roster_of("E-mail;Nom;;Ville;Prénom\nm@x.fr;Dupont;;Pau;Marie")

    assert roster.ignored == ("E-mail", "Ville")


def test_the_header_may_stand_under_a_title():
    roster = roster_of("Groupe de novembre\n\nPrénom;Nom\nMarie;Dupont")

    assert names_of(roster) == [(4, "Marie Dupont")]
    assert [(one.code, one.line) for one in roster.issues] == [("roster.above", 3)]
    assert roster.readable


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Marie;Dupont\nLuc;Petit", "roster.no-header", 1),
        ("\nIdentifiant\nmarie.dupont", "roster.no-header", 2),
        ("Prénom\nMarie", "roster.no-last-column", 1),
        ("Prénom;Nom\n", "roster.no-lines", 1),
    ],
)
def test_a_list_without_its_columns_is_refused_as_a_whole(text, code, line):
    roster = roster_of(text)

    [issue] = roster.issues
    assert (issue.code, issue.line) == (code, line)
    assert not roster.readable
    assert roster.people == ()


def test_an_empty_table_has_no_header():
    assert [one.code for one in read_roster(Table(())).issues] == ["roster.no-header"]


def test_names_alone_are_understood_when_they_are_pasted():
    text = "Marie Dupont\nLuc Petit"

    assert names_of(roster_of(text, bare=True)) == [
        (1, "Marie Dupont"),
        (2, "Luc Petit"),
    ]
    assert not roster_of(text).readable
    two = roster_of("Marie;Dupont\nLuc;Petit", bare=True)
    assert names_of(two) == [(1, "Marie Dupont"), (2, "Luc Petit")]
    assert names_of(read_roster(two.table)) == [(1, "Marie Dupont"), (2, "Luc Petit")]
    assert not roster_of("Marie;Dupont;x\nLuc;Petit;y", bare=True).readable


def test_first_names_in_capitals_are_suspect():
    head = "Prénom;Nom\n"

    assert [one.code for one in roster_of(f"{head}DUPONT;Marie\nPETIT;Luc").issues] == [
        "roster.swapped"
    ]
    for text in ("Marie;DUPONT\nLuc;PETIT", "MARIE;DUPONT\nLUC;PETIT", "DUPONT;Marie"):
        assert roster_of(head + text).issues == ()


# ---- The lines


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("Marie", "Dupont", ""),
        ("Jean-Paul", "d’Arc", ""),
        ("J.", "O'Neil (fils)", ""),
        ("محمد", "علي", ""),
        ("明", "李", ""),
        ("Marie", "", "roster.no-last"),
        ("", "Dupont", "roster.no-first"),
        ("Marie", "x" * 80, "roster.too-long"),
        ("Marie", "Dupont 2", "roster.digits"),
        ("Marie", "12", "roster.digits"),
        ("Marie", "2001-02-03", "roster.date"),
        ("Marie", "3/2/2001", "roster.date"),
        ("Marie", "m.dupont@x.fr", "roster.e-mail"),
        ("=A2", "Dupont", "roster.formula"),
        ("+33", "Dupont", "roster.formula"),
        ("@SUM", "Dupont", "roster.formula"),
        ("ZoÃ©", "Dupont", "roster.garbled"),
        ("Jos\ufffd", "Dupont", "roster.garbled"),
        ("Marie/Luc", "Dupont", "roster.sign"),
        ("Marie", "<b>", "roster.sign"),
        ("Marie", ".", "roster.no-last"),
        (".", ".", "roster.no-name"),
    ],
)
def test_a_line_says_what_to_put_right(first, last, code):
    roster = roster_of(f"Prénom;Nom;Ville\n{first};{last};Pau")

    assert codes_of(roster) == [code]
    assert roster.people[0].name == f"{first} {last}".strip()


@pytest.mark.parametrize(
    ("name", "code"),
    [("Marie", "roster.half-name"), ("", "roster.no-name"), ("Marie Dupont", "")],
)
def test_a_whole_name_has_two_words(name, code):
    assert codes_of(roster_of(f"Nom;Ville\n{name};Pau")) == [code]


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("marie.dupont", ""),
        ("Marie.Dupont", ""),
        ("", ""),
        ("marie dupont", "roster.bad-login"),
        ("zoé", "roster.bad-login"),
        ("m@x.fr", "roster.bad-login"),
    ],
)
def test_a_sign_in_name_has_neither_space_nor_accent(login, code):
    assert codes_of(roster_of(f"Nom;Identifiant\nMarie Dupont;{login}")) == [code]


def test_the_same_sign_in_name_twice_is_a_mistake():
    roster = roster_of("Nom;Identifiant\nA B;x\nC D;X\nE F;\nG H;")

    assert codes_of(roster) == ["", "roster.same-login", "", ""]
    assert roster.people[1].issue.values == {"other": 2}


def test_a_name_is_kept_as_it_was_typed():
    assert names_of(roster_of("Nom\nDUPONT Marie")) == [(2, "DUPONT Marie")]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Titre\nÂge;Nom;Prénom;Login\n3;Dupont;Marie;m.d\n\n;Petit;=A1;é\n4", False),
        ("Marie Dupont\n\nLuc", True),
    ],
)
def test_what_confirming_carries_is_understood_likewise(text, bare):
    roster = roster_of(text, bare=bare)

    again = read_roster(roster.table)

    assert again.people == roster.people
    assert again.ignored == ()


# ---- What becomes of them


def people(*names, **logins):
    return [
        Person(line, name, logins.get(f"l{line}", ""))
        for line, name in enumerate(names, start=2)
    ]


def fates(found, *members, taken=(), namesakes=()):
    known = [Member(*member) for member in members]
    return [
        (one.fate.value, one.issue.code if one.issue else "")
        for one in plan(found, known, taken, namesakes)
    ]


NEW, HERE = ("new", ""), ("here", "")


def test_who_is_there_already_is_known_by_name_however_it_is_written():
    found = people("DUPONT Marie", "Zoe  durand", "Luc Petit")

    assert fates(found, ("Marie Dupont", "m"), ("Zoé Durand", "z")) == [HERE, HERE, NEW]


def test_the_same_name_twice_asks_whether_there_are_two_people():
    found = people("Marie Dupont", "Dupont Marie")

    assert fates(found) == [NEW, ("twice", "roster.twice")]
    assert fates(found, namesakes={3}) == [NEW, NEW]
    assert fates(found, ("Marie Dupont", "m")) == [HERE, ("twice", "roster.twice")]
    two = (("Marie Dupont", "m"), ("Marie Dupont", "m2"))
    assert fates(found, *two, namesakes={3}) == [HERE, HERE]


def test_a_sign_in_name_tells_who_is_there_already():
    members = (("Marie Dupont", "m"), ("Marie Dupont", "m2"))
    found = people("Marie Dupont", "Marie Dupont", l2="m2", l3="m")

    assert fates(found, *members) == [HERE, HERE]
    # The one known by sign-in name is not counted for the other line.
    found = people("Marie Dupont", "Marie Dupont", l3="m")
    assert fates(found, members[0]) == [NEW, HERE]


def test_a_sign_in_name_of_another_member_is_a_mistake():
    found = people("Luc Petit", l2="m")

    [fated] = plan(found, [Member("Marie Dupont", "m")], ())

    assert fated.issue.code == "roster.login-of-member"
    assert fated.issue.values == {"login": "m", "name": "Marie Dupont"}


def test_a_sign_in_name_taken_outside_the_cohort_is_a_mistake():
    found = people("Marie Dupont", l2="m")

    assert fates(found, taken={"m"}) == [("wrong", "roster.login-taken")]
    assert fates(found, taken={"x"}) == [NEW]


def test_a_line_that_was_not_understood_takes_nobody_s_place():
    wrong = roster_of("Prénom;Nom;Login\nMarie;;m\nMarie;Dupont;").people

    assert fates(wrong, ("Marie Dupont", "m")) == [("wrong", "roster.no-last"), HERE]


NAMES = st.sampled_from(["Ada B", "B Ada", "Cy D", "Élan F", "elan f"])


@settings(deadline=None)
@given(st.lists(NAMES, max_size=8), st.lists(NAMES, max_size=8), st.data())
def test_adding_a_list_twice_adds_nobody_the_second_time(names, there, data):
    found = people(*names)
    ticked = data.draw(st.sets(st.sampled_from([p.line for p in found] or [0])))
    members = [Member(name, f"m{place}") for place, name in enumerate(there)]

    first = plan(found, members, (), ticked)
    new = [one.person for one in first if one.fate is Fate.NEW]
    after = [*members, *(Member(one.name, f"n{one.line}") for one in new)]
    second = plan(found, after, (), ticked)

    assert not [one for one in second if one.fate is Fate.NEW]


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=6), st.booleans())
def test_any_table_is_judged(rows, bare):
    head = Line(1, ("Prénom", "Nom", "Login"))
    lines = [Line(at, tuple(map(tidy, row))) for at, row in enumerate(rows, start=2)]

    for table in (Table((head, *lines)), Table(tuple(lines))):
        roster = read_roster(table, bare=bare)
        plan(roster.people, (), ())
        assert all(key_of(p.name) or p.issue for p in roster.people)
