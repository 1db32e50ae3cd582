"""Letters: what comes to a mailbox, what is written there, and the acts for it."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from course.domain.simulators.base import Act, Frozen, Raw, RefusedError, State
from course.domain.text import Text

MOST_LETTERS = 20
MOST_PIECES = 12
LONGEST_SUBJECT = 150
LONGEST_BODY = 1500
# Where a person may stand; the form says it by person: `where.<person>` = `cc`.
PLACES = ("to", "cc", "bcc")
WHERE = "where."
TYPED = ("subject", "body")
TICKED = (*PLACES, "ticks")

Subject = Annotated[str, Field(max_length=LONGEST_SUBJECT)]
Body = Annotated[str, Field(max_length=LONGEST_BODY)]


class Person(Frozen):
    """One to whom letters may go."""

    id: str
    name: Text
    address: Text


class Phrase(Frozen):
    """A phrase that a tick adds; the last one closes the letter."""

    id: str
    text: Text


class Message(Frozen):
    """A message that came; its paragraphs are parted by « ¶ »."""

    id: str
    name: Text
    address: Text
    subject: Text
    body: Text
    at: Text = Text()
    file: Text = Text()
    document: str = ""
    size: int = 0  # kB


class Piece(Frozen):
    """A file as it was when it was put in a letter."""

    file: str  # the explorer's, else `message.<id>` when it came with a message
    name: Text | str
    size: int  # kB
    document: str
    link: bool = False  # by a secure link: it does not weigh


class Letter(Frozen):
    """A draft, then what was sent."""

    id: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: Text | str = ""  # of the message that is answered, else what was typed
    body: str = ""
    ticks: tuple[str, ...] = ()  # the phrases that were ticked
    pieces: tuple[Piece, ...] = ()
    about: str = ""  # the message that is answered or forwarded
    answers: bool = False
    sent: bool = False

    @property
    def recipients(self) -> tuple[str, ...]:
        """All who get it."""
        return (*self.to, *self.cc, *self.bcc)

    @property
    def weight(self) -> int:
        """What its attachments weigh, in kB."""
        return sum(piece.size for piece in self.pieces if not piece.link)

    def place_of(self, person: str) -> str:
        """`to`, `cc`, `bcc`, or nothing."""
        return next((p for p in PLACES if person in getattr(self, p)), "")

    def piece(self, file: str) -> Piece | None:
        """The piece made of that file."""
        return next((piece for piece in self.pieces if piece.file == file), None)


class Mail(State):
    """What was read, written, sent and thrown away."""

    letters: tuple[Letter, ...] = ()
    read: tuple[str, ...] = ()
    bin: tuple[str, ...] = ()
    current: str = ""  # the message or letter in hand

    def letter(self, letter_id: str) -> Letter | None:
        """The letter of that id, the bin's too."""
        return next((each for each in self.letters if each.id == letter_id), None)

    @property
    def drafts(self) -> tuple[Letter, ...]:
        """What is neither sent nor thrown away."""
        return tuple(e for e in self.letters if not e.sent and e.id not in self.bin)

    @property
    def sent(self) -> tuple[Letter, ...]:
        """What went away, thrown into the bin since or not."""
        return tuple(each for each in self.letters if each.sent)

    def begun(self, **fields: object) -> "Mail":
        """With one more draft, taken in hand."""
        if len(self.letters) >= MOST_LETTERS:
            raise RefusedError("mailbox.too-many", most=MOST_LETTERS)
        letter = Letter.model_validate(
            {"id": f"letter-{len(self.letters) + 1}", **fields}
        )
        return self.but(letters=(*self.letters, letter), current=letter.id)

    def put(self, letter: Letter) -> "Mail":
        """With this letter as it is now, taken in hand."""
        letters = tuple(letter if e.id == letter.id else e for e in self.letters)
        return self.but(letters=letters, current=letter.id)

    def draft(self, letter_id: str) -> Letter:
        """The draft of that id, else RefusedError; of no id: the one in hand."""
        if not letter_id:
            drafts = {letter.id: letter for letter in self.drafts}
            if not drafts:
                raise RefusedError("mailbox.no-draft")
            return drafts.get(self.current) or next(reversed(drafts.values()))
        letter = self.letter(letter_id)
        if letter is None:
            raise RefusedError("mailbox.no-draft")
        if letter.sent:
            raise RefusedError("mailbox.already-sent")
        if letter_id in self.bin:
            raise RefusedError("mailbox.in-bin")
        return letter

    def moved(self, item: str, *, thrown: bool) -> "Mail":
        """With a message or a letter thrown away, or back from the bin."""
        if thrown:
            if item in self.bin:
                raise RefusedError("mailbox.in-bin")
            return self.but(bin=(*self.bin, item), current="")
        if item not in self.bin:
            raise RefusedError("mailbox.not-in-bin")
        return self.but(bin=tuple(e for e in self.bin if e != item), current=item)

    def box_of(self, item: str, *, thrown: bool = True) -> str:
        """Where a message or a letter lies; not `thrown`: were there no bin."""
        if thrown and item in self.bin:
            return "bin"
        letter = self.letter(item)
        if letter is None:
            return "inbox"
        return "sent" if letter.sent else "drafts"


class Handle(Act):
    """Something done with a message that came, or with any letter."""

    comes: ClassVar[bool] = True  # only what came can be so handled
    message: str


class Open(Handle):
    """Read a message."""


class Reply(Handle):
    """Answer: it goes to the address that wrote, whatever name it showed."""


class Forward(Handle):
    """Pass a message on, with its file."""


class Restore(Handle):
    """Take it out of the bin."""

    comes: ClassVar[bool] = False


class Write(Act):
    """Begin a new message."""


class Compose(Act):
    """Any button of the draft's form: it keeps what was typed.

    What a form does not hold is left as it was, so that a button elsewhere on the desk
    may say only which file is meant. Nothing said of the draft: the one in hand.
    """

    draft: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: Subject = ""
    body: Body = ""
    ticks: tuple[str, ...] = ()

    @classmethod
    def read(cls, raw: Raw) -> Self:
        """What the form says; a list that it does not hold stays unsaid."""
        form = {**raw, **_standing(raw)}
        said = super().read(form)
        fields: dict[str, Any] = {}
        for name in said.model_fields_set:
            value: str | tuple[str, ...] = getattr(said, name)
            if isinstance(value, str):
                fields[name] = value
            elif name in form:
                fields[name] = tuple(each for each in value if each)
        return cls.load(fields)

    def written(self, letter: Letter) -> Letter:
        """The letter with what is typed now."""
        said: dict[str, Any] = {}
        for name in self.model_fields_set.intersection(TYPED):
            value = getattr(self, name)
            said[name] = value if name == "body" else " ".join(value.split())
        for name in self.model_fields_set.intersection(TICKED):
            said[name] = tuple(dict.fromkeys(getattr(self, name)))
        return letter.but(**said) if said else letter


class Keep(Compose):
    """Keep the draft; the same press may take a piece out."""

    remove: str = ""


class Attach(Compose):
    """Attach a file."""

    item: str = ""


class Detach(Compose):
    """Take an attachment out."""

    item: str = ""


class Link(Compose):
    """Give a file by a secure link rather than attached."""

    item: str = ""


class Unlink(Compose):
    """Take a secure link out."""

    item: str = ""


class Send(Compose):
    """Send: what has gone does not come back."""

    undoable: ClassVar[bool] = False


class Delete(Handle, Compose):
    """Throw a message or a letter into the bin; what is typed of a draft goes too."""

    comes: ClassVar[bool] = False


def _standing(raw: Raw) -> dict[str, Sequence[str]]:
    """Who stands where, when the form says it person by person."""
    said = {
        name.removeprefix(WHERE): next(iter(values), "")
        for name, values in raw.items()
        if name.startswith(WHERE)
    }
    if not said:
        return {}
    return {p: [who for who, place in said.items() if place == p] for p in PLACES}
