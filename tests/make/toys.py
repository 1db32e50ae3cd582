"""A simulator small enough to know by heart, and labs made with it."""

from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar

from course.domain.condition import Condition
from course.domain.lab import Action, Consequence, Goal, Lab, Words
from course.domain.profile import Profile
from course.domain.run import Play
from course.domain.simulators.base import (
    Act,
    Facts,
    RefusedError,
    Simulator,
    State,
    View,
    World,
)
from course.domain.text import Text


class Box(State):
    """What is in it, whether the lamp is on, what left it."""

    lamp: bool = False
    inside: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    note: str = ""


class Put(Act):
    """Put things in."""

    things: tuple[str, ...]


class Lamp(Act):
    """Press the switch."""

    on: str = "yes"


class Write(Act):
    """Write on the label."""

    note: str


class Send(Act):
    """Send all that is inside; nobody can take it back."""

    undoable: ClassVar[bool] = False


class Toy(Simulator):
    """A box with a lamp."""

    kind: ClassVar[str] = "toy"
    state: ClassVar[type[State]] = Box
    acts: ClassVar[Mapping[str, type[Act]]] = {
        "put": Put,
        "lamp": Lamp,
        "write": Write,
        "send": Send,
    }
    lit: bool = False
    things: tuple[str, ...] = ("cup", "key", "pen")
    label: Text = Text(fr="Boîte", en="Box")

    def start(self, rng: Random, profile: Profile) -> State:
        del profile
        return Box(lamp=self.lit, note=str(rng.randrange(1000)))

    def act(self, world: World, act: Act) -> World:
        box = world["toy"]
        assert isinstance(box, Box)
        match act:
            case Put(things=things):
                unknown = [each for each in things if each not in self.things]
                if unknown:
                    raise RefusedError("toy.unknown", thing=unknown[0])
                box = box.but(inside=tuple(dict.fromkeys((*box.inside, *things))))
            case Lamp(on=on):
                box = box.but(lamp=on == "yes")
            case Write(note=note):
                box = box.but(note=note)
            case _:
                if not box.inside:
                    raise RefusedError("toy.empty")
                box = box.but(inside=(), sent=(*box.sent, *box.inside))
        return {**world, "toy": box}

    def show(self, world: World, view: View, language: str) -> dict[str, Any]:
        del view
        return {"box": world["toy"], "label": self.label.say(language)}

    def facts(self, world: World) -> Facts:
        box = world["toy"]
        assert isinstance(box, Box)
        return {
            "lamp": "on" if box.lamp else "off",
            "inside": box.inside,
            "sent": box.sent,
            "count": len(box.sent),
            "note": box.note,
        }


def condition(line: str, language: str = "fr") -> Condition:
    """A condition that can be read."""
    found = Condition.read(line, language)
    assert found, line
    return found


def goal(name: str, *when: str, points: float = 1, **fields: Any) -> Goal:
    """A goal with these conditions."""
    text = Text(fr=f"But {name}", en=f"Goal {name}")
    conditions = tuple(map(condition, when))
    return Goal(name=name, text=text, points=points, when=conditions, **fields)


def consequence(name: str, *when: str) -> Consequence:
    """A wrong turn that is played when these hold."""
    text = Text(fr=f"Suite {name}", en=f"Consequence {name}")
    conditions = tuple(map(condition, when))
    return Consequence(name=name, title=text, story=text, when=conditions)


def toy_lab(
    *goals: Goal,
    consequences: tuple[Consequence, ...] = (),
    pass_mark: float = 1,
    **fields: Any,
) -> Lab:
    """A lab on a box."""
    text = Text(fr="La boîte", en="The box")
    words = Words(story=text, tasks=(), goals=goals, consequences=consequences)
    given = {
        "key": "boite",
        "title": text,
        "module": "essai",
        "minutes": 5,
        "words": words,
        "desk": (Toy(),),
        "pass_mark": pass_mark,
    }
    return Lab(**(given | fields))


def do(name: str, **fields: Any) -> Action:
    """An action on the box, or of the lab itself."""
    who = "lab" if name in {"undo", "hint"} else "toy"
    return Action(who, name, fields)


HINTS = (Text(fr="Un", en="One"), Text(fr="Deux", en="Two"))
ON, OFF = do("lamp", on="yes"), do("lamp", on="no")
UNDO, SEND = do("undo"), do("send")
ASK = do("hint", goal="lamp")


def put(*things: str) -> Action:
    return do("put", things=list(things))


def lamp_lab() -> Lab:
    return toy_lab(
        goal("lamp", "toy.lamp is on", points=2, required=True, hints=HINTS),
        goal("sent", "toy.sent is exactly cup, key, pen", points=3),
        goal("kept", "toy.sent has no key", needs=("some",), points=1),
        goal("some", "toy.count at least 1", points=0),
        consequences=(
            consequence("burnt", "toy.lamp is on", "toy.inside has cup"),
            consequence("dark", "toy.lamp is off", "toy.sent has cup"),
        ),
        pass_mark=3,
    )


def begun() -> Play:
    return Play.begin(lamp_lab(), 7, Profile())
