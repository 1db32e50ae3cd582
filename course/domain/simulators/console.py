"""An antivirus console and its desk: what their author writes, what becomes of them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from course.domain.simulators.base import Frozen, RefusedError, State
from course.domain.text import Text

# How many acts a scan lasts: the whole disk takes its time.
FULL_STEPS = 5
QUICK_STEPS = 2
MOST_HISTORY = 12

Name = Annotated[str, Field(pattern="^[a-z][a-z0-9-]*$", max_length=40)]
Became = Literal["pending", "quarantined", "deleted", "restored"]


class Item(Frozen):
    """A file that the antivirus reports."""

    id: Name
    name: Text
    origin: Text
    finding: Text
    # A known threat, or a file of the learner's own that looks like one.
    kind: Literal["trojan", "suspect"]


class Post(Frozen):
    """A workstation of the desk plan."""

    id: Name
    name: Text


class Person(Frozen):
    """Somebody whom one can warn."""

    id: Name
    name: Text
    late: bool = False  # one knows how to reach them once the attack shows


class ItemState(Frozen):
    """What became of a reported file."""

    id: str
    trojan: bool
    what: Became = "pending"
    restored: bool = False  # at any time
    advice: bool = False

    @property
    def runs(self) -> bool:
        """Whether a threat is at work."""
        return self.trojan and self.what == "restored"


class PostState(Frozen):
    """How a workstation is."""

    id: str
    cable: bool = True
    wifi: bool = True
    power: bool = True
    cupboard: bool = False
    stopped: bool = False  # at any time: its memory was wiped

    @property
    def network(self) -> bool:
        """Whether a road leads to it."""
        return self.cable or self.wifi


class PersonState(Frozen):
    """Whether somebody knows."""

    id: str
    late: bool
    told: bool = False  # of what happened last
    told_before: bool = False  # before the attack showed


class Scan(Frozen):
    """A scan that runs."""

    full: bool
    done: int = 0

    @property
    def steps(self) -> int:
        """How many acts it lasts."""
        return FULL_STEPS if self.full else QUICK_STEPS


class Entry(Frozen):
    """A line of the console's history; `item` is empty when it is about no file."""

    what: str
    item: str = ""


class Console(State):
    """The console and the desk around it; the console runs on the first post."""

    protection: bool
    definitions: int  # days
    scanned: int  # days since the last full scan that ended
    scan: Scan | None = None
    full: int | None = None  # how old the list was at the last full scan
    quick: bool = False
    items: tuple[ItemState, ...]
    posts: tuple[PostState, ...]
    people: tuple[PersonState, ...]
    target: str  # the post that the attack hits; nothing: there is none
    plan: bool = False
    attack: bool = False
    history: tuple[Entry, ...] = ()  # the last ones

    @property
    def here(self) -> PostState:
        """The post on which the console runs."""
        return self.posts[0]

    def item(self, name: str) -> ItemState:
        """The reported file of that name, else RefusedError."""
        return _found(self.items, name, "item")

    def post(self, name: str) -> PostState:
        """The post of that name, else RefusedError; it is seen on the plan only."""
        post = _found(self.posts, name, "post")
        if not self.plan:
            raise RefusedError("antivirus.plan-closed")
        return post

    def reachable(self) -> tuple[PersonState, ...]:
        """Who can be warned."""
        return tuple(each for each in self.people if self.attack or not each.late)

    def with_item(self, item: ItemState, said: str, **fields: Any) -> "Console":
        """The same, this file changed, and the history says so."""
        return self.but(items=_changed(self.items, item, fields)).noted(said, item.id)

    def with_post(self, post: PostState, **fields: Any) -> "Console":
        """The same, this post changed; refused when it is so already."""
        if all(getattr(post, name) == value for name, value in fields.items()):
            raise RefusedError("antivirus.already")
        return self.but(posts=_changed(self.posts, post, fields))

    def noted(self, what: str, item: str = "") -> "Console":
        """The same with one more line of history."""
        history = (*self.history, Entry(what=what, item=item))
        return self.but(history=history[-MOST_HISTORY:])

    def caught(self, by: str) -> "Console":
        """The threats that run wait for a decision again."""
        console = self
        for item in self.items:
            if item.runs:
                console = console.with_item(item, by, what="pending")
        return console

    def later(self) -> "Console":
        """The same an act later: the scan went on."""
        if not self.scan:
            return self
        scan = self.scan.but(done=self.scan.done + 1)
        if scan.done < scan.steps:
            return self.but(scan=scan)
        if not scan.full:
            return self.but(scan=None).noted("quick")
        return self.but(scan=None, scanned=0).noted("full").caught("found")

    def attacked(self) -> "Console":
        """The same, the attack shown once it is time."""
        waiting = any(item.what == "pending" for item in self.items)
        if self.attack or not self.target or (waiting and not self.plan):
            return self
        # What people were told before is not what happens now.
        people = (each.but(told=False, told_before=each.told) for each in self.people)
        return self.but(attack=True, people=tuple(people))


def _found(things: tuple[Any, ...], name: str, field: str) -> Any:
    for thing in things:
        if thing.id == name:
            return thing
    raise RefusedError("act.unreadable", field=field)


def _changed(
    things: tuple[Any, ...], thing: Frozen, fields: dict[str, Any]
) -> tuple[Any, ...]:
    return tuple(each.but(**fields) if each is thing else each for each in things)
