"""Question, Face, UnreadableError: what every question type promises."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from re import findall, fullmatch, sub
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, JsonValue

from course.domain.issue import Values
from course.domain.profile import Profile
from course.domain.sheet import Sheet
from course.domain.text import Text, changed
from course.domain.verdict import Verdict

Raw = Mapping[str, Sequence[str]]
Variant = dict[str, JsonValue]
Fields = dict[str, Any]

UNKNOWN: dict[str, JsonValue] = {"unknown": True}
UNKNOWN_FIELD = "unknown"
# For tables and exports; pages have their own words for « je ne sais pas ».
UNKNOWN_SIGN = "?"


class UnreadableError(Exception):
    """What came is not an answer; it is neither right nor wrong."""

    code: str
    values: Values

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class FaceItem:
    """Something to tick, place or join, and the key that the form gives it."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Face:
    """What a learner may see of a question; no field could hold its solution."""

    kind: str
    id: str
    language: str
    ask: str
    points: float
    count: int | None = None
    items: tuple[FaceItem, ...] = ()
    targets: tuple[FaceItem, ...] = ()
    unit: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one thing that was answered is right or wrong."""

    answer_text: Text
    share: float
    text: Text | None = None


class Piece(BaseModel):
    """A part of a question that its author writes on one line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Text
    reason: Text | None = None


class Question(BaseModel, ABC):
    """One question of a quiz; a subclass is a question type.

    The fields are what authors may write; the methods are the life of a question:
    prepare, face, parse, judge, reasons, describe. A subclass writes the hooks
    `understand`, `grade`, `explain`, `tell`; « I do not know » is dealt with here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    own_marks: ClassVar[frozenset[str]] = frozenset()

    id: str
    ask: Text
    why: Text | None = None
    points: float = 1
    marks: tuple[str, ...] = ()
    aim: str | None = None
    see: str | None = None
    see_label: Text | None = None

    @classmethod
    @abstractmethod
    def read(cls, sheet: Sheet) -> Fields | None:
        """The fields of this type in a sheet, or nothing when it is another's."""

    def prepare(self, rng: Random, profile: Profile | None = None) -> Variant:
        """What differs between learners; one chance, one variant."""
        del rng, profile
        return {}

    @abstractmethod
    def face(self, variant: Variant, language: str) -> Face:
        """What the learner sees."""

    @abstractmethod
    def understand(self, raw: Raw, variant: Variant) -> JsonValue:
        """The answer that a form says, else UnreadableError."""

    @abstractmethod
    def refill(self, answer: JsonValue, variant: Variant) -> dict[str, list[str]]:
        """The form that says this answer: `understand` the other way round."""

    @abstractmethod
    def grade(self, answer: JsonValue) -> Verdict:
        """What an answer is worth; same answer, same version, same verdict."""

    @abstractmethod
    def explain(self, answer: JsonValue) -> list[Reason]:
        """The reason for each thing answered."""

    @abstractmethod
    def tell(self, answer: JsonValue, language: str) -> str:
        """The answer in one line."""

    @abstractmethod
    def solution(self, language: str) -> list[str]:
        """The right answer, one line per thing to say."""

    def plain_face(self, language: str) -> Face:
        """What every type shows: the ask and the points."""
        return Face(
            kind=self.kind,
            id=self.id,
            language=self.ask.spoken(language),
            ask=self.ask.say(language),
            points=self.points,
        )

    def words(self, variant: Variant, language: str) -> int:
        """How many words one reads before answering: the ask and the choices."""
        face = self.face(variant, language)
        pieces = (*face.items, *face.targets)
        texts = (face.ask, *(piece.text for piece in pieces))
        # Where a link or a picture leads is not read.
        read = sub(r"\]\([^)]*\)", "]", " ".join(texts))
        return len(findall(r"\w[\w'’-]*", read))

    def parse(self, raw: Raw, variant: Variant) -> JsonValue:
        """An answer worth keeping, or UnreadableError."""
        if one(raw, UNKNOWN_FIELD):
            return dict(UNKNOWN)
        return self.understand(raw, variant)

    def filled(self, answer: JsonValue, variant: Variant) -> dict[str, list[str]]:
        """The form fields that say this answer again."""
        if is_unknown(answer):
            return {UNKNOWN_FIELD: ["1"]}
        return self.refill(answer, variant)

    def judge(self, answer: JsonValue) -> Verdict:
        """The verdict on an answer; « I do not know » is worth nothing."""
        return Verdict(0) if is_unknown(answer) else self.grade(answer)

    def reasons(self, answer: JsonValue) -> list[Reason]:
        """Why this answer is right or wrong, one line per thing answered."""
        return [] if is_unknown(answer) else self.explain(answer)

    def describe(self, answer: JsonValue, language: str) -> str:
        """The answer in one line, for tables and exports."""
        return UNKNOWN_SIGN if is_unknown(answer) else self.tell(answer, language)

    def dump(self) -> dict[str, JsonValue]:
        """The question as it is stored: its kind and its fields."""
        return {"kind": self.kind, **self.model_dump(mode="json")}

    def map_words(self, change: Callable[[str, str], str]) -> Self:
        """The same question, each of its texts changed by (words, language)."""
        return changed(self, change)


def is_unknown(answer: JsonValue) -> bool:
    """Whether the learner said « I do not know »."""
    return answer == UNKNOWN


def one(raw: Raw, name: str) -> str:
    """The only value of a form field, without the spaces around it."""
    values = raw.get(name, ())
    return values[0].strip() if values else ""


def numbers(value: JsonValue, limit: int) -> list[int]:
    """The positions below a limit that a stored list holds, each once."""
    if not isinstance(value, list):
        return []
    found = [each for each in value if type(each) is int and 0 <= each < limit]
    return list(dict.fromkeys(found))


def drawn(rng: Random, texts: Sequence[Text]) -> list[JsonValue]:
    """The positions of some texts, shuffled whatever order they are written in.

    They are sorted first, so that two questions with the same texts and another
    solution are shown alike.
    """
    order = sorted(range(len(texts)), key=lambda at: sorted(texts[at].items()))
    rng.shuffle(order)
    return list[JsonValue](order)


def shown(variant: Variant, name: str, count: int) -> list[int]:
    """The written positions, in the order in which a variant shows them."""
    return numbers(variant.get(name), count)


def place(key: str, order: Sequence[int]) -> int:
    """The written position behind a key of the form, else UnreadableError."""
    if fullmatch(r"[0-9]{1,3}", key) and int(key) < len(order):
        return order[int(key)]
    raise UnreadableError("answer.unknown-choice")


def items(
    order: Sequence[int], texts: Sequence[Text], language: str
) -> tuple[FaceItem, ...]:
    """Texts in the order they are shown, with the keys of their places."""
    return tuple(
        FaceItem(str(key), texts[at].say(language)) for key, at in enumerate(order)
    )


def choices(raw: Raw, count: int, order: Sequence[int]) -> list[int]:
    """The target chosen for each key of the form, else UnreadableError."""
    given = [one(raw, f"answer-{key}") for key in range(count)]
    missing = given.count("")
    if missing == count:
        raise UnreadableError("answer.none", count=count)
    if missing:
        raise UnreadableError("answer.missing", missing=missing)
    return [place(key, order) for key in given]


def placed(answer: JsonValue, count: int, targets: int) -> list[tuple[int, int]]:
    """The (thing, target) pairs that a stored answer holds."""
    if not isinstance(answer, list):
        return []
    return [
        (at, to)
        for at, to in enumerate(answer[:count])
        if type(to) is int and 0 <= to < targets
    ]


def pairs(thing: Text, target: Text) -> Text:
    """A thing and where it was put, in each language of the thing."""
    return Text({said: f"{thing[said]} → {target.say(said)}" for said in thing})


def several(count: int, found: int, code: str, sheet: Sheet) -> None:
    """Note that an answer has fewer parts than it takes."""
    if found < count:
        sheet.margin.fatal(code, sheet.line, name=sheet.name, least=count)


def repeated(sheet: Sheet, code: str, texts: Sequence[tuple[str, int]]) -> None:
    """Note the texts that a learner could not tell apart."""
    seen: set[str] = set()
    for text, line in texts:
        folded = " ".join(text.casefold().split())
        if folded in seen:
            sheet.margin.fatal(code, line, text=text)
        seen.add(folded)
