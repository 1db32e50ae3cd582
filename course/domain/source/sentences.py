"""Sentences: cut a text where a reader would breathe, and count words."""

import re
from collections.abc import Iterator

END = re.compile(
    r"(?P<end>[.!?…]+)(?P<close>[\s\u00a0\u202f]*[»”\"')\]])*"
    r"[\s\u00a0\u202f]+(?=[«“\"'(\[\s\u00a0\u202f]*[0-9A-ZÀ-ÖØ-Þ])"
)
# A full stop after these, or after one capital, ends nothing.
SHORTENED = re.compile(
    r"(?:^|[\s«“(\[\u00a0\u202f'’])(?:[A-Z]|[Mm]|MM|Mme|Mlle|Me|Dr|Pr|St|Ste|Mr|Mrs|Ms"
    r"|art|al|av|cf|ch|chap|c\.-à-d|e\.g|env|ex|fig|i\.e|max|min|n|no|No|nos|p|pp"
    r"|p\. ex|tél|vol|vs|bd|p\.\s?ex)\.$"
)
WORD = re.compile(r"\S*[^\W_]\S*")


def words(text: str) -> int:
    """How many words there are to read; signs alone are none."""
    return len(WORD.findall(text))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph, each with the line where it begins, from 0."""
    start = 0
    for found in END.finditer(text):
        dotted = found["end"] == "."
        if dotted and SHORTENED.search(text[: found.end("end")]):
            continue
        yield _placed(text, start, found.end())
        start = found.end()
    if text[start:].strip():
        yield _placed(text, start, len(text))


def _placed(text: str, start: int, end: int) -> tuple[int, str]:
    sentence = text[start:end]
    blank = len(sentence) - len(sentence.lstrip())
    return text.count("\n", 0, start + blank), " ".join(sentence.split())
