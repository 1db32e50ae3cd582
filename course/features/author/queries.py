"""Read what authors write: what is published, the drafts, and what they look like."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from flask import abort
from pydantic import BaseModel
from sqlalchemy import select

from course.base import clock
from course.base.db import db
from course.base.markdown import Link, html, inline
from course.domain.glossary import Term
from course.domain.issue import Issue
from course.domain.lab import Lab
from course.domain.lesson import Block, Lesson, Memo, Story, Try
from course.domain.library import Library
from course.domain.profile import Trade
from course.domain.questions.base import Face, Piece, Question
from course.domain.quiz import Quiz
from course.domain.reading import read
from course.domain.text import LANGUAGES, Text
from course.features.account.models import User
from course.features.author.missions import Mission, mission_of
from course.features.author.models import Draft
from course.features.catalogue import queries as catalogue
from course.features.catalogue import services as publishing
from course.features.catalogue.links import linker
from course.features.catalogue.models import Revision
from course.features.catalogue.wording import sentence

NO_DRAFT = "0"
PATHS = {
    "lesson": r"lessons/[^/]+/[0-9]+-{key}\.(?P<language>[a-z]+)\.md",
    "lab": r"lessons/[^/]+/{key}\.lab\.(?P<language>[a-z]+)\.md",
    "quiz": r"quizzes/{key}\.(?P<language>[a-z]+)\.md",
}
Texts = Mapping[str, str]


def own_paths(kind: str, key: str, source: Mapping[str, str]) -> dict[str, str]:
    """The file of each language, also of one that is not written yet."""
    pattern = re.compile(PATHS[kind].format(key=re.escape(key)))
    found = {m["language"]: path for path in source if (m := pattern.fullmatch(path))}
    one_language, one_path = next(iter(sorted(found.items())))
    stem = one_path.removesuffix(f".{one_language}.md")
    return {language: f"{stem}.{language}.md" for language in LANGUAGES} | found


def texts_of(kind: str, key: str, source: Mapping[str, str]) -> dict[str, str]:
    """What is written in each language."""
    paths = own_paths(kind, key, source)
    return {language: source.get(path, "") for language, path in paths.items()}


def state_of(draft: Draft | None) -> str:
    """The save that a draft is at; a draft begun again later is not the same."""
    return f"{draft.version}.{draft.at:%Y%m%d%H%M%S%f}" if draft else NO_DRAFT


@dataclass(frozen=True, slots=True)
class Work:
    """What is on an author's table: as published, as being written."""

    kind: str
    key: str
    title: Text
    revision: int  # the current one
    paths: Mapping[str, str]
    published: Texts
    draft: Draft | None
    draft_by: str

    @property
    def texts(self) -> Texts:
        """What is being written, else what is published."""
        if self.draft is None:
            return self.published
        return texts_of(self.kind, self.key, self.draft.source)

    @property
    def seen(self) -> str:
        """What the page had in hand, told back when it is saved."""
        return state_of(self.draft)

    @property
    def begun_from(self) -> int:
        """The revision that the draft began from."""
        return self.draft.revision_id if self.draft else self.revision

    def files(self, texts: Texts) -> dict[str, str]:
        """The texts by path; a language nobody has begun is left out."""
        return {
            path: texts.get(language, "")
            for language, path in self.paths.items()
            if texts.get(language, "").strip() or self.published[language]
        }


def work(kind: str, key: str) -> Work:
    """The lesson, lab or quiz to edit, or 404."""
    revision = catalogue.current_revision(kind, key)
    row = db.session.execute(
        select(Draft, User.name)
        .join(User, User.id == Draft.by_id)
        .where(Draft.kind == kind, Draft.key == key)
    ).one_or_none()
    return Work(
        kind,
        key,
        _item(catalogue.shelf().library, kind, key).title,
        revision.id,
        own_paths(kind, key, revision.source),
        texts_of(kind, key, revision.source),
        row[0] if row else None,
        row[1] if row else "",
    )


def _item(library: Library, kind: str, key: str) -> Lesson | Lab | Quiz:
    if kind == "lab":
        return library.lab(key)
    return library.lesson(key) if kind == "lesson" else library.quiz(key)


def revision_of(kind: str, key: str, revision_id: int) -> Revision:
    """A revision of that thing and of no other, or 404."""
    revision = db.session.get(Revision, revision_id)
    if revision is None or (revision.kind, revision.key) != (kind, key):
        abort(404)
    return revision


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that is not published yet."""

    kind: str
    key: str
    title: Text
    by: str
    at: datetime


def drafts() -> list[Waiting]:
    """The drafts of all authors, the latest first."""
    rows = db.session.execute(
        select(Draft.kind, Draft.key, User.name, Draft.at)
        .join(User, User.id == Draft.by_id)
        .order_by(Draft.at.desc())
    ).all()
    shelf = catalogue.shelf()
    return [
        Waiting(kind, key, _item(shelf.library, kind, key).title, name, at)
        for kind, key, name, at in rows
        # What the folders took away has no page any more; its draft waits for it.
        if (kind, key) in shelf.revisions
    ]


@dataclass(frozen=True, slots=True)
class Message:
    """What the checker says about a line, in the author's language."""

    language: str  # of the text to mend; empty when it is another file's
    path: str
    line: int
    fatal: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a learner meets it, and all that it may answer."""

    face: Face
    told: list[tuple[str, str]]  # an answer, its reason
    solution: list[str]
    why: str
    see_url: str | None
    see_label: str


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a lesson as the template needs it."""

    kind: str
    title: str = ""
    html: str = ""
    items: tuple[str, ...] = ()
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A term and its meaning in the learner's language."""

    name: str
    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a learner will see."""

    title: str
    language: str
    parts: tuple[Part, ...] = ()
    questions: tuple[Asked, ...] = ()
    mission: Mission | None = None
    terms: tuple[Word, ...] = ()


def check(work: Work, texts: Texts) -> tuple[Library, list[Message]]:
    """The course as it would be with these texts, and what is wrong with them."""
    files = work.files(texts)
    library, issues = publishing.proposed(files)
    own = [issue for issue in issues if issue.path in files]
    elsewhere = [i for i in publishing.broken_by(files, issues) if i not in own]
    return library, list(_messages(work, [*own, *elsewhere]))


def _messages(work: Work, issues: Iterable[Issue]) -> Iterator[Message]:
    languages = {path: language for language, path in work.paths.items()}
    for issue in sorted(issues, key=lambda i: (not i.fatal, i.path, i.line)):
        language = languages.get(issue.path, "")
        yield Message(language, issue.path, issue.line, issue.fatal, sentence(issue))


def numbered(
    texts: Texts, messages: Sequence[Message]
) -> dict[str, list[tuple[str, list[str]]]]:
    """Each line of each text, with what is said about it."""
    said: dict[tuple[str, int], list[str]] = {}
    for each in messages:
        said.setdefault((each.language, each.line), []).append(each.sentence)
    return {
        language: [
            (line, said.get((language, number), []))
            for number, line in enumerate(text.split("\n"), 1)
        ]
        for language, text in texts.items()
        if any(each.language == language for each in messages)
    }


def look(
    library: Library, work: Work, language: str, trade: Trade | None
) -> Look | None:
    """The lesson, lab or quiz as it will be for that language and trade."""
    try:
        item = _item(library, work.kind, work.key)
    except KeyError:
        return None
    if isinstance(item, Quiz):
        asked = tuple(_asked(q, language) for q in item.for_trade(trade).questions)
        return Look(item.title.say(language), item.title.spoken(language), (), asked)
    if isinstance(item, Lab):
        return _mission(item, language, trade, work.revision)
    page = item.page(language, trade)
    link = linker(work.revision, terms_here=True)
    parts = tuple(_part(block, page.language, link) for block in page.blocks)
    words = tuple(_word(term, page.language) for term in page.terms)
    return Look(page.title, page.language, parts, terms=words)


def _mission(lab: Lab, language: str, trade: Trade | None, revision_id: int) -> Look:
    spoken = lab.title.spoken(language)
    return Look(
        lab.title.say(spoken),
        spoken,
        mission=mission_of(lab, spoken, trade, revision_id),
        terms=tuple(_word(term, spoken) for term in lab.terms),
    )


def _word(term: Term, language: str) -> Word:
    return Word(term.name, term.term.say(language), term.meaning.say(language))


def _part(block: Block, language: str, link: Link) -> Part:
    match block:
        case Try():
            return Part(block.kind, asked=_asked(block.question, language))
        case Memo():
            items = tuple(inline(item, link, language) for item in block.items)
            return Part(block.kind, block.title, items=items)
        case Story():
            body = html(block.markdown, link, language)
            return Part(block.kind, block.title, body)
        case _:
            return Part(block.kind, html=html(block.markdown, link, language))


def look_at(revision: Revision, language: str) -> Look | None:
    """What learners saw of a revision."""
    library, _issues = read(revision.source, clock.today(), whole=False)
    paths = own_paths(revision.kind, revision.key, revision.source)
    seen = Work(revision.kind, revision.key, Text(), revision.id, paths, {}, None, "")
    return look(library, seen, language, None)


def _asked(question: Question, language: str) -> Asked:
    variant = question.prepare(Random(question.id))  # noqa: S311 - an order to show
    return Asked(
        face=question.face(variant, language),
        told=list(_told(question, language)),
        solution=question.solution(language),
        why=question.why.say(language) if question.why else "",
        see_url=linker()("lesson", question.see) if question.see else None,
        see_label=question.see_label.say(language) if question.see_label else "",
    )


def _told(value: Any, language: str) -> Iterator[tuple[str, str]]:
    """Every reason that a question holds, wherever its type keeps it."""
    if isinstance(value, Piece) and value.reason:
        yield value.text.say(language), value.reason.say(language)
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _told(getattr(value, name), language)
    if isinstance(value, tuple):
        for each in value:
            yield from _told(each, language)
