"""Erasing takes the person out of everything, and nothing else."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from werkzeug.exceptions import NotFound

from course.base import clock
from course.base.db import Model, db, transaction
from course.base.personal import GUESTS, LIMITS, Until
from course.base.security import Failure
from course.domain.rights import Role, Scope
from course.features.account import merging
from course.features.account import services as accounts
from course.features.account.models import Journal, OneTimeLink, User
from course.features.centre import services as centres
from course.features.lesson.models import Bookmark
from course.features.passport.models import Stamp
from course.features.privacy import queries, services
from course.features.privacy.models import Proof
from course.features.progress.services import Verb
from course.features.quiz import services as quizzes
from course.features.quiz.models import Attempt, Grade, Submission
from course.features.tracking.models import Note
from tests.features.quiz.test_races import at_once, count
from tests.make.account import again, make_guest, make_user
from tests.make.centre import make_cohort
from tests.make.quiz import (
    answer_all,
    end,
    fields,
    line_of,
    standings,
    standings_anew,
    start,
)
from tests.make.tracking import did

NAME = "Zénobie Quatrefages"
WORDS = ("Zénobie", "zenobie", "Quatrefages", "quatrefages")


def everything() -> str:
    """All the rows of all the tables, as text."""
    db.session.close()
    found = []
    for table in Model.metadata.sorted_tables:
        rows = db.session.execute(select(table)).mappings()
        found += [
            json.dumps(dict(row), default=str, ensure_ascii=False) for row in rows
        ]
    return "\n".join(found)


def left_of(words, outside: str = "proof") -> list[str]:
    """The rows that still say one of these words."""
    db.session.close()
    found = []
    for table in Model.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            said = json.dumps(dict(row), default=str, ensure_ascii=False)
            if table.name != outside and any(word in said for word in words):
                found.append(f"{table.name}: {said}")
    return found


@pytest.fixture
def zenobie(app, small_library, grace):
    """She has left her name wherever one can."""
    person = make_user(NAME)
    cohort = make_cohort(trainer=grace, name="Fleuristes")
    centres.join_cohort(person, cohort)
    attempt = start(person)
    answer_all(attempt)
    end(attempt)
    did(person, Verb.READ, "premiere")
    accounts.make_access_link(person)
    with transaction():
        now = clock.now()
        db.session.add_all(
            [
                Failure(door=f"sign-in:name:{person.login}", at=now),
                Bookmark(user_id=person.id, lesson="premiere", anchor="a", at=now),
                Note(user_id=person.id, by_id=grace.id, text=f"Appeler {NAME}", at=now),
            ]
        )
        typed = db.session.scalars(select(Submission)).all()
        next(one for one in typed if isinstance(one.answer, str)).answer = NAME
    return again(person)


def test_the_name_is_nowhere_but_in_the_proof(zenobie, linus):
    assert left_of(WORDS)

    services.erase(zenobie, by=linus)

    assert left_of(WORDS) == []
    (proof,) = db.session.scalars(select(Proof))
    assert proof.name == NAME
    assert proof.training["cohorts"][0]["name"] == "Fleuristes"
    assert proof.until - proof.made_at == LIMITS[Until.PROOFS]
    assert "user_id" not in json.dumps(proof.training)


def test_the_figures_stand(zenobie, linus):
    before = standings()
    marks = db.session.scalar(select(func.sum(Grade.share)))

    services.erase(zenobie, by=linus)

    assert standings() == before == standings_anew()
    assert db.session.scalar(select(func.sum(Grade.share))) == marks
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_who_is_erased_can_never_come_back(zenobie, linus):
    token = accounts.make_access_link(zenobie)
    login, session_id = zenobie.login, zenobie.get_id()

    services.erase(zenobie, by=linus)

    from course.features.account.queries import (  # noqa: PLC0415
        usable_link,
        user_by_login,
        user_of_session,
    )

    assert user_by_login(login) is None
    assert user_of_session(session_id) is None
    assert usable_link(token) is None


def test_erasing_twice_changes_nothing(zenobie, linus):
    first = services.erase(zenobie, by=linus)
    before = everything()

    assert services.erase(zenobie, by=linus) == first
    assert everything() == before


def test_the_accounts_joined_to_it_go_with_it(zenobie, linus):
    twin = make_user(f"{NAME} bis")
    with transaction():
        db.session.get_one(User, twin.id).merged_into_id = zenobie.id

    services.erase(zenobie, by=linus)

    assert left_of(WORDS) == []


def test_the_last_administrator_stays(linus):
    with pytest.raises(accounts.LastAdminError):
        services.erase(linus, by=linus)

    assert again(linus).erased_at is None


def test_a_trainer_leaves_with_her_roles(grace, linus):
    make_cohort(trainer=grace)

    services.erase(grace, by=linus)

    assert again(grace).memberships == []
    assert db.session.scalar(select(func.count()).select_from(Proof)) == 0


def test_a_name_is_corrected_in_lists_too(zenobie):
    services.correct(zenobie, "Zoé Martin")

    person = again(zenobie)
    assert person.name == "Zoé Martin"
    assert person.login == "zenobie.quatrefages"
    assert {m.sort_name for m in person.memberships} == {"zoe martin"}


# ---- What time takes away


def test_a_learner_unseen_for_years_is_erased(zenobie, linus, grace):
    clock.set_to(clock.now() + LIMITS[Until.ACCOUNT] + timedelta(days=1))

    done = services.clean()

    assert done.accounts == 1
    assert again(zenobie).erased_at
    assert again(grace).erased_at is None
    assert again(linus).erased_at is None
    assert services.clean().accounts == 0


def test_a_guest_goes_sooner(app):
    guest, learner = make_guest(), make_user()
    clock.set_to(clock.now() + GUESTS + timedelta(days=1))

    assert services.clean().accounts == 1
    assert again(guest).erased_at
    assert again(learner).erased_at is None


def test_answers_of_last_year_are_nobodys(zenobie):
    clock.set_to(clock.now() + LIMITS[Until.ANSWERS] + timedelta(days=1))

    done = services.clean()

    assert done.attempts == 1
    (attempt,) = db.session.scalars(select(Attempt))
    assert attempt.user_id != zenobie.id
    owner = db.session.get_one(User, attempt.user_id)
    assert owner.erased_at
    assert NAME not in str(db.session.scalars(select(Submission.answer)).all())
    assert standings() == standings_anew()
    assert services.clean().attempts == 0


def test_an_open_attempt_is_left_to_who_is_in_it(app, small_library, ada):
    start(ada)
    clock.set_to(clock.now() + LIMITS[Until.ANSWERS] - timedelta(days=1))

    assert services.clean().attempts == 0


def test_notes_links_failures_and_the_journal_go_in_time(zenobie, grace):
    accounts.journal(grace, "slip", user_id=zenobie.id)
    clock.set_to(clock.now() + LIMITS[Until.JOURNAL] + timedelta(days=1))

    done = services.clean()

    assert (done.notes, done.links, done.failures, done.journal) == (1, 1, 1, 1)
    for table in (Note, OneTimeLink, Failure, Journal):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_a_proof_goes_at_its_date(zenobie, linus):
    services.erase(zenobie, by=linus)
    clock.set_to(clock.now() + LIMITS[Until.PROOFS] + timedelta(days=1))

    assert services.clean().proofs == 1
    assert queries.proofs("", 1) == ([], False)


def test_a_stamp_stays_with_the_pseudonym(zenobie, linus):
    assert db.session.scalar(select(Stamp.user_id)) == zenobie.id

    services.erase(zenobie, by=linus)

    assert db.session.scalar(select(Stamp.user_id)) == zenobie.id
    assert list(db.session.scalars(select(Proof)).one().training["stamps"]) == ["essai"]


def test_nothing_is_erased_when_something_breaks(zenobie, linus, monkeypatch):
    before = everything()
    db.session.execute(text("SELECT 1"))

    def broken(*_given, **_more):
        raise RuntimeError

    monkeypatch.setattr(accounts, "journal", broken)
    with pytest.raises(RuntimeError):
        services.erase(zenobie, by=linus)

    assert everything() == before


def test_who_learns_nowhere_leaves_no_proof(app, ada, linus):
    accounts.grant(ada, Role.TRAINER, Scope.CENTRE, 7)

    services.erase(ada, by=linus)

    assert db.session.scalar(select(func.count()).select_from(Proof)) == 0


# ---- One account through another, and two windows at once


@pytest.fixture
def joined(app, grace):
    """Three accounts of one person, joined one to the next: the last one goes on."""
    cohort = make_cohort(trainer=grace)
    first, second, last = (make_user(NAME) for _ in range(3))
    merging.merge(grace, second, first, cohort.id)
    merging.merge(grace, last, again(second), cohort.id)
    return again(last)


def test_no_account_joined_through_another_keeps_the_name(joined):
    services.erase(joined, by=None)

    assert left_of(WORDS) == []


def test_the_file_holds_the_accounts_joined_through_others(joined):
    held = {holding.name: rows for holding, rows in queries.everything_of(joined.id)}

    assert [row["name"] for row in held["user"]] == [NAME] * 3


def test_an_attempt_left_for_a_year_goes_and_one_gone_on_with_stays(
    app, small_library, ada, grace
):
    left, gone_on = start(ada), start(grace)
    clock.set_to(clock.now() + LIMITS[Until.ANSWERS])
    answer_all(gone_on)
    clock.set_to(clock.now() + timedelta(days=1))

    assert services.clean().attempts == 1

    db.session.close()
    owners = [db.session.get_one(Attempt, each.id).user_id for each in (left, gone_on)]
    assert owners[0] != ada.id
    assert owners[1] == grace.id


def test_a_name_corrected_after_erasing_does_not_come_back(app, ada):
    seen_before = again(ada)
    db.session.close()
    services.erase(again(ada), by=None)

    services.correct(seen_before, NAME)

    assert again(ada).name.startswith("Anonyme")


def test_two_clicks_at_once_erase_once(app, real_commits):
    person = make_user(NAME)
    centres.join_cohort(person, make_cohort())

    said = at_once(app, *[lambda: services.erase(me(person), by=None)] * 3)

    assert len(set(said)) == 1
    assert count(Proof) == 1


def test_a_word_typed_while_one_is_erased_is_not_kept(app, real_commits, small_library):
    for number in range(3):
        person = make_user(f"{NAME} {number}")
        attempt = start(person)
        line, user_id = line_of(attempt, "appareil"), person.id
        where = user_id, attempt.id, line.item.position, fields(line, "Zénobie")
        at_once(
            app,
            lambda person=person: services.erase(me(person), by=None),
            *[lambda where=where, word=word: answered(*where, word) for word in "abc"],
        )

    assert left_of(["Zénobie"]) == []


def answered(*given):
    """Send it; an attempt of nobody's is not there."""
    with suppress(NotFound):
        quizzes.answer(*given)


def me(person):
    """The person as a request finds them."""
    return db.session.get_one(User, person.id)


def test_of_two_administrators_who_leave_at_once_one_stays(app, real_commits):
    two = [make_user(name, role=Role.ADMIN) for name in ("Linus", "Margaret")]

    said = at_once(app, *[lambda one=one: left_or_stays(one) for one in two])

    assert sorted(said) == ["left", "stays"]


def left_or_stays(person):
    try:
        services.erase(me(person), by=None)
    except accounts.LastAdminError:
        return "stays"
    return "left"
