"""What was done to a cohort and its people, in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from course.base.i18n import _, ngettext
from course.features.account import queries as people
from course.features.account.models import Journal
from course.features.centre import queries


class Said(NamedTuple):
    """A line of the journal: who, and what."""

    by: str
    what: str


class _Names(NamedTuple):
    """How those whom some lines are about are called."""

    people: Mapping[int, str]
    cohorts: Mapping[int, str]
    logins: Mapping[int, str]

    def person(self, user_id: int | None) -> str:
        """One of them."""
        return self.people.get(user_id or 0) or _("somebody")

    def account(self, user_id: int | None) -> str:
        """One of two who bear the same name, more often than not."""
        login = self.logins.get(user_id or 0)
        return f"{self.person(user_id)} ({login})" if login else self.person(user_id)

    def several(self, line: Journal) -> str:
        """All those of a line; the first ones of many."""
        ids = line.detail.get("users", [])
        named = ", ".join(self.person(one) for one in ids[:NAMED])
        others = len(ids) - NAMED
        if others <= 0:
            return named
        return ngettext(
            "%(names)s and %(num)s more",
            "%(names)s and %(num)s more",
            others,
            names=named,
        )

    def cohort(self, cohort_id: int | None) -> str:
        """Another cohort."""
        return self.cohorts.get(cohort_id or 0) or _("another cohort")


NAMED = 12


def said(lines: Sequence[Journal]) -> list[Said]:
    """Each line in words, in four statements at most for all of them."""
    names = _Names(
        people.names_of({one for line in lines for one in _mentioned(line) if one}),
        queries.names_of_cohorts(
            {line.detail[key] for line in lines for key in ELSEWHERE & set(line.detail)}
        ),
        people.logins_of(
            {
                one
                for line in lines
                if "gone" in line.detail
                for one in (line.detail["gone"], line.user_id)
                if one
            }
        ),
    )
    return [
        Said(
            names.person(line.by_id) if line.by_id else _("A command of the server"),
            SENTENCES.get(line.verb, _something)(line, names),
        )
        for line in lines
    ]


ELSEWHERE = frozenset({"to", "source"})


def _mentioned(line: Journal) -> list[int | None]:
    named = [line.by_id, line.user_id, line.detail.get("gone")]
    return [*named, *line.detail.get("users", [])[:NAMED]]


def _something(line: Journal, _names: _Names) -> str:
    return _("Something else was done (%(verb)s).", verb=line.verb)


def _added(line: Journal, names: _Names) -> str:
    return ngettext(
        "%(num)s learner was added: %(names)s.",
        "%(num)s learners were added: %(names)s.",
        len(line.detail["users"]),
        names=names.several(line),
    )


def _slip(line: Journal, names: _Names) -> str:
    return ngettext(
        "%(num)s slip was made, for %(names)s.",
        "%(num)s slips were made, for %(names)s.",
        len(line.detail["users"]),
        names=names.several(line),
    )


def _merged(line: Journal, names: _Names) -> str:
    return _(
        "Two accounts were made one: %(gone)s was joined to %(kept)s.",
        gone=names.account(line.detail["gone"]),
        kept=names.account(line.user_id),
    )


def _parted(line: Journal, names: _Names) -> str:
    return _(
        "Two accounts were parted again: %(gone)s and %(kept)s.",
        gone=names.account(line.detail["gone"]),
        kept=names.account(line.user_id),
    )


def _moved(line: Journal, names: _Names) -> str:
    return _(
        "%(name)s went on in “%(cohort)s”.",
        name=names.person(line.user_id),
        cohort=names.cohort(line.detail["to"]),
    )


def _arrived(line: Journal, names: _Names) -> str:
    return _(
        "%(name)s came from “%(cohort)s”.",
        name=names.person(line.user_id),
        cohort=names.cohort(line.detail["source"]),
    )


def _copied(line: Journal, names: _Names) -> str:
    source = names.cohort(line.detail["source"])
    return _("The cohort was made as a copy of “%(cohort)s”.", cohort=source)


def _of_person(sentence: Callable[[str], str]) -> Callable[[Journal, _Names], str]:
    return lambda line, names: sentence(names.person(line.user_id))


def _always(sentence: Callable[[], str]) -> Callable[[Journal, _Names], str]:
    return lambda _line, _names: sentence()


SENTENCES: dict[str, Callable[[Journal, _Names], Any]] = {
    "added": _added,
    "slip": _slip,
    "merged": _merged,
    "parted": _parted,
    "moved": _moved,
    "arrived": _arrived,
    "copied": _copied,
    "removed": _of_person(lambda n: _("%(name)s was taken out.", name=n)),
    "trainer-added": _of_person(
        lambda n: _("%(name)s follows the cohort from now on.", name=n)
    ),
    "trainer-removed": _of_person(
        lambda n: _("%(name)s follows the cohort no more.", name=n)
    ),
    "edited": _always(lambda: _("The name, the place or the days were changed.")),
    "archived": _always(lambda: _("The cohort was archived.")),
    "reopened": _always(lambda: _("The cohort was opened again.")),
}
