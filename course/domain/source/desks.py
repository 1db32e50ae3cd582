"""The start of a lab: the fields of each simulator of the desk, as they are written."""

import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, NamedTuple, Union, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from course.domain.issue import Margin
from course.domain.manuscript import Line, name_like
from course.domain.simulators.base import Simulator, StartError
from course.domain.source.book import Book
from course.domain.source.goals import stray
from course.domain.source.parts import Pair, Part, block_of, parts_of
from course.domain.source.prose import check_plain
from course.domain.source.twins import bare, by_name
from course.domain.table import Row, cells_of, rows_of
from course.domain.text import Text

Fields = dict[str, Any]
Kinds = Mapping[str, type[Simulator]]
# What is to be written in the place of what was; else that it cannot be.
WANTED = {"int_parsing": "lab.no-number", "bool_parsing": "lab.no-yes"}


class Shape(Enum):
    """How a field of a simulator is written."""

    WORD = "word"  # a name, a number, yes or no: the same in every language
    WORDS = "words"  # what people read
    NAMES = "names"  # several names, with commas
    SAYINGS = "sayings"  # several sentences: one bullet each
    ROWS = "rows"  # a table


class Field(NamedTuple):
    """A field of a simulator or a column of its tables."""

    shape: Shape
    required: bool
    row: type[BaseModel] | None = None


def fields_of(model: type[BaseModel]) -> dict[str, Field]:
    """The fields that authors may write, by the name that they write."""
    return {
        name.replace("_", "-"): _field(field)
        for name, field in model.model_fields.items()
    }


def _field(field: FieldInfo) -> Field:
    annotation = _plain(field.annotation)
    required = field.is_required()
    if annotation is Text:
        return Field(Shape.WORDS, required)
    if get_origin(annotation) is not tuple:
        return Field(Shape.WORD, required)
    inside = _plain(get_args(annotation)[0])
    if inside is Text:
        return Field(Shape.SAYINGS, required)
    if isinstance(inside, type) and issubclass(inside, BaseModel):
        return Field(Shape.ROWS, required, inside)
    return Field(Shape.NAMES, required)


def _plain(annotation: Any) -> Any:
    """The type itself, whether or not it may be left out."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return Text if Text in kinds else _plain(kinds[0])
    return annotation


class Start:
    """Reads the start of one simulator in one language."""

    def __init__(
        self, kind: type[Simulator], language: str, margin: Margin, *, part: Part
    ) -> None:
        self.known = fields_of(kind)
        self.kind = kind.kind
        self.language = language
        self.margin = margin
        self.part = part
        self.lines: dict[str, int] = {}
        self.rows: dict[str, list[int]] = {}
        self.said: list[Line] = []

    def read(self) -> Fields:
        """The fields, and the lines where they stand; what is odd is noted."""
        before, parts = parts_of(self.part.lines, 4)
        block = block_of(before, self.margin)
        stray((*block.before, *block.after), self.margin)
        fields: Fields = dict.fromkeys(self.known)
        for pair in block.pairs:
            self._pair(pair, fields)
        for part in parts:
            self._table(part, fields)
        return {"line": self.part.line, **fields}

    def _pair(self, pair: Pair, fields: Fields) -> None:
        field = self.known.get(pair.key)
        if field is None or field.shape is Shape.ROWS:
            self._unknown(pair.line, pair.key)
        elif fields[pair.key] is not None and field.shape is not Shape.SAYINGS:
            self.margin.fatal("lab.second-key", pair.line, key=pair.key)
        elif field.shape is Shape.SAYINGS:
            fields[pair.key] = [*(fields[pair.key] or []), self._text(pair)]
        else:
            fields[pair.key] = self._value(field, pair)
        self.lines.setdefault(pair.key, pair.line)

    def _value(self, field: Field, pair: Pair) -> Any:
        """What was written, as its field keeps it; nothing when it is empty."""
        if field.shape is Shape.NAMES:
            names = (name.strip() for name in pair.value.split(","))
            return tuple(name for name in names if name)
        if field.shape is Shape.SAYINGS:
            cut = (each.strip() for each in pair.value.split(";"))
            return [self._text(Pair(pair.line, pair.key, e)) for e in cut if e]
        return self._text(pair) if field.shape is Shape.WORDS else pair.value

    def _text(self, pair: Pair) -> Text:
        self.said.append(Line(pair.line, pair.value))
        return Text({self.language: pair.value})

    def _unknown(self, line: int, name: str) -> None:
        known = ", ".join(self.known)
        self.margin.fatal(
            "lab.unknown-start", line, name=name, simulator=self.kind, known=known
        )

    def _table(self, part: Part, fields: Fields) -> None:
        name = part.words.casefold()
        field = self.known.get(name)
        if field is None or field.row is None:
            self._unknown(part.line, name)
            return
        self.lines.setdefault(name, part.line)
        if fields[name] is not None:
            self.margin.fatal("lab.second-key", part.line, key=name)
        if not any(line.text.lstrip().startswith("|") for line in part.lines):
            self.margin.fatal("lab.no-table", part.line, name=name)
            return
        columns = fields_of(field.row)
        first = _first_cell(part.lines)
        own = {first if key == "id" else key: each for key, each in columns.items()}
        optional = tuple(name for name, each in own.items() if not each.required)
        rows = rows_of(
            part.lines,
            (first, *(name for name in own if name != first)),
            self.margin,
            optional=optional,
        )
        stray(
            (e for e in part.lines if not e.text.lstrip().startswith("|")), self.margin
        )
        fields[name] = [self._row(row, own, first) for row in rows]
        self.rows[name] = [row.line for row in rows]

    def _row(self, row: Row, columns: Mapping[str, Field], first: str) -> Fields:
        fields: Fields = {"line": row.line}
        for name, column in columns.items():
            written = row.cells.get(name, "")
            value = self._value(column, Pair(row.line, name, written))
            key = "id" if name == first else name
            fields[key] = value if written else None
        return fields


def _first_cell(lines: tuple[Line, ...]) -> str:
    """What the author calls a row: the head of the first column."""
    head = next(line.text for line in lines if line.text.lstrip().startswith("|"))
    return cells_of(head)[0].casefold()


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where things are written of the start of a simulator."""

    margin: Margin
    section: int
    start: Start | None

    def of(self, place: tuple[str, ...]) -> int:
        """The line of a field, or of the row or the simulator that holds it."""
        if self.start is None:
            return self.section
        field, *row = (*place, "", "")
        rows = self.start.rows.get(field, [])
        if row[0].isdigit() and rows:
            return rows[int(row[0])]
        return self.start.lines.get(field, self.start.part.line)


def read_desk(
    book: Book, kinds: Kinds, sections: Mapping[str, Mapping[str, Part]]
) -> tuple[Simulator, ...] | None:
    """The simulators as they begin, or nothing when one of them cannot."""
    starts = {
        said: _starts(book, kinds, said, own["start"])
        for said, own in sections.items()
        if "start" in own
    }
    read = {
        said: {name: start.read() for name, start in own.items()}
        for said, own in starts.items()
    }
    for own in starts.values() if not book.published else ():
        for start in own.values():
            check_plain(start.said, start.language, book.trade_words, start.margin)
    margins = {said: each.margin for said, each in book.manuscripts.items()}
    lines = {said: sections[said]["start"].line for said in read}
    made = by_name(read, margins, lines)
    if book.spoilt:
        return None
    first = book.first.language
    desk: list[Simulator | None] = []
    for name, kind in kinds.items():
        at = _Lines(margins[first], lines[first], starts[first].get(name))
        desk.append(_built(kind, made.get(name, {}), at))
    return tuple(each for each in desk if each)


def _starts(book: Book, kinds: Kinds, language: str, section: Part) -> dict[str, Start]:
    margin = book.manuscripts[language].margin
    before, parts = parts_of(section.lines, 3)
    stray(before, margin)
    found: dict[str, Start] = {}
    for part in parts:
        name = part.words.casefold()
        if name not in kinds:
            known = ", ".join(kinds)
            margin.fatal("lab.unknown-simulator", part.line, name=name, known=known)
        elif name in found:
            first = found[name].part.line
            margin.fatal("lab.second-name", part.line, name=name, first=first)
        else:
            found[name] = Start(kinds[name], language, margin, part=part)
    return found


def _built(kind: type[Simulator], made: Fields, at: _Lines) -> Simulator | None:
    try:
        return kind.model_validate(_given(bare(made)))
    except ValidationError as error:
        for each in error.errors():
            _note(each, at)
        return None


def _note(error: ErrorDetails, at: _Lines) -> None:
    """Say what a simulator does not take, where it is written."""
    place = tuple(str(part).replace("_", "-") for part in error["loc"])
    field = ".".join(part for part in place if not part.isdigit())
    line, more = at.of(place), error.get("ctx", {})
    match error["type"]:
        case "missing":
            at.margin.fatal("lab.missing-start", line, field=field)
        case "too_short":
            least = int(more["min_length"])
            at.margin.fatal("lab.too-few", line, field=field, least=least)
        case "too_long":
            most = int(more["max_length"])
            at.margin.fatal("lab.too-many", line, field=field, most=most)
        case "value_error":
            _fault(more["error"], line, at)
        case "literal_error" | "enum":
            wanted = str(more["expected"])
            at.margin.fatal("lab.bad-choice", line, field=field, wanted=wanted)
        case "string_pattern_mismatch":
            name = str(error["input"])
            at.margin.fatal("lab.bad-name", line, name=name, nearest=name_like(name))
        case other:
            value = str(error["input"])
            code = WANTED.get(other, "lab.bad-start")
            at.margin.fatal(code, line, field=field, value=value)


def _fault(fault: ValueError, line: int, at: _Lines) -> None:
    """Say what does not hold together; a simulator of others may only have a reason."""
    if isinstance(fault, StartError):
        at.margin.fatal(fault.code, at.of(fault.place), **fault.values)
    else:
        start = at.start.kind if at.start else ""
        at.margin.fatal("lab.start-fault", line, simulator=start, reason=str(fault))


def _given(value: Any) -> Any:
    """What was written, under the names of the code; what was left out is out."""
    if isinstance(value, list):
        return [_given(each) for each in cast("list[Any]", value)]
    if isinstance(value, dict):
        fields = cast("Fields", value)
        return {
            name.replace("-", "_"): _given(each)
            for name, each in fields.items()
            if each is not None
        }
    return value
