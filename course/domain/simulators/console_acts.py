"""What a learner can do on an antivirus console and on the desk around it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from course.domain.simulators.base import Act, RefusedError
from course.domain.simulators.console import Became, Console, PostState, Scan


class Deed(Act, ABC):
    """An act that knows what it does."""

    @abstractmethod
    def done(self, console: Console) -> Console:
        """The console after it, else RefusedError."""


class OnConsole(Deed):
    """An act that takes the screen of the console's own post."""

    def done(self, console: Console) -> Console:
        """Sit down at the screen first."""
        return self.typed(at_screen(console))

    @abstractmethod
    def typed(self, console: Console) -> Console:
        """The console after it, else RefusedError."""


class Protect(OnConsole):
    """Switch the protection on or off; on, it catches the threats that run."""

    on: Literal["yes", "no"]

    def typed(self, console: Console) -> Console:
        """The protection is so from now on."""
        on = self.on == "yes"
        if on == console.protection:
            raise RefusedError("antivirus.already")
        console = console.but(protection=on)
        return console.caught("caught") if on else console


class Update(OnConsole):
    """Fetch the list of today's threats."""

    def typed(self, console: Console) -> Console:
        """The list is of today."""
        if not console.definitions:
            raise RefusedError("antivirus.up-to-date")
        if not console.here.network:
            raise RefusedError("antivirus.no-network")
        return console.but(definitions=0).noted("update")


class StartScan(OnConsole):
    """Launch a scan, with the list as it is."""

    what: Literal["quick", "full"]

    def typed(self, console: Console) -> Console:
        """It runs; acts will bring it to its end."""
        if console.scan:
            raise RefusedError("antivirus.scanning")
        if self.what == "full":
            return console.but(scan=Scan(full=True), full=console.definitions)
        return console.but(scan=Scan(full=False), quick=True)


class Wait(OnConsole):
    """See how far the scan is."""

    def typed(self, console: Console) -> Console:
        """Nothing but time goes by."""
        if not console.scan:
            raise RefusedError("antivirus.no-scan")
        return console


class Decide(OnConsole):
    """Say what becomes of a reported file."""

    item: str
    what: Literal["quarantine", "delete", "restore"]

    def typed(self, console: Console) -> Console:
        """The file is so; a threat put back is caught where the protection watches."""
        item = console.item(self.item)
        if item.what == "deleted":
            raise RefusedError("antivirus.deleted")
        if item.what == BECOMES[self.what]:
            raise RefusedError("antivirus.already")
        restored = item.restored or self.what == "restore"
        console = console.with_item(
            item, self.what, what=BECOMES[self.what], restored=restored
        )
        return console.caught("caught") if console.protection else console


class Ask(Deed):
    """Ask somebody who knows, by phone, whether one's own file is healthy."""

    item: str

    def done(self, console: Console) -> Console:
        """The answer will come another day."""
        item = console.item(self.item)
        if item.trojan:
            raise RefusedError("antivirus.no-doubt")
        if item.what == "deleted":
            raise RefusedError("antivirus.deleted")
        if item.advice:
            raise RefusedError("antivirus.already")
        return console.with_item(item, "ask", advice=True)


class Open(Deed):
    """Open the desk plan."""

    def done(self, console: Console) -> Console:
        """It stays open."""
        if console.plan:
            raise RefusedError("antivirus.already")
        return console.but(plan=True)


class Cable(Deed):
    """Plug or unplug the network cable of a post."""

    post: str
    to: Literal["in", "out"]

    def done(self, console: Console) -> Console:
        """The cable is so."""
        post = within_reach(console, self.post)
        return console.with_post(post, cable=self.to == "in")


class Wifi(Deed):
    """Switch the wifi of a post on or off."""

    post: str
    to: Literal["on", "off"]

    def done(self, console: Console) -> Console:
        """The wifi is so."""
        post = within_reach(console, self.post)
        if not post.power:
            raise RefusedError("antivirus.post-off")
        return console.with_post(post, wifi=self.to == "on")


class Power(Deed):
    """Switch a post on or off; off, it forgets what its memory held."""

    post: str
    to: Literal["on", "off"]

    def done(self, console: Console) -> Console:
        """The post is so, and a scan that ran there has stopped."""
        post = within_reach(console, self.post)
        on = self.to == "on"
        console = console.with_post(post, power=on, stopped=post.stopped or not on)
        return console if console.here.power else console.but(scan=None)


class Move(Deed):
    """Carry a post to the cupboard, or back to its desk."""

    post: str
    place: Literal["desk", "cupboard"]

    def done(self, console: Console) -> Console:
        """The post is there; its network is what it was."""
        post = console.post(self.post)
        return console.with_post(post, cupboard=self.place == "cupboard")


class Warn(Deed):
    """Warn people, several at once. What was said stays said."""

    undoable: ClassVar[bool] = False

    who: tuple[str, ...] = Field(default=(), max_length=20)
    by: Literal["phone", "mail"] = "phone"

    def done(self, console: Console) -> Console:
        """They know; the phone always works, mail needs a post on the network."""
        known = {person.id for person in console.reachable()}
        if not self.who:
            raise RefusedError("antivirus.nobody")
        if not known.issuperset(self.who):
            raise RefusedError("act.unreadable", field="who")
        if self.by == "mail" and not at_screen(console).here.network:
            raise RefusedError("antivirus.no-mail")
        people = tuple(
            each.but(told=True) if each.id in self.who else each
            for each in console.people
        )
        if people == console.people:
            raise RefusedError("antivirus.already-told")
        return console.but(people=people)


BECOMES: Mapping[str, Became] = {
    "quarantine": "quarantined",
    "delete": "deleted",
    "restore": "restored",
}

ACTS: Mapping[str, type[Deed]] = {
    "protect": Protect,
    "update": Update,
    "scan": StartScan,
    "wait": Wait,
    "decide": Decide,
    "ask": Ask,
    "open": Open,
    "cable": Cable,
    "wifi": Wifi,
    "power": Power,
    "move": Move,
    "warn": Warn,
}


def at_screen(console: Console) -> Console:
    """The same console, where one can see it: its post is there and on."""
    if console.here.cupboard:
        raise RefusedError("antivirus.screen-away")
    if not console.here.power:
        raise RefusedError("antivirus.screen-off")
    return console


def within_reach(console: Console, name: str) -> PostState:
    """The post of that name, unless it is under lock and key."""
    post = console.post(name)
    if post.cupboard:
        raise RefusedError("antivirus.in-cupboard")
    return post
