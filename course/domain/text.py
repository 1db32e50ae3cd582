"""Text: the same words in several languages."""

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from typing import Any, TypeVar, cast

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import (
    CoreSchema,
    PydanticSerializationUnexpectedValue,
    core_schema,
)

LANGUAGES = ("fr", "en")
Words = TypeVar("Words")


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

    # A Mapping's own go from key to key: these are asked at each action of a run.

    def values(self) -> ValuesView[str]:
        """The words, in each language."""
        return self._words.values()

    def items(self) -> ItemsView[str, str]:
        """The languages with their words."""
        return self._words.items()

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
                _stored, return_schema=words
            ),
        )


def _stored(text: Text) -> dict[str, str]:
    # Where a Text or a str may stand, an empty str must not be stored as a Text.
    if not isinstance(text, Text):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise PydanticSerializationUnexpectedValue(type(text).__name__)
    return dict(text)


def changed(value: Words, change: Callable[[str, str], str]) -> Words:
    """The same thing, each Text in it changed by (words, language).

    Looks into tuples and models; anything else is given back as it is.
    """
    found: Any = value
    if isinstance(found, Text):
        found = Text({spoken: change(said, spoken) for spoken, said in found.items()})
    elif isinstance(found, tuple):
        items = cast("tuple[Any, ...]", found)
        found = tuple(changed(item, change) for item in items)
    elif isinstance(found, BaseModel):
        own = type(found)
        fields = {n: changed(getattr(found, n), change) for n in own.model_fields}
        found = own.model_validate(fields)
    return found
