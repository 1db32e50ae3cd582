"""Library: all the modules, lessons, labs and quizzes, by key and in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Protocol, TypeVar

from course.domain.fact import Fact
from course.domain.glossary import Term
from course.domain.lab import Lab
from course.domain.lesson import Lesson, Module
from course.domain.quiz import Quiz
from course.domain.quote import TradeWords

Source = Mapping[str, str]


class Keyed(Protocol):
    """What has a key for ever."""

    @property
    def key(self) -> str:
        """The key."""
        ...


Item = TypeVar("Item", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Parcel:
    """An item with everything it needs: reading its source gives it back."""

    kind: str
    key: str
    source: Source
    digest: str


def digest_of(source: Source) -> str:
    """The print of some files: the same words, the same print."""
    written = dumps(
        dict(source), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return sha256(written.encode()).hexdigest()


@dataclass(frozen=True)
class Library:
    """Everything that can be learnt."""

    modules: tuple[Module, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    quizzes: tuple[Quiz, ...] = ()
    labs: tuple[Lab, ...] = ()
    glossary: tuple[Term, ...] = ()
    facts: tuple[Fact, ...] = ()
    trades: TradeWords = field(default_factory=dict)  # pyright: ignore[reportUnknownVariableType]
    sources: Mapping[tuple[str, str], Source] = field(default_factory=dict)  # pyright: ignore[reportUnknownVariableType]

    def module(self, key: str) -> Module:
        """The module of that key, else KeyError."""
        return _find(self.modules, key)

    def lesson(self, key: str) -> Lesson:
        """The lesson of that key, else KeyError."""
        return _find(self.lessons, key)

    def quiz(self, key: str) -> Quiz:
        """The quiz of that key, else KeyError."""
        return _find(self.quizzes, key)

    def lab(self, key: str) -> Lab:
        """The lab of that key, else KeyError."""
        return _find(self.labs, key)

    def next_lesson(self, key: str) -> Lesson | None:
        """The lesson that follows in the same module, if there is one."""
        lesson = self.lesson(key)
        after = [
            other
            for other in self.lessons
            if other.module == lesson.module and other.place > lesson.place
        ]
        return min(after, key=lambda other: other.place, default=None)

    def parcels(self) -> tuple[Parcel, ...]:
        """Every item as it can be published and read again."""
        return tuple(
            Parcel(kind, key, source, digest_of(source))
            for (kind, key), source in self.sources.items()
        )


def _find(items: Iterable[Item], key: str) -> Item:
    for item in items:
        if item.key == key:
            return item
    raise KeyError(key)
