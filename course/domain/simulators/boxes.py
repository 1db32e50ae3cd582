"""What a mailbox shows: its boxes, and the message or the letter in hand."""

from typing import TYPE_CHECKING, Any, cast

from course.domain.simulators.base import Act, View, World, words_of
from course.domain.simulators.files import (
    file_of,
    files_in,
    living,
    living_folders,
    name_of,
)
from course.domain.simulators.letters import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    PLACES,
    Compose,
    Handle,
    Letter,
    Mail,
    Message,
    Person,
    Piece,
    Send,
)

if TYPE_CHECKING:
    from course.domain.simulators.mailbox import Mailbox

BOXES = ("inbox", "drafts", "sent", "bin")
PARAGRAPH = "¶"
MEGA = 1000  # kB in a MB
Shown = dict[str, Any]


def weighed(size: int) -> Shown:
    """A number one reads at a glance, and its unit."""
    big = size >= MEGA
    return {
        "weight": round(size / MEGA, 1) if big else size,
        "unit": "MB" if big else "kB",
    }


class Boxes:
    """A mailbox as one looks at it, in a language."""

    def __init__(self, mailbox: "Mailbox", world: World, language: str) -> None:
        self.mailbox = mailbox
        self.world = world
        self.mail = cast("Mail", world[mailbox.kind])
        self.language = language
        self.people = mailbox.people

    def shown(self, view: View) -> Shown:
        """The box one looks into; by default, what was in hand last."""
        box, item = view.get("box", ""), view.get("letter", "")
        if box not in BOXES:
            item = item or self.mail.current
            box = self.mail.box_of(item)
        message, letter = self.mailbox.message(item), self.mail.letter(item)
        if message is not None and item not in self.mail.read:
            message = None  # one reads it by opening it
        draft = letter if letter in self.mail.drafts else None
        return {
            "owner": self.mailbox.owner.say(self.language),
            "box": box,
            "boxes": [{"name": each, **self._counted(each)} for each in BOXES],
            "rows": [self._row(each) for each in self._in(box)],
            "item": item,
            "binned": item in self.mail.bin,
            "message": self._message(message) if message else None,
            "sent": self._letter(letter) if letter and not draft else None,
            "draft": self._draft(draft) if draft else None,
        }

    def told(self, act: Act) -> dict[str, str]:
        """The words that a sentence about this act needs."""
        if isinstance(act, Handle):
            return {"subject": self._subject_of(act.message)}
        if not isinstance(act, Compose):
            return {}
        drafts = self.mail.drafts
        named = next((each for each in drafts if each.id == act.draft), None)
        letter = named or next(
            (each for each in drafts if each.id == self.mail.current),
            drafts[-1] if drafts else Letter(id=""),
        )
        file = str(getattr(act, "item", "") or getattr(act, "remove", ""))
        words = {"file": self._file_name(letter, file)}
        if isinstance(act, Send):
            letter = act.written(letter)
            words["who"] = ", ".join(map(self._address, letter.recipients))
            words["subject"] = words_of(letter.subject, self.language)
        return words

    def _in(self, box: str) -> list[Message | Letter]:
        """What is in a box, the last first; messages stay in their order."""
        letters = tuple(reversed(self.mail.letters))
        return [
            each
            for each in (*self.mailbox.inbox, *letters)
            if self.mail.box_of(each.id) == box
        ]

    def _counted(self, box: str) -> Shown:
        found = self._in(box)
        new = [each for each in found if self._unread(each)] if box == "inbox" else []
        return {"count": len(found), "new": len(new)}

    def _unread(self, item: Message | Letter) -> bool:
        return isinstance(item, Message) and item.id not in self.mail.read

    def _row(self, item: Message | Letter) -> Shown:
        """One line of a box."""
        came = isinstance(item, Message)
        to = "" if came else ", ".join(map(self._address, item.recipients))
        return {
            "id": item.id,
            "came": came,
            "name": item.name.say(self.language) if came else "",
            "address": item.address.say(self.language) if came else to,
            "subject": words_of(item.subject, self.language),
            "at": item.at.say(self.language) if came else "",
            "unread": self._unread(item),
            "files": int(bool(item.document)) if came else len(item.pieces),
        }

    def _message(self, message: Message) -> Shown:
        file = {"name": message.file.say(self.language), **weighed(message.size)}
        return {
            **self._row(message),
            "paragraphs": _paragraphs(message.body.say(self.language), PARAGRAPH),
            "spoken": message.body.spoken(self.language),
            "file": file if message.document else None,
        }

    def _letter(self, letter: Letter) -> Shown:
        """What was sent, as those who got it read it."""
        said = [
            phrase.text.say(self.language)
            for phrase in self.mailbox.phrases
            if phrase.id in letter.ticks
        ]
        # The last phrase that one may tick closes the letter.
        closes = [] if not self._closed(letter) else [said.pop()]
        return {
            "id": letter.id,
            "places": {
                place: [
                    self._person(self.people[who]) for who in getattr(letter, place)
                ]
                for place in PLACES
            },
            "subject": words_of(letter.subject, self.language),
            "paragraphs": [*said, *_paragraphs(letter.body, "\n"), *closes],
            "attached": [self._piece(p) for p in letter.pieces if not p.link],
            "linked": [self._piece(p) for p in letter.pieces if p.link],
            "gone": letter.sent,
        }

    def _closed(self, letter: Letter) -> bool:
        phrases = self.mailbox.phrases
        return bool(phrases) and phrases[-1].id in letter.ticks

    def _draft(self, letter: Letter) -> Shown:
        """All that its form needs."""
        own = {person.id for person in self.mailbox.contacts}
        asked = [
            person
            for person in self.people.values()
            if person.id in own or person.id in letter.recipients
        ]
        return {
            "id": letter.id,
            "people": [
                {**self._person(each), "where": letter.place_of(each.id)}
                for each in asked
            ],
            "subject": words_of(letter.subject, self.language),
            "body": letter.body,
            "phrases": [
                {
                    "id": phrase.id,
                    "text": phrase.text.say(self.language),
                    "ticked": phrase.id in letter.ticks,
                }
                for phrase in self.mailbox.phrases
            ],
            "pieces": [self._piece(piece) for piece in letter.pieces],
            "weight": weighed(letter.weight),
            "limit": weighed(self.mailbox.limit * MEGA),
            "folders": self._files(letter),
            "longest": {"subject": LONGEST_SUBJECT, "body": LONGEST_BODY},
        }

    def _files(self, letter: Letter) -> list[Shown]:
        """The files that may still be put in, by folder."""
        taken = {piece.file for piece in letter.pieces}
        free = [file for file in living(self.world) if file.id not in taken]
        folders = [
            {
                "name": name_of(folder, self.language),
                "files": [
                    {
                        "id": file.id,
                        "name": name_of(file, self.language),
                        **weighed(file.size),
                    }
                    for file in free
                    if file.folder == folder.id
                ],
            }
            for folder in living_folders(files_in(self.world))
        ]
        return [folder for folder in folders if folder["files"]]

    def _piece(self, piece: Piece) -> Shown:
        return {
            "file": piece.file,
            "name": words_of(piece.name, self.language),
            "link": piece.link,
            **weighed(piece.size),
        }

    def _person(self, person: Person) -> dict[str, str]:
        return {
            "id": person.id,
            "name": person.name.say(self.language),
            "address": person.address.say(self.language),
        }

    def _address(self, who: str) -> str:
        return self.people[who].address.say(self.language) if who in self.people else ""

    def _subject_of(self, item: str) -> str:
        found = self.mailbox.message(item) or self.mail.letter(item)
        return words_of(found.subject, self.language) if found else ""

    def _file_name(self, letter: Letter, file: str) -> str:
        """As it is in the letter, else as the explorer names it."""
        piece = letter.piece(file)
        if piece is not None:
            return words_of(piece.name, self.language)
        found = file_of(self.world, file)
        return name_of(found, self.language) if found else ""


def _paragraphs(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.split(sign) if part.strip()]
