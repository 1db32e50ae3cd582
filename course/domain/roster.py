"""Roster: the people of a list that a trainer brings, and what is to become of each."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from course.base.spreadsheet.table import Line, Table
from course.domain.issue import Issue, Severity

LONGEST = 80
# The header may stand under a title and a date.
LAST_HEADER = 10
NOTHING = Table(())
# The headers of a list that had none: full names, or first and last names.
BARE = {1: Line(0, ("name",)), 2: Line(0, ("first name", "last name"))}
# Signs that names have beside letters.
IN_NAMES = frozenset(" '’‘ʼ`´-‐‑–.,·()\u200c\u200d")
# What stands in the place of a name, the plainest reason first.
ODD = {
    "roster.formula": re.compile(r"^[=+\-@]"),
    "roster.e-mail": re.compile("@"),
    "roster.date": re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}( .*)?$"),
    "roster.digits": re.compile(r"\d"),
    # Accents that two programs read in two ways.
    "roster.garbled": re.compile("Ã[^\\w\\s]|Ã[ªºµ]|Â[^\\w\\s]|â€|\ufffd"),
}
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*")


class Part(StrEnum):
    """What a column of the list holds."""

    FIRST = "first"
    LAST = "last"
    FULL = "full"
    LOGIN = "login"


LABELS: dict[Part, frozenset[str]] = {
    Part.FIRST: frozenset(
        {"prenom", "prenoms", "prenom usuel", "first name", "first names"}
        | {"firstname", "forename", "given name", "given names"}
    ),
    Part.LAST: frozenset(
        {"nom", "noms", "nom de famille", "nom usuel", "nom d usage", "name"}
        | {"last name", "lastname", "surname", "family name"}
    ),
    Part.FULL: frozenset(
        {"prenom et nom", "nom et prenom", "prenom nom", "nom prenom", "nom complet"}
        | {"full name", "first name and last name", "first and last name"}
        | {"last name and first name", "learner", "participant", "trainee", "student"}
        | {"apprenant", "apprenante", "participante", "stagiaire"}
    ),
    Part.LOGIN: frozenset(
        {"identifiant", "identifiant de connexion", "login", "sign in name"}
        | {"username", "user name"}
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the list, and what keeps the line from being understood."""

    line: int
    name: str
    login: str = ""
    issue: Issue | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """What was understood of a list."""

    people: tuple[Person, ...] = ()
    issues: tuple[Issue, ...] = ()
    ignored: tuple[str, ...] = ()  # names of the columns left aside
    table: Table = NOTHING  # the columns understood, and nothing else

    @property
    def readable(self) -> bool:
        """Whether it can be gone through line by line."""
        return not any(issue.fatal for issue in self.issues)


def read_roster(table: Table, *, bare: bool = False) -> Roster:
    """The people of a table; `bare`: a list of names alone may have no header."""
    at, parts = _header(table.lines)
    head, lines = table.lines[at : at + 1], table.lines[at + 1 :]
    widths = {len(line.cells) for line in table.lines}
    if not parts and bare and len(widths) == 1 and widths <= set(BARE):
        at, head, lines = -1, (BARE[widths.pop()],), table.lines
        parts = _parts(head[0])
    issue = _refused(table.lines, lines, parts)
    if issue:
        return Roster(issues=(issue,))
    issues = [_issue("roster.above", table.lines[at].number)] if at > 0 else []
    rows = [
        {part: _cell(line, place) for part, place in parts.items()} for line in lines
    ]
    issues += _swapped(rows)
    people = tuple(
        _person(line.number, row) for line, row in zip(lines, rows, strict=True)
    )
    return Roster(
        _without_same_login(people),
        tuple(issues),
        () if at < 0 else _ignored(table.lines[at], parts),
        _kept(head[0], lines, rows, parts),
    )


def _issue(code: str, line: int, **values: str | int) -> Issue:
    return Issue(code, "", line, values, Severity.WARNING)


def _header(lines: Sequence[Line]) -> tuple[int, dict[Part, int]]:
    """Where the header is, and the place of each part; nothing when there is none."""
    for at, line in enumerate(lines[:LAST_HEADER]):
        parts = _parts(line)
        if parts.keys() - {Part.LOGIN}:
            return at, parts
    return 0, {}


def _parts(line: Line) -> dict[Part, int]:
    found: dict[Part, int] = {}
    for place, cell in enumerate(line.cells):
        label = plain(cell)
        for part, labels in LABELS.items():
            if label in labels:
                found.setdefault(part, place)
    if Part.FULL in found:
        return {p: at for p, at in found.items() if p in {Part.FULL, Part.LOGIN}}
    if Part.LAST in found and Part.FIRST not in found:
        # « Nom » alone is the whole name.
        found[Part.FULL] = found.pop(Part.LAST)
    return found


def plain(text: str) -> str:
    """Words without accents, capitals or signs, for comparing."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))


def key_of(name: str) -> str:
    """The same for « DUPONT Marie » and « Marie Dupont »."""
    return " ".join(sorted(plain(name).split()))


def _refused(
    whole: Sequence[Line], lines: Sequence[Line], parts: dict[Part, int]
) -> Issue | None:
    number = whole[0].number if whole else 1
    if not parts:
        seen = " | ".join(whole[0].cells)[:LONGEST] if whole else ""
        return Issue("roster.no-header", "", number, {"seen": seen})
    if Part.FIRST in parts and Part.LAST not in parts:
        return Issue("roster.no-last-column", "", number)
    return None if lines else Issue("roster.no-lines", "", number)


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def _ignored(header: Line, parts: dict[Part, int]) -> tuple[str, ...]:
    used = set(parts.values())
    return tuple(
        cell for place, cell in enumerate(header.cells) if cell and place not in used
    )


def _kept(
    header: Line,
    lines: Sequence[Line],
    rows: Sequence[dict[Part, str]],
    parts: dict[Part, int],
) -> Table:
    """What confirming needs to be read again, and nothing of the other columns."""
    labels = Line(header.number, tuple(header.cells[at] for at in parts.values()))
    cells = (
        Line(line.number, tuple(text[: LONGEST + 1] for text in row.values()))
        for line, row in zip(lines, rows, strict=True)
    )
    return Table((labels, *cells))


def _swapped(rows: Sequence[dict[Part, str]]) -> list[Issue]:
    """Capitals are for last names: first names alone in capitals are suspect."""
    pairs = [(r.get(Part.FIRST, ""), r.get(Part.LAST, "")) for r in rows]
    odd = [first.isupper() and not last.isupper() for first, last in pairs if last]
    many = len(odd) > 1 and all(odd)
    return [_issue("roster.swapped", 0)] if many else []


def _person(line: int, row: dict[Part, str]) -> Person:
    login = row.get(Part.LOGIN, "")
    given = [row[part] for part in (Part.FIRST, Part.LAST, Part.FULL) if part in row]
    name = " ".join(text for text in given if text)
    found = next(_faults(row, name, login), None)
    if found is None:
        return Person(line, name, login.casefold())
    code, values = found
    return Person(line, name or login, login, Issue(code, "", line, values))


Found = tuple[str, dict[str, str | int]]


def _faults(row: dict[Part, str], name: str, login: str) -> Iterator[Found]:
    """What is wrong in a line, the first thing to put right first."""
    for part in (Part.FIRST, Part.LAST, Part.FULL):
        yield from _odd(row.get(part, ""))
    yield from _missing(row, name)
    if len(name) > LONGEST:
        yield "roster.too-long", {"most": LONGEST}
    if login and not LOGIN.fullmatch(login.casefold()):
        yield "roster.bad-login", {"login": login[:LONGEST]}


def _missing(row: dict[Part, str], name: str) -> Iterator[Found]:
    if not plain(name):
        yield "roster.no-name", {}
    elif Part.FULL in row and " " not in name:
        yield "roster.half-name", {"name": name}
    for part in (Part.FIRST, Part.LAST):
        if part in row and not plain(row[part]):
            yield f"roster.no-{part}", {}


def _odd(text: str) -> Iterator[Found]:
    """Why this is no part of a name."""
    shown: dict[str, str | int] = {"text": text[:LONGEST]}
    yield from ((code, shown) for code, sign in ODD.items() if sign.search(text))
    others = (sign for sign in text if not _usual(sign))
    yield from (("roster.sign", {**shown, "sign": sign}) for sign in others)


def _usual(sign: str) -> bool:
    return sign in IN_NAMES or unicodedata.category(sign)[0] in "LM"


def _without_same_login(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """The same sign-in name twice is a mistake: nobody knows whose it is."""
    first: dict[str, int] = {}
    judged: list[Person] = []
    for person in people:
        line = first.setdefault(person.login, person.line) if person.login else 0
        if not person.issue and line and line != person.line:
            issue = Issue("roster.same-login", "", person.line, {"other": line})
            judged.append(Person(person.line, person.name, person.login, issue))
        else:
            judged.append(person)
    return tuple(judged)


class Fate(StrEnum):
    """What confirming does with a line."""

    NEW = "new"  # an account is made
    HERE = "here"  # learns in this cohort already
    TWICE = "twice"  # the same name as another line: somebody must say who it is
    WRONG = "wrong"  # cannot be understood


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who learns in the cohort already."""

    name: str
    login: str


@dataclass(frozen=True, slots=True)
class Fated:
    """A line and its fate; the issue says why when it needs a word."""

    person: Person
    fate: Fate
    issue: Issue | None = None


def plan(
    people: Sequence[Person],
    members: Sequence[Member],
    taken: Container[str],
    namesakes: Container[int] = (),
) -> tuple[Fated, ...]:
    """What becomes of each line, in a cohort of these members.

    A person is known by sign-in name, else by name; as many lines of one name are known
    as there are members of it. `taken` are sign-in names of people who are not members;
    `namesakes` the lines that were said to be other people of the same name.
    """
    by_login = {member.login: member for member in members}
    known = {
        person.line: fated
        for person in people
        if person.login and (fated := _by_login(person, by_login, taken))
    }
    found = {one.person.login for one in known.values() if one.fate is Fate.HERE}
    left = Counter(key_of(m.name) for m in members if m.login not in found)
    others = [p for p in people if p.line not in known]
    first: dict[str, int] = {}
    for person in others:
        if not person.issue:
            first.setdefault(key_of(person.name), person.line)
    sure = {*first.values(), *(p.line for p in others if p.line in namesakes)}
    # Members are the people of the sure lines first: else a second click, finding
    # them behind a line in doubt, would add them again.
    judged = {
        p.line: _by_name(p, left, first, sure=p.line in sure)
        for p in sorted(others, key=lambda p: p.line not in sure)
    }
    return tuple(known.get(p.line) or judged[p.line] for p in people)


def _by_login(
    person: Person, members: dict[str, Member], taken: Container[str]
) -> Fated | None:
    """The fate that a sign-in name decides; nobody has it: the name decides."""
    if person.issue:
        return None
    member = members.get(person.login)
    if member and key_of(member.name) == key_of(person.name):
        return Fated(person, Fate.HERE)
    if member:
        values = {"login": person.login, "name": member.name}
        issue = Issue("roster.login-of-member", "", person.line, values)
        return Fated(person, Fate.WRONG, issue)
    if person.login in taken:
        issue = Issue("roster.login-taken", "", person.line, {"login": person.login})
        return Fated(person, Fate.WRONG, issue)
    return None


def _by_name(
    person: Person, left: Counter[str], first: dict[str, int], *, sure: bool
) -> Fated:
    if person.issue:
        return Fated(person, Fate.WRONG, person.issue)
    key = key_of(person.name)
    if left[key]:
        left[key] -= 1
        return Fated(person, Fate.HERE)
    if sure:
        return Fated(person, Fate.NEW)
    issue = _issue("roster.twice", person.line, other=first[key])
    return Fated(person, Fate.TWICE, issue)
