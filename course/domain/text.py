"""Text: the same words in several languages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

LANGUAGES = ("fr", "en")


class Text(Mapping[str, str]):
    """One sentence in several languages; it never changes."""

    __slots__ = ("_words",)

    def __init__(self, words: Mapping[str, str] | None = None, /, **more: str) -> None:
        self._words = {**(words or {}), **more}

    def __getitem__(self, language: str) -> str:
        return self._words[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __hash__(self) -> int:
        return hash(frozenset(self._words.items()))

    def __repr__(self) -> str:
        return f"Text({self._words!r})"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it speaks, the main one first."""
        known = [language for language in LANGUAGES if language in self._words]
        return (*known, *(other for other in self._words if other not in known))

    def spoken(self, language: str) -> str:
        """The language in which it is really said when this one is asked for."""
        if language in self._words or not self._words:
            return language
        return self.languages[0]

    def say(self, language: str) -> str:
        """The words in that language, else in French, else in any."""
        return self._words.get(self.spoken(language), "")

    def map(self, change: Callable[[str], str]) -> "Text":
        """The same text, each of its languages changed in the same way."""
        return Text({language: change(said) for language, said in self.items()})

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Checked and stored as an object {language: words}."""
        words = core_schema.dict_schema(
            core_schema.str_schema(), core_schema.str_schema()
        )
        built = core_schema.no_info_after_validator_function(cls, words)
        return core_schema.json_or_python_schema(
            json_schema=built,
            python_schema=core_schema.union_schema(
                [core_schema.is_instance_schema(cls), built]
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(
                dict[str, str], return_schema=words
            ),
        )
