"""A short text, forgiving accents, capitals and a few slips."""

import unicodedata

from pydantic import Field, JsonValue

from course.domain.numeral import only_number
from course.domain.questions.base import (
    Face,
    Fields,
    Piece,
    Question,
    Raw,
    Reason,
    UnreadableError,
    Variant,
    one,
)
from course.domain.sheet import Entry, Shape, Sheet
from course.domain.text import Text
from course.domain.verdict import Verdict

LONGEST = 200
ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "œ": "oe", "æ": "ae", "ß": "ss", "–": "-", "—": "-"}
)


def strict(words: str) -> str:
    """Words with their accents and capitals; spaces and apostrophes made plain."""
    plain = unicodedata.normalize("NFC", words).translate(ALIKE)
    return " ".join(plain.split())


def loose(words: str) -> str:
    """Words without accents, capitals, hyphens or punctuation around them."""
    apart = unicodedata.normalize("NFKD", words.casefold().translate(ALIKE))
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(kept.replace("-", " ").split()).strip(" .,;:!?…\"'«»“”()")


def distance(typed: str, right: str) -> int:
    """How many letters are added, missing, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(typed, 1):
        previous, row = row, [i]
        for j, wanted in enumerate(right, 1):
            cost = min(
                previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != wanted)
            )
            if i > 1 and j > 1 and typed[i - 2 : i] == wanted + right[j - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = previous
    return row[-1]


class ShortText(Question):
    """A word to type: right when it is one of those accepted, in any language.

    An expected wrong answer stays wrong, however near it is to a right one.
    """

    kind = "text"
    own_marks = frozenset({"exact", "slips"})

    accepted: tuple[Piece, ...] = Field(min_length=1)
    wrong: tuple[Piece, ...] = ()
    slips: int = 0

    @classmethod
    def read(cls, sheet: Sheet) -> Fields | None:
        """Lines `= words`, one for each accepted answer, but a single number."""
        entries = sheet.of(Shape.EQUALS)
        if not entries or only_number(sheet):
            return None
        right = [entry for entry in entries if not entry.different]
        wrong = [entry for entry in entries if entry.different]
        _check(sheet, right, wrong)
        return {
            "accepted": [_piece(sheet, entry) for entry in right],
            "wrong": [_piece(sheet, entry) for entry in wrong],
            "slips": _slips(sheet, right),
        }

    def face(self, variant: Variant, language: str) -> Face:
        """A field."""
        del variant
        return self.plain_face(language)

    def understand(self, raw: Raw, variant: Variant) -> JsonValue:
        """The words typed."""
        del variant
        words = " ".join(one(raw, "answer").split())
        if not words:
            raise UnreadableError("answer.none", count=1)
        if len(words) > LONGEST:
            raise UnreadableError("answer.too-long", most=LONGEST)
        return words

    def refill(self, answer: JsonValue, variant: Variant) -> dict[str, list[str]]:
        """The words typed."""
        del variant
        return {"answer": [answer] if isinstance(answer, str) else []}

    def grade(self, answer: JsonValue) -> Verdict:
        """Right or not."""
        found = self._found(answer)
        return Verdict(float(found in self.accepted))

    def explain(self, answer: JsonValue) -> list[Reason]:
        """The reason of the accepted words, or of an expected wrong answer."""
        if not isinstance(answer, str):
            return []
        found = self._found(answer)
        said = Text(dict.fromkeys(self.ask, answer))
        share = float(found in self.accepted)
        return [Reason(said, share, found.reason if found else None)]

    def tell(self, answer: JsonValue, language: str) -> str:
        """The words typed."""
        del language
        return answer if isinstance(answer, str) else ""

    def solution(self, language: str) -> list[str]:
        """The first of the accepted words: the one to remember."""
        return [self.accepted[0].text.say(language)]

    def _found(self, answer: JsonValue) -> Piece | None:
        """What an author wrote about these words."""
        if not isinstance(answer, str):
            return None
        fold = strict if "exact" in self.marks else loose
        words = fold(answer)
        for piece in (*self.wrong, *self.accepted):
            if any(fold(said) == words for said in piece.text.values()):
                return piece
        for piece in self.accepted:
            if any(distance(words, fold(s)) <= self.slips for s in piece.text.values()):
                return piece
        return None


def _piece(sheet: Sheet, entry: Entry) -> Fields:
    return {
        "line": entry.line,
        "text": sheet.text(entry.text),
        "reason": sheet.reason(entry),
    }


def _slips(sheet: Sheet, right: list[Entry]) -> int:
    written = sheet.marks.get("slips", "0")
    shortest = min((len(loose(entry.text)) for entry in right), default=0)
    if written not in {"0", "1", "2", "3"}:
        sheet.margin.fatal("text.bad-slips", sheet.line, value=written)
        return 0
    if right and int(written) and int(written) * 2 >= shortest:
        sheet.margin.fatal("text.too-many-slips", sheet.line, value=int(written))
    return int(written)


def _check(sheet: Sheet, right: list[Entry], wrong: list[Entry]) -> None:
    fold = strict if "exact" in sheet.marks else loose
    accepted = {fold(entry.text) for entry in right}
    if not right:
        sheet.margin.fatal("equals.no-right", sheet.line, name=sheet.name)
    for entry in (*right, *wrong):
        if not fold(entry.text):
            sheet.margin.fatal("equals.empty", entry.line)
    for entry in wrong:
        if fold(entry.text) in accepted:
            sheet.margin.fatal("text.right-and-wrong", entry.line, text=entry.text)
        if not entry.reason:
            sheet.margin.warn("equals.no-reason", entry.line, text=entry.text)
