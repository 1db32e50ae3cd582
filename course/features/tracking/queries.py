"""Read where a cohort stands: its learners, what each did, who needs help first."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from course.base import clock
from course.base.db import db
from course.domain.lesson import Module
from course.domain.library import Library
from course.domain.rights import Role, Scope
from course.features.account.models import Membership, User
from course.features.centre.models import Cohort
from course.features.lab.queries import acted_by
from course.features.lesson.models import Bookmark
from course.features.passport.models import Stamp
from course.features.progress.queries import by_user, events_of, standings_among
from course.features.quiz.queries import answered_by
from course.features.tracking.models import Note
from course.features.tracking.needs import (
    Need,
    Stamps,
    Standings,
    State,
    Step,
    course_of,
    is_stuck,
    needs_of,
    rank_of,
    seen_of,
    times_of,
)
from course.features.tracking.timeline import Visit, visits_of

# Up to so many learners are read at once, so that whoever needs help comes first
# wherever the name stands in the alphabet. Above, each page has its own.
WHOLE = 200
PAGE = 50
EVENTS = 50
MOST_NOTES = 200


class Order(StrEnum):
    """In which order learners are shown."""

    HELP = "help"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of the picture shows: one step, or a whole module."""

    module: Module
    steps: tuple[Step, ...]
    whole: bool  # the whole module


class Person(NamedTuple):
    """What a list needs of somebody: fifty whole people would be slow to read."""

    id: int
    name: str
    login: str | None
    since: datetime  # joined the cohort
    opened: datetime | None = None  # last left a lesson


class Cell(NamedTuple):
    """Where somebody stands in a column."""

    state: State
    seconds: int
    best: float | None
    stamped_at: datetime | None


Known = tuple[Person, Standings, Stamps]
NOTHING = Cell(State.TODO, 0, None, None)
STAMPED = NOTHING._replace(state=State.DONE)  # by what is no longer published


class Place(NamedTuple):
    """Where a learner stands in each module, and in each lab."""

    person: Person
    cells: tuple[Cell, ...]
    labs: tuple[Cell, ...]
    seen: datetime | None


class Row(NamedTuple):
    """A learner, where they stand in each column, and what they need."""

    person: Person
    cells: tuple[Cell, ...]
    seen: datetime | None
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a cohort: columns, rows, and who needs help first."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    needy: tuple[Row, ...]
    twins: frozenset[str]  # names that more than one learner has
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the cohort fills."""
        return max(1, -(-self.count // PAGE))

    @property
    def whole(self) -> bool:
        """Whether each column is a whole module."""
        return any(column.whole for column in self.columns)


def picture_of(
    cohort: Cohort,
    library: Library,
    page: int = 1,
    *,
    order: Order = Order.HELP,
    module: str | None = None,
) -> Picture:
    """Where the learners of a cohort stand, in four statements whatever its size.

    Up to two hundred learners all are read: who needs help is known of everybody, and
    comes first. Above, a page of fifty in the order of names is read, and what is said
    of needs is of these fifty: to look at everybody would cost more with each learner.
    """
    count = count_of(cohort.id)
    every = count <= WHOLE
    known = known_of(cohort.id, None if every else page)
    columns = columns_of(library, module)
    rows = _rows(cohort, known, library, columns)
    needy = tuple(sorted((row for row in rows if row.needs), key=_most_urgent))
    if order == Order.HELP:
        rows = [*needy, *(row for row in rows if not row.needs)]
    shown = rows[PAGE * (page - 1) : PAGE * page] if every else rows
    names = Counter([row.person.name for row in rows])
    twins = frozenset(name for name, times in names.items() if times > 1)
    return Picture(columns, tuple(shown), needy, twins, count, page)


def places_of(cohort_id: int, library: Library) -> list[Place]:
    """Where everybody stands in each module, in three statements."""
    course = course_of(library)
    columns = [Column(each, steps, whole=True) for each, steps in course]
    labs = [
        Column(each, (step,), whole=False)
        for each, steps in course
        for step in steps
        if step.kind == "lab"
    ]
    return [
        Place(
            person,
            _cells(columns, standings, stamps),
            _cells(labs, standings, stamps),
            seen_of(standings, person.opened),
        )
        for person, standings, stamps in known_of(cohort_id)
    ]


def known_of(cohort_id: int, page: int | None = None) -> list[Known]:
    """The learners of a cohort in the order of names, and what each did.

    All of them or one page, in three statements.
    """
    given: dict[str, Any] = {"cohort_id": cohort_id}
    if page is not None:
        given["before"] = PAGE * (page - 1)
    asked = ALL if page is None else PAGED
    people = db.session.execute(asked.people, given).all()
    standings = by_user(asked.standings, **given)
    stamps: dict[int, dict[str, datetime]] = {}
    for user_id, module, at in db.session.execute(asked.stamps, given):
        stamps.setdefault(user_id, {})[module] = at
    return [
        (Person(*row), standings.get(row.id, {}), stamps.get(row.id, {}))
        for row in people
    ]


def _cells(
    columns: Iterable[Column], standings: Standings, stamps: Stamps
) -> tuple[Cell, ...]:
    if not standings:
        return tuple(NOTHING for _column in columns)
    return tuple([cell_in(column, standings, stamps) for column in columns])


def _rows(
    cohort: Cohort,
    known: list[Known],
    library: Library,
    columns: tuple[Column, ...],
) -> list[Row]:
    course, times = course_of(library), times_of(cohort, clock.now())
    return [
        Row(
            person,
            _cells(columns, standings, stamps),
            seen_of(standings, person.opened),
            # Nobody can be helped behind a pseudonym.
            needs_of(
                standings,
                stamps,
                person.since,
                course,
                times,
                opened=person.opened,
            )
            if person.login
            else (),
        )
        for person, standings, stamps in known
    ]


def _most_urgent(row: Row) -> tuple[int, datetime]:
    """The worst need first; among these, who was here the longest time ago."""
    return rank_of(row.needs[0]), row.seen or row.person.since


def count_of(cohort_id: int) -> int:
    """How many learn in a cohort."""
    return db.session.scalar(_COUNT, {"cohort_id": cohort_id}) or 0


def learning_in(cohort_id: Any) -> tuple[ColumnElement[bool], ...]:
    """What a membership is when somebody learns in this cohort."""
    return (
        Membership.scope == Scope.COHORT,
        Membership.scope_id == cohort_id,
        Membership.role == Role.LEARNER,
    )


class Asked(NamedTuple):
    """What is asked about some learners; built once, since building costs as much."""

    people: Select[*tuple[Any, ...]]
    standings: Select[*tuple[Any, ...]]
    stamps: Select[int, str, datetime]


_HERE = learning_in(bindparam("cohort_id"))
_COUNT = select(func.count()).select_from(Membership).where(*_HERE)
_IDS = select(Membership.user_id).where(*_HERE)


# Who reads does nothing that is counted, but leaves a bookmark.
_OPENED = (
    select(func.max(Bookmark.at))
    .where(Bookmark.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)


def _asked_of(some: Select[int]) -> Asked:
    chosen = some.add_columns(Membership.sort_name, Membership.since).subquery()
    people = (
        select(User.id, User.name, User.login, chosen.c.since, _OPENED)
        .join(chosen, chosen.c.user_id == User.id)
        .order_by(chosen.c.sort_name, User.id)
    )
    # A subquery rather than the ids: fifty values cost more than looking again.
    ids = select(some.subquery().c.user_id)
    stamps = select(Stamp.user_id, Stamp.module, Stamp.at)
    return Asked(people, standings_among(ids), stamps.where(Stamp.user_id.in_(ids)))


ALL = _asked_of(_IDS)
PAGED = _asked_of(
    _IDS.order_by(Membership.sort_name, Membership.user_id)
    .limit(PAGE)
    .offset(bindparam("before"))
)


def person_of(cohort_id: int, user_id: int) -> Person | None:
    """A learner of a cohort, as its list knows them."""
    asked = (
        select(User.id, User.name, User.login, Membership.since, _OPENED)
        .join(Membership, Membership.user_id == User.id)
        .where(*learning_in(cohort_id), User.id == user_id)
    )
    row = db.session.execute(asked).one_or_none()
    return Person(*row) if row else None


def columns_of(library: Library, module: str | None = None) -> tuple[Column, ...]:
    """A column for each module; for each step of the one that is chosen, or alone."""
    chosen = [each for each in course_of(library) if module in {None, each[0].key}]
    if len(chosen) == 1:
        [(only, steps)] = chosen
        return tuple(Column(only, (step,), whole=False) for step in steps)
    return tuple(Column(each, steps, whole=True) for each, steps in chosen)


def cell_in(column: Column, standings: Standings, stamps: Stamps) -> Cell:
    """Where one stands in these steps taken together, and how long it took."""
    stamped_at = stamps.get(column.module.key) if column.whole else None
    known = [
        standing
        for step in column.steps
        if (standing := standings.get(step.name)) is not None
    ]
    if not known:
        return (
            NOTHING if stamped_at is None else STAMPED._replace(stamped_at=stamped_at)
        )
    seconds, best = 0, None
    for standing in known:
        seconds += standing.seconds
        # A module's result is its quiz's; its lab has a column of its own.
        marked = standing.kind == "quiz" or not column.whole
        if marked and standing.best is not None:
            best = max(best or 0, standing.best)
    all_done = stamped_at is not None or is_done(known, column.steps)
    return Cell(State.DONE if all_done else _together(known), seconds, best, stamped_at)


def is_done(known: Sequence[Any], steps: Sequence[Step]) -> bool:
    """Whether every step is behind."""
    return len(known) == len(steps) and all(s.state == State.DONE for s in known)


def _together(known: Iterable[Any]) -> State:
    """Where who has begun stands in several steps."""
    state = State.STARTED
    for standing in known:
        if standing.state != State.DONE and is_stuck(standing):
            return State.STUCK
        if standing.state == State.DONE or standing.kind != "lesson":
            state = State.DOING
    return state


def days_of(
    user_id: int, page: int, day_of: Callable[[datetime], date]
) -> tuple[list[tuple[date, list[Visit]]], bool]:
    """One page of what somebody did, day by day, and whether there is more.

    Answers to quizzes and acts in labs are kept elsewhere: those of a page are the ones
    between its oldest deed and the oldest of the page before. Three statements.
    """
    before = 1 if page > 1 else 0
    found = events_of(
        user_id, limit=EVENTS + 1 + before, offset=EVENTS * (page - 1) - before
    )
    events, more = found[before:][:EVENTS], len(found) > EVENTS + before
    if not events:
        return [], False
    between = events[-1].at if more else None, found[0].at if before else None
    answers, acts = answered_by(user_id, *between), acted_by(user_id, *between)
    return visits_of(events, answers, acts, day_of), more


def notes_about(user_id: int) -> list[tuple[Note, str]]:
    """The notes about somebody that still stand, the newest first, and who wrote them.

    One page holds them: nobody writes more about one person in a few months.
    """
    rows = db.session.execute(
        select(Note, User.name)
        .join(User, User.id == Note.by_id)
        .where(Note.user_id == user_id, Note.removed_at.is_(None))
        .order_by(Note.id.desc())
        .limit(MOST_NOTES)
    )
    return [(note, name) for note, name in rows]


def note_of(user_id: int, note_id: int) -> Note | None:
    """A note about this person, maybe taken back: a second click finds it too."""
    return db.session.scalar(
        select(Note).where(Note.id == note_id, Note.user_id == user_id)
    )
