"""Antivirus: a console, the files it reports, the posts on the desk around it."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, ClassVar, Self, cast

from pydantic import Field, model_validator

from course.domain.profile import Profile
from course.domain.simulators.base import (
    Act,
    Fact,
    Facts,
    Simulator,
    StartError,
    State,
    View,
    World,
    words_of,
)
from course.domain.simulators.console import (
    Console,
    Item,
    ItemState,
    Person,
    PersonState,
    Post,
    PostState,
)
from course.domain.simulators.console_acts import ACTS, Decide, Deed
from course.domain.text import Text


class Antivirus(Simulator):
    """A console to put in order, then a post to cut off.

    Time goes by with the acts: a scan goes on at each of them. Once every reported file
    is decided, or the desk plan is open, the attack shows on another post.
    """

    kind = "antivirus"
    state: ClassVar[type[State]] = Console
    acts: ClassVar[Mapping[str, type[Act]]] = ACTS

    protection: bool = True
    definitions: int = Field(default=0, ge=0, le=9999)  # days
    scanned: int = Field(default=0, ge=0, le=9999)  # days since the last full scan
    items: tuple[Item, ...] = Field(default=(), max_length=6)
    # The console runs on the first one.
    posts: tuple[Post, ...] = Field(min_length=1, max_length=4)
    people: tuple[Person, ...] = Field(default=(), max_length=8)
    attack: str = ""  # the post that it hits; nothing: there is none
    message: Text = Text()  # what it says there

    @model_validator(mode="after")
    def _names_are_known_once(self) -> Self:
        for things in (self.items, self.posts, self.people):
            if len({thing.id for thing in things}) < len(things):
                raise StartError("lab.taken-row", name=things[-1].id)
        posts = [post.id for post in self.posts]
        if self.attack and self.attack not in posts:
            known = ", ".join(posts)
            raise StartError("lab.no-post", "attack", name=self.attack, known=known)
        return self

    def start(self, rng: Random, profile: Profile) -> Console:
        """The console as its author left it; chance has no part in it."""
        del rng, profile
        return Console(
            protection=self.protection,
            definitions=self.definitions,
            scanned=self.scanned,
            items=tuple(
                ItemState(id=item.id, trojan=item.kind == "trojan")
                for item in self.items
            ),
            posts=tuple(PostState(id=post.id) for post in self.posts),
            people=tuple(
                PersonState(id=person.id, late=person.late) for person in self.people
            ),
            target=self.attack,
        )

    def act(self, world: World, act: Act) -> World:
        """Do it; then the scan goes on, and the attack may show."""
        before = _console(world)
        after = cast("Deed", act).done(before)
        if before.scan:
            after = after.later()
        return {**world, self.kind: after.attacked()}

    def undoable(self, act: Act) -> bool:
        """A threat let loose stays so; one's own file can be put back."""
        if isinstance(act, Decide) and act.what == "restore":
            return act.item not in {i.id for i in self.items if i.kind == "trojan"}
        return super().undoable(act)

    def show(self, world: World, view: View, language: str) -> dict[str, Any]:
        """The console's lights and files, the desk, the people."""
        del view
        console = _console(world)
        files = _names(self.items, language)
        posts = _names(self.posts, language)
        people = _names(self.people, language)
        return {
            "protection": console.protection,
            "definitions": console.definitions,
            "scanned": console.scanned,
            # How old the list was when the whole disk was checked today.
            "used": 0 if console.scanned else console.full or 0,
            "scan": console.scan,
            "items": [
                {
                    **state.model_dump(exclude={"restored"}),
                    "name": files[item.id],
                    "origin": words_of(item.origin, language),
                    "finding": words_of(item.finding, language),
                    "runs": state.runs,
                }
                for item, state in zip(self.items, console.items, strict=True)
            ],
            "waiting": sum(each.what == "pending" for each in console.items),
            "history": [
                {"what": entry.what, "name": files.get(entry.item, "")}
                for entry in reversed(console.history)
            ],
            "plan": console.plan,
            "attack": posts[console.target] if console.attack else "",
            "message": words_of(self.message, language),
            "posts": [
                {
                    **state.model_dump(),
                    "name": posts[state.id],
                    "here": state is console.here,
                    "attacked": console.attack and state.id == console.target,
                }
                for state in console.posts
            ],
            "people": [
                {**state.model_dump(), "name": people[state.id]}
                for state in console.reachable()
            ],
        }

    def facts(self, world: World) -> Facts:
        """How each thing is; the names are those that goals write."""
        console = _console(world)
        facts: dict[str, Fact] = {
            "protection": "on" if console.protection else "off",
            "update": "none" if console.definitions else "done",
            "full-scan": _full_scan(console),
            "quick-scan": "done" if console.quick else "none",
            "told": tuple(each.id for each in console.people if each.told),
            "attack": "shown" if console.attack else "hidden",
            "plan": "open" if console.plan else "closed",
        }
        for item in console.items:
            facts[f"item.{item.id}"] = item.what
            facts[f"item.{item.id}.restored"] = "yes" if item.restored else "no"
            facts[f"item.{item.id}.advice"] = "asked" if item.advice else "none"
        for post in console.posts:
            facts[f"post.{post.id}.cable"] = "in" if post.cable else "out"
            facts[f"post.{post.id}.wifi"] = "on" if post.wifi else "off"
            facts[f"post.{post.id}.power"] = "on" if post.power else "off"
            facts[f"post.{post.id}.place"] = "cupboard" if post.cupboard else "desk"
            facts[f"post.{post.id}.traces"] = "lost" if post.stopped else "kept"
        return facts

    def tell(self, world: World, act: Act, language: str) -> dict[str, str]:
        """Which file, which post, which people."""
        del world
        known = {
            "item": _names(self.items, language),
            "post": _names(self.posts, language),
            "who": _names(self.people, language),
        }
        words: dict[str, str] = {}
        for name, value in act.model_dump().items():
            ids = [value] if isinstance(value, str) else value
            words[name] = ", ".join(known.get(name, {}).get(each, each) for each in ids)
        return words


def _console(world: World) -> Console:
    return cast("Console", world[Antivirus.kind])


def _names(things: Sequence[Item | Post | Person], language: str) -> dict[str, str]:
    return {thing.id: words_of(thing.name, language) for thing in things}


def _full_scan(console: Console) -> str:
    if console.full is None:
        return "none"
    return "stale" if console.full else "fresh"
