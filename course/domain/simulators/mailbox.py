"""A mailbox: messages to read, to write, to send with the explorer's files."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any, ClassVar, Self, cast

from pydantic import Field, model_validator

from course.domain.profile import Profile
from course.domain.simulators import letters as do
from course.domain.simulators.base import (
    Act,
    Facts,
    RefusedError,
    Simulator,
    StartError,
    State,
    View,
    World,
    words_of,
)
from course.domain.simulators.boxes import MEGA, Boxes
from course.domain.simulators.files import EXPLORER, file_of
from course.domain.simulators.letters import (
    PLACES,
    Letter,
    Mail,
    Message,
    Person,
    Phrase,
    Piece,
)
from course.domain.text import LANGUAGES, Text

MAIN = LANGUAGES[0]
SENDER = "sender."  # one who wrote and is not in the address book
MESSAGE = "message."  # a file that came with a message
ANSWER = {"fr": "Re : ", "en": "Re: "}
PASSED_ON = {"fr": "Tr : ", "en": "Fwd: "}


class Mailbox(Simulator):
    """Messages that come, and letters one writes to people of an address book.

    Facts are about all that was really sent. An address that is not in the book is
    known as `sender.<message>`.
    """

    kind: ClassVar[str] = "mailbox"
    state: ClassVar[type[State]] = Mail
    acts: ClassVar[Mapping[str, type[Act]]] = {
        "open": do.Open,
        "write": do.Write,
        "reply": do.Reply,
        "forward": do.Forward,
        "keep": do.Keep,
        "attach": do.Attach,
        "detach": do.Detach,
        "link": do.Link,
        "unlink": do.Unlink,
        "send": do.Send,
        "delete": do.Delete,
        "restore": do.Restore,
    }
    needs: ClassVar[tuple[str, ...]] = (EXPLORER,)
    views: ClassVar[tuple[str, ...]] = ("box", "letter")

    owner: Text  # the learner's own address
    limit: int = Field(default=20, ge=1, le=999)  # MB that a letter may weigh
    contacts: tuple[Person, ...] = Field(default=(), max_length=20)
    phrases: tuple[Phrase, ...] = Field(default=(), max_length=8)
    inbox: tuple[Message, ...] = Field(default=(), max_length=20)

    @model_validator(mode="after")
    def _apart(self) -> Self:
        for items in (self.contacts, self.phrases, self.inbox):
            if len({item.id for item in items}) < len(items):
                raise StartError("lab.taken-row", name=items[-1].id)
        for row, message in enumerate(self.inbox):
            if message.id.startswith("letter-"):
                raise StartError("lab.taken-row", "inbox", row, name=message.id)
        return self

    def start(self, rng: Random, profile: Profile) -> Mail:
        """Nothing read, nothing written."""
        del rng, profile
        return Mail()

    def act(self, world: World, act: Act) -> World:
        """The world after this act, else RefusedError."""
        mail = mail_in(world)
        if isinstance(act, do.Handle):
            after = self._handle(mail, act)
        elif isinstance(act, do.Compose):
            after = self._compose(world, mail, act)
        else:
            after = mail.begun()
        return {**world, self.kind: after}

    def facts(self, world: World) -> Facts:
        """What was really sent, to whom, with what; what was read and answered."""
        mail = mail_in(world)
        sent = mail.sent
        gone = [piece for letter in sent for piece in letter.pieces]
        attached = [piece for piece in gone if not piece.link]
        return {
            "sent": len(sent),
            **{p: _once(who for e in sent for who in getattr(e, p)) for p in PLACES},
            "recipients": _once(who for e in sent for who in e.recipients),
            "subjects": tuple(words_of(each.subject, MAIN) for each in sent),
            "attached": _documents(attached),
            "attached-names": _once(words_of(p.name, MAIN) for p in attached),
            "linked": _documents(piece for piece in gone if piece.link),
            "ticks": _once(tick for each in sent for tick in each.ticks),
            "ticked": max((len(each.ticks) for each in sent), default=0),
            "answered": _once(e.about for e in sent if e.answers),
            "forwarded": _once(e.about for e in sent if e.about and not e.answers),
            "read": mail.read,
            "deleted": mail.bin,
        }

    def show(self, world: World, view: View, language: str) -> dict[str, Any]:
        """The boxes, and the message or the letter in hand."""
        return Boxes(self, world, language).shown(view)

    def tell(self, world: World, act: Act, language: str) -> dict[str, str]:
        """Who, which file, which subject: as they were before the act."""
        return Boxes(self, world, language).told(act)

    def look(self, world: World, act: Act) -> View:
        """The letter in hand; the box it was in once it is thrown away."""
        mail = mail_in(world)
        if isinstance(act, do.Delete):
            return {"box": mail.box_of(act.message, thrown=False), "letter": ""}
        return {"box": mail.box_of(mail.current), "letter": mail.current}

    @property
    def people(self) -> dict[str, Person]:
        """The address book, then those who wrote without being in it."""
        known = {person.id: person for person in self.contacts}
        for each in self.inbox:
            who = self.sender_of(each)
            if who not in known:
                known[who] = Person(id=who, name=each.name, address=each.address)
        return known

    def sender_of(self, message: Message) -> str:
        """Who really wrote: the address counts, not the name."""
        address = message.address.say(MAIN).casefold()
        for person in self.contacts:
            if person.address.say(MAIN).casefold() == address:
                return person.id
        return f"{SENDER}{message.id}"

    def message(self, message_id: str) -> Message | None:
        """The message of that id."""
        return next((each for each in self.inbox if each.id == message_id), None)

    def _handle(self, mail: Mail, act: do.Handle) -> Mail:
        """What is done with a message that came, or with any letter."""
        item = act.message
        message = self.message(item)
        if message is None and (act.comes or mail.letter(item) is None):
            raise RefusedError("mailbox.no-message")
        if isinstance(act, do.Delete):
            letter = mail.letter(item)
            if letter in mail.drafts:
                mail = mail.put(self._checked(act.written(letter)))
            return mail.moved(item, thrown=True)
        if isinstance(act, do.Restore):
            return mail.moved(item, thrown=False)
        message = cast("Message", message)
        if isinstance(act, do.Reply):
            return mail.begun(
                to=(self.sender_of(message),),
                subject=_headed(ANSWER, message.subject),
                about=item,
                answers=True,
            )
        if isinstance(act, do.Forward):
            return mail.begun(
                subject=_headed(PASSED_ON, message.subject),
                pieces=_came_with(message),
                about=item,
            )
        return mail.but(read=_once((*mail.read, item)), current=item)

    def _compose(self, world: World, mail: Mail, act: do.Compose) -> Mail:
        """A button of the draft's form: what is typed, then what the button says."""
        if isinstance(act, do.Attach | do.Link) and not act.draft and not mail.drafts:
            mail = mail.begun()
        letter = self._checked(act.written(mail.draft(act.draft)))
        match act:
            case do.Keep(remove=file) if file:
                letter = _without(letter, file)
            case do.Detach(item=file) | do.Unlink(item=file):
                letter = _without(letter, file, link=isinstance(act, do.Unlink))
            case do.Attach(item=file) | do.Link(item=file):
                letter = self._with(world, letter, file, link=isinstance(act, do.Link))
            case do.Send():
                letter = _sent(letter)
            case _:
                pass
        return mail.put(letter)

    def _checked(self, letter: Letter) -> Letter:
        known = {phrase.id for phrase in self.phrases}
        if not known.issuperset(letter.ticks):
            raise RefusedError("mailbox.no-phrase")
        people = self.people
        if not all(who in people for who in letter.recipients):
            raise RefusedError("mailbox.no-contact")
        if len(set(letter.recipients)) < len(letter.recipients):
            raise RefusedError("mailbox.contact-twice")
        return letter

    def _with(self, world: World, letter: Letter, file: str, *, link: bool) -> Letter:
        if not file:
            raise RefusedError("mailbox.choose-file")
        found = file_of(world, file)
        if found is None:
            raise RefusedError("mailbox.no-file")
        if letter.piece(file):
            raise RefusedError("mailbox.already")
        if len(letter.pieces) >= do.MOST_PIECES:
            raise RefusedError("mailbox.too-many-files", most=do.MOST_PIECES)
        weight = letter.weight + found.size
        if not link and weight > self.limit * MEGA:
            size = max(weight // MEGA, self.limit + 1)
            raise RefusedError("mailbox.too-heavy", size=size, limit=self.limit)
        piece = Piece(
            file=file,
            name=found.name,
            size=found.size,
            document=found.document,
            link=link,
        )
        return letter.but(pieces=(*letter.pieces, piece))


def mail_in(world: World) -> Mail:
    """The letters of this desk."""
    return cast("Mail", world[Mailbox.kind])


def _without(letter: Letter, file: str, *, link: bool | None = None) -> Letter:
    piece = letter.piece(file)
    if piece is None or (link is not None and piece.link != link):
        raise RefusedError("mailbox.not-there")
    return letter.but(pieces=tuple(each for each in letter.pieces if each != piece))


def _sent(letter: Letter) -> Letter:
    if not letter.recipients:
        raise RefusedError("mailbox.no-recipient")
    return letter.but(sent=True)


def _came_with(message: Message) -> tuple[Piece, ...]:
    if not message.document:
        return ()
    return (
        Piece(
            file=f"{MESSAGE}{message.id}",
            name=message.file,
            size=message.size,
            document=message.document,
        ),
    )


def _headed(head: Mapping[str, str], subject: Text) -> Text:
    return Text({said: f"{head.get(said, '')}{subject[said]}" for said in subject})


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _documents(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """Each file once, however many letters it is in; two copies are two files."""
    return tuple({(p.file, p.document): p.document for p in pieces}.values())
