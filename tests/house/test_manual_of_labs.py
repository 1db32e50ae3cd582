"""The manual of labs names each act, field and fact of the simulators, and no other."""

import re
from functools import cache
from typing import Literal, get_args, get_origin

import pytest

from course.domain.condition import Verb
from course.domain.profile import Profile
from course.domain.reading import read
from course.domain.run import Play
from course.domain.simulators import SIMULATORS
from course.domain.source.desks import fields_of
from tests.conftest import ROOT
from tests.content.test_files import FILES, LIBRARY, TODAY

MANUAL = (ROOT / "lessons/README.md").read_text("utf-8")
HALVES = {
    "fr": MANUAL.partition("# Écrire un atelier")[2].partition("# Writing a lesson")[0],
    "en": MANUAL.partition("# Writing a lab")[2],
}
PLUS = re.compile(r"`\+`[^`]*: `(?P<fields>[^`]+)`")
# The head of a table of the manual, in either language.
HEADS = {"champ": "start", "field": "start", "geste": "acts", "act": "acts"}
HEADS |= {"fait": "facts", "fact": "facts"}
both = pytest.mark.parametrize("language", HALVES)


def rows(text: str) -> dict[str, dict[str, list[str]]]:
    """Table → name → its other cells, of a section of the manual."""
    found: dict[str, dict[str, list[str]]] = {}
    table: dict[str, list[str]] = {}
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or line.startswith("|---"):
            continue
        if cells[0] in HEADS:
            table = found.setdefault(HEADS[cells[0]], {})
        else:
            table[cells[0].strip("`")] = cells[1:]
    return found


@cache
def told(language: str, kind: str) -> tuple[dict[str, dict[str, list[str]]], str]:
    """The tables about a simulator, and what `+` stands for there."""
    rest = HALVES[language].rpartition(f"\n### {kind}\n")[2]
    section = re.split(r"\n### |\n---\n", rest)[0]
    plus = PLUS.search(section)
    return rows(section), plus["fields"] if plus else ""


def fields(cell: str, plus: str) -> dict[str, str]:
    """Field → what it takes."""
    written = cell.strip("`").replace("+", plus)
    return dict(pair.split("=") for pair in written.split())


@pytest.fixture(scope="module")
def played() -> dict[str, dict[str, set[str]]]:
    """Simulator → fact → each word it was, over the recorded runs that are shipped."""
    found: dict[str, dict[str, set[str]]] = {kind: {} for kind in SIMULATORS}
    for lab in LIBRARY.labs:
        said = lab.for_trade(None)
        for sample in said.samples:
            play = Play.begin(said, 1, Profile())
            worlds = [play.world]
            for _line, action in sample.actions:
                worlds.append(play.do(action).world)
            for facts in map(said.facts, worlds):
                for kind, own in facts.items():
                    for name, value in own.items():
                        words = value if isinstance(value, tuple) else (str(value),)
                        found[kind].setdefault(name, set()).update(words)
    return found


def shape(name: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<\w+>", "[^.]+", name.replace(".", r"\.")))


@both
@pytest.mark.parametrize("kind", SIMULATORS)
def test_each_act_is_in_the_manual_with_its_fields(language: str, kind: str) -> None:
    tables, plus = told(language, kind)

    written = {name: fields(cells[0], plus) for name, cells in tables["acts"].items()}

    assert {name: set(own) for name, own in written.items()} == {
        name: set(act.model_fields) for name, act in SIMULATORS[kind].acts.items()
    }


@both
@pytest.mark.parametrize("kind", SIMULATORS)
def test_each_value_of_a_field_is_in_the_manual(language: str, kind: str) -> None:
    tables, plus = told(language, kind)

    for name, act in SIMULATORS[kind].acts.items():
        written = fields(tables["acts"][name][0], plus)
        for field, info in act.model_fields.items():
            if get_origin(info.annotation) is Literal:
                wanted = "/".join(get_args(info.annotation))
            else:
                many = get_origin(info.annotation) is tuple
                wanted = "…,…" if many else "…"
            assert written[field] == wanted, (name, field)


@both
@pytest.mark.parametrize("kind", SIMULATORS)
def test_each_field_of_a_start_is_in_the_manual(language: str, kind: str) -> None:
    tables, _plus = told(language, kind)

    written = tables["start"]

    known = fields_of(SIMULATORS[kind])
    assert set(written) == set(known)
    for name, field in known.items():
        columns = set(re.findall(r"`([a-z-]+)`", written[name][0]))
        assert columns == (set(fields_of(field.row)) - {"id"} if field.row else set())


@both
@pytest.mark.parametrize("kind", SIMULATORS)
def test_each_fact_is_in_the_manual(language: str, kind: str, played) -> None:
    tables, _plus = told(language, kind)

    written = list(tables["facts"])

    for name in played[kind]:
        assert [one for one in written if shape(one).fullmatch(name)], name
    for one in written:
        assert [name for name in played[kind] if shape(one).fullmatch(name)], one


@both
@pytest.mark.parametrize("kind", SIMULATORS)
def test_each_value_of_a_fact_is_in_the_manual(
    language: str, kind: str, played
) -> None:
    tables, _plus = told(language, kind)

    for one, (values, *_said) in tables["facts"].items():
        known = set(values.strip("`").split())
        seen = set[str]().union(
            *(
                words
                for name, words in played[kind].items()
                if shape(one).fullmatch(name)
            )
        )
        assert not known or seen <= known, one


@both
def test_each_shape_of_a_condition_is_in_the_manual(language: str) -> None:
    lines = re.findall(r"^\| `([^`]+)` \|", HALVES[language], re.MULTILINE)

    shown = {
        verb
        for verb in Verb
        if any(f"{line} ".startswith(f"{verb} ") for line in lines)
    }

    assert shown == set(Verb)


def example(language: str) -> str:
    """The whole lab that the manual shows."""
    blocks = re.findall(r"```markdown\n(.*?)```", HALVES[language], re.DOTALL)
    return next(block for block in blocks if "\ndesk:" in block)


def test_the_lab_of_the_manual_can_be_published_as_it_stands() -> None:
    files = {
        **FILES,
        "lessons/1-antivirus/lundi.lab.fr.md": example("fr"),
        "lessons/1-antivirus/lundi.lab.en.md": example("en"),
    }

    library, issues = read(files, TODAY)

    found = [issue for issue in issues if "lundi" in issue.path]
    assert [(issue.code, issue.line) for issue in found] == [("lab.not-named", 1)]
    assert len(library.lab("lundi").samples) == 2


@both
@pytest.mark.parametrize("kind", SIMULATORS)
def test_the_manual_says_what_may_be_left_out(language: str, kind: str) -> None:
    tables, _plus = told(language, kind)

    for name, field in fields_of(SIMULATORS[kind]).items():
        cell = tables["start"][name][0]
        assert cell.startswith(("obligatoire", "required")) == field.required, name
        optional = re.split(r"facultatives? :|optional:", cell)[1:]
        written = set(re.findall(r"`([a-z-]+)`", "".join(optional)))
        columns = fields_of(field.row) if field.row else {}
        assert written == {key for key, each in columns.items() if not each.required}
