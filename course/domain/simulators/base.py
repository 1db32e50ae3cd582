"""Simulator, State, Act, RefusedError: what every simulator promises."""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, ClassVar, Self, get_origin

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from course.base.visible import cleaned
from course.domain.issue import Values
from course.domain.profile import Profile
from course.domain.text import Text

Raw = Mapping[str, Sequence[str]]
View = Mapping[str, str]
# What one field of a form may hold, before its own rules: values, signs in all.
MOST_VALUES, MOST_SIGNS = 100, 20_000
# What a simulator may be asked by goals: a word, a number, or several words.
Fact = str | int | tuple[str, ...]
Facts = Mapping[str, Fact]


class RefusedError(Exception):
    """The simulator does not do that; its state is what it was.

    The sentence is the template's, by the code: `<kind>.<what>` for a simulator's own,
    `act.…` for what is refused before it is asked.
    """

    code: str
    values: Values

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class StartError(ValueError):
    """What an author wrote of a start does not hold together; raised by validators.

    The sentence is the catalogue's, by the code. `place`: the table, the row, or the
    field where it is written.
    """

    def __init__(self, code: str, *place: str | int, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.place = tuple(map(str, place))
        self.values: Values = values


class Frozen(BaseModel):
    """Never changes: a new one is made with `but`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def but(self, **fields: Any) -> Self:
        """The same with these fields changed; they are not checked again."""
        return self.model_copy(update=fields)


class State(Frozen):
    """What a simulator remembers of a run; its size is bounded by the simulator.

    It holds ids and what was typed. Words of the author stay in the Simulator, so that
    a run can be read in another language.
    """


World = Mapping[str, State]  # by the kind of simulator: one desk, one world


class Act(BaseModel):
    """One deed on a simulator; its fields are what its form sends.

    A field is a `str` or a `tuple[str, ...]`; what does not fit is refused.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, str_max_length=200
    )

    # Whether life lets one take it back: a message sent stays sent.
    undoable: ClassVar[bool] = True

    @classmethod
    def read(cls, raw: Raw) -> Self:
        """The act that a form says, else RefusedError.

        `act.too-long`, `act.unreadable`; fields of the form that are not its own are
        left alone, and what nobody can type is refused before anything looks into it.
        """
        fields: dict[str, Any] = {}
        for name, field in cls.model_fields.items():
            values = raw.get(name, ())
            many = get_origin(field.annotation) is tuple
            if not many:
                values = values[:1]
            if len(values) > MOST_VALUES or sum(map(len, values)) > MOST_SIGNS:
                raise RefusedError("act.too-long", field=name, most=MOST_SIGNS)
            typed = tuple(map(_typed, values))
            if many:
                fields[name] = typed
            elif typed:
                fields[name] = typed[0]
        return cls.load(fields)

    @classmethod
    def load(cls, fields: Mapping[str, Any]) -> Self:
        """The act that `dump` gave, else RefusedError: too long, or unreadable."""
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = str(first["loc"][0])[:40] if first["loc"] else ""
            if first["type"] == "string_too_long":
                most = first.get("ctx", {})["max_length"]
                raise RefusedError("act.too-long", field=where, most=most) from None
            raise RefusedError("act.unreadable", field=where) from None

    def dump(self) -> dict[str, JsonValue]:
        """The fields as they are stored; those left as they were are not in it."""
        return self.model_dump(mode="json", exclude_unset=True)


class Simulator(Frozen, ABC):
    """A tool that the learner handles; a subclass is a kind of tool.

    The fields are what authors may write of the start; only the server acts. It is
    pure: the same acts always lead to the same state, whatever the clock says, and a
    refused act changes nothing.
    """

    kind: ClassVar[str]
    version: ClassVar[int] = 1  # raised when the same acts would lead elsewhere
    state: ClassVar[type[State]]
    # The deeds it knows, by the name that forms and recorded runs give them.
    acts: ClassVar[Mapping[str, type[Act]]]
    # Other kinds that must be on the desk, since it reads or changes their state.
    needs: ClassVar[tuple[str, ...]] = ()
    # Names of the address' parameters that say what is looked at (an open folder).
    views: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def start(self, rng: Random, profile: Profile) -> State:
        """What there is before anything is done; one chance, one start."""

    @abstractmethod
    def act(self, world: World, act: Act) -> World:
        """The world after this act, else RefusedError."""

    @abstractmethod
    def show(self, world: World, view: View, language: str) -> dict[str, Any]:
        """What its template may draw: nothing that tells what is right."""

    @abstractmethod
    def facts(self, world: World) -> Facts:
        """What goals may ask about, always under the same names.

        They come from its own state alone: only what changed is asked again.
        """

    def undoable(self, act: Act) -> bool:
        """Whether life lets one take it back; most often its kind says it all."""
        return act.undoable

    def tell(self, world: World, act: Act, language: str) -> dict[str, str]:
        """The words that a sentence about this act needs, seen from the world before.

        The sentence itself is the template's; ids are put in words here.
        """
        del world, language
        return {name: str(value) for name, value in act.dump().items()}

    def look(self, world: World, act: Act) -> View:
        """What to look at once this act is done, where it is not what one saw."""
        del world, act
        return {}


def _typed(value: str) -> str:
    """What was typed, written in one way whatever the keyboard and the browser."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", cleaned(lines) or "")


def words_of(word: Text | str, language: str) -> str:
    """What is said: the author's words in a language, or what a learner typed."""
    return word if isinstance(word, str) else word.say(language)
