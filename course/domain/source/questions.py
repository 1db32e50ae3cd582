"""Questions: a section of a file in each language, made one question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import ValidationError

from course.domain.issue import Margin
from course.domain.manuscript import Line, is_name, name_like
from course.domain.questions import QUESTIONS
from course.domain.questions.base import Fields, Question
from course.domain.sheet import Shape, Sheet, cut, look
from course.domain.source.twins import Twin, bare, merged

COMMON_MARKS = ("aim", "entry", "scenario")
BRACES = re.compile(r"\{(?P<marks>[^{}]*)\}")
POINTS = re.compile(r"\(\s*(?P<points>[^()]*?)\s*\)")
POINTS_VALUE = re.compile(
    r"(?P<value>[0-9]{1,3}(?:[.,][0-9]{1,2})?)(?:\s*(?:pts?|points?)\.?)?"
)
SEE = re.compile(
    r"(?P<before>.*?)\s*\[(?P<label>[^\[\]]+)\]\(\s*lesson:(?P<see>[^()\s]+)\s*\)[\s.]*",
    re.DOTALL,
)
OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the heading of a question says: its name, points and marks."""

    name: str
    points: float | None
    marks: Mapping[str, str]


def heading_of(words: str, line: int, margin: Margin) -> Heading:
    """Read `name (points) {marks}`, noting what cannot be understood."""
    marks: dict[str, str] = {}
    for found in BRACES.finditer(words):
        pairs = re.sub(r"\s*=\s*", "=", found["marks"])
        for mark in re.split(r"[\s,;]+", pairs):
            name, _, value = mark.casefold().partition("=")
            marks |= {name: value} if name else {}
    words = BRACES.sub("", words)
    found = POINTS.search(words)
    points = _points(found["points"], line, margin) if found else None
    name = POINTS.sub("", words).strip().rstrip("#").strip()
    if not is_name(name):
        margin.fatal("question.bad-name", line, name=name, nearest=name_like(name))
    return Heading(name, points, marks)


def _points(written: str, line: int, margin: Margin) -> float | None:
    found = POINTS_VALUE.fullmatch(written)
    points = float(found["value"].replace(",", ".")) if found else 0
    if points > 0:
        return points
    margin.fatal("question.bad-points", line, value=written)
    return None


def sheet_of(
    heading: Heading, lines: tuple[Line, ...], line: int, language: str, margin: Margin
) -> Sheet:
    """Cut one question out of its lines."""
    sheet = cut(lines, name=heading.name, line=line, language=language, margin=margin)
    points = 1 if heading.points is None else heading.points
    if OPINION in heading.marks and heading.points:
        margin.fatal("question.opinion-points", line, name=heading.name)
    if OPINION in heading.marks:
        points = 0
    return replace(sheet, points=points, marks=heading.marks)


def read_question(sheets: Mapping[str, Sheet]) -> Question | None:
    """The question that these sheets say, or nothing and the reasons noted."""
    read = [(sheet, *_read(sheet)) for sheet in sheets.values()]
    (first, kind, fields), *others = read
    for sheet, other_kind, other_fields in others:
        if kind is None or other_kind is None or fields is None or other_fields is None:
            return None
        if kind is not other_kind:
            sheet.margin.fatal(
                "twin.kind",
                sheet.line,
                name=sheet.name,
                here=other_kind.kind,
                there=kind.kind,
                other=first.margin.path,
            )
            return None
        twin = Twin(sheet.margin, first.margin.path, sheet.name)
        fields = merged(fields, other_fields, twin)
    if kind is None or fields is None or _spoilt(sheets):
        return None
    return _built(kind, bare(fields), first)


def _spoilt(sheets: Mapping[str, Sheet]) -> bool:
    return any(issue.fatal for each in sheets.values() for issue in each.margin.issues)


def _built(kind: type[Question], fields: Fields, sheet: Sheet) -> Question | None:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        sheet.margin.fatal("question.invalid", sheet.line, name=sheet.name, field=field)
        return None


def _read(sheet: Sheet) -> tuple[type[Question] | None, Fields | None]:
    """The only type that claims a sheet, and the fields it reads there."""
    named = [QUESTIONS[mark] for mark in sheet.marks if mark in QUESTIONS]
    types = named or list(QUESTIONS.values())
    claims = [(kind, fields) for kind in types if (fields := kind.read(sheet))]
    if len(claims) > 1:
        kinds = ", ".join(kind.kind for kind, _ in claims)
        sheet.margin.fatal(
            "question.two-kinds", sheet.entries[0].line, name=sheet.name, kinds=kinds
        )
        return None, None
    if not claims:
        _no_answer(sheet)
        return None, None
    kind, fields = claims[0]
    _check_marks(sheet, kind)
    return kind, {**fields, **_common(sheet)}


def _no_answer(sheet: Sheet) -> None:
    """Nothing to answer with; a plain list may lack its boxes."""
    for line in sheet.lines:
        if look(line.text, (Shape.BULLET,)):
            sheet.margin.fatal("choice.no-box", line.number, name=sheet.name)
            return
    sheet.margin.fatal("question.no-answer", sheet.line, name=sheet.name)


def _check_marks(sheet: Sheet, kind: type[Question]) -> None:
    known = {*COMMON_MARKS, *kind.own_marks, kind.kind}
    for mark in sheet.marks:
        if mark not in known:
            sheet.margin.fatal(
                "question.unknown-mark",
                sheet.line,
                mark=mark,
                known=", ".join(sorted(known)),
            )
    if not is_name(sheet.marks.get("aim", "x")):
        sheet.margin.fatal("question.bad-aim", sheet.line, value=sheet.marks["aim"])


def _common(sheet: Sheet) -> Fields:
    """The fields that every type has."""
    found = SEE.fullmatch(sheet.why)
    why = found["before"].strip() if found else sheet.why
    return {
        "line": sheet.line,
        "id": sheet.name,
        "ask": sheet.text(sheet.ask),
        "why": sheet.text(why) if why else None,
        "points": sheet.points,
        "marks": tuple(sorted(sheet.marks.keys() - {"aim", "slips"})),
        "aim": sheet.marks.get("aim"),
        "see": found["see"] if found else None,
        "see_label": sheet.text(found["label"]) if found else None,
    }
