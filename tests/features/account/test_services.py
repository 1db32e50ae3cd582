"""What happens to people."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select

from course.base import clock
from course.base.db import db
from course.domain.profile import Profile, Trade
from course.domain.rights import Role, Scope
from course.features.account import queries, services
from course.features.account.models import Membership, OneTimeLink, User
from tests.conftest import MORNING
from tests.make.account import PASSWORD, again, make_guest, make_user


def test_an_account_has_a_sign_in_name_of_its_own(app):
    names = [services.create_user("Zoé Durand", None).login for _ in range(3)]

    assert names == ["zoe.durand", "zoe.durand2", "zoe.durand3"]


def test_a_sign_in_name_can_be_chosen(app):
    user = services.create_user("Zoé Durand", "trois mots ensemble", login="zoe")

    assert queries.user_by_login(" ZOÉ ").id == user.id
    assert services.right_password(user, "trois mots ensemble")


def test_a_password_is_kept_as_argon2id_only(app):
    user = services.create_user("Ada", "trois mots ensemble")

    assert user.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not services.right_password(user, "trois mots ensembl")


def test_nobody_and_a_guest_have_no_right_password(app):
    assert not services.right_password(None, "")
    assert not services.right_password(make_guest(), "")


def test_a_hash_that_cannot_be_read_opens_nothing(ada):
    ada.password = "plain"

    assert not services.right_password(ada, "plain")
    db.session.rollback()


def test_a_guest_who_signs_up_stays_the_same_person(app):
    guest = make_guest()
    seal = guest.seal

    user = services.sign_up(guest, "Ada Lovelace", PASSWORD)

    assert (user.id, user.login, user.name) == (
        guest.id,
        "ada.lovelace",
        "Ada Lovelace",
    )
    assert user.seal != seal
    assert not again(user).is_guest


def test_a_new_password_closes_the_sessions_opened_before(ada):
    session = ada.get_id()
    assert queries.user_of_session(session).id == ada.id

    services.set_password(ada, "quatre mots bien ensemble")

    assert queries.user_of_session(session) is None
    assert services.right_password(again(ada), "quatre mots bien ensemble")


@pytest.mark.parametrize("forged", ["", "x", "1", "1.", "x.y", "-1.seal", "²."])
def test_a_session_that_names_nobody_is_nobody_s(app, forged):
    assert queries.user_of_session(forged) is None


def test_a_role_is_given_once(ada):
    services.grant(ada, Role.TRAINER)
    services.grant(ada, Role.TRAINER)

    assert again(ada).roles() == {Role.LEARNER, Role.TRAINER}
    held = select(func.count()).where(Membership.user_id == ada.id)
    assert db.session.scalar(held) == 1


def test_a_role_is_taken_back_within_its_scope_only(ada):
    services.grant(ada, Role.TRAINER)
    services.grant(ada, Role.TRAINER, Scope.CENTRE, 7)

    services.revoke(ada, Role.TRAINER)

    assert again(ada).scopes(Role.TRAINER, Scope.CENTRE) == [7]
    assert again(ada).scopes(Role.TRAINER, Scope.NETWORK) == []


def test_the_last_administrator_stays(linus):
    with pytest.raises(services.LastAdminError):
        services.revoke(linus, Role.ADMIN)

    assert again(linus).is_admin


def test_an_administrator_may_go_when_there_is_another(linus):
    make_user("Margaret Hamilton", role=Role.ADMIN)

    services.revoke(linus, Role.ADMIN)

    assert not again(linus).is_admin


def test_who_is_not_an_administrator_cannot_be_the_last_one(ada, linus):
    services.revoke(ada, Role.ADMIN)

    assert queries.has_admin()


def test_a_profile_is_kept_with_what_was_skipped(ada):
    services.save_profile(ada, Profile(trade=Trade.BAKER))

    kept = again(ada)
    assert kept.profile == Profile(trade=Trade.BAKER)
    assert kept.profiled_at == MORNING


def test_reading_the_notice_is_dated(app):
    user = make_user(informed=False)

    services.inform(user)

    assert again(user).informed_at == MORNING


def test_a_link_works_once(ada):
    token = services.make_access_link(ada)

    services.use_access_link(token, "quatre mots bien ensemble")

    assert services.right_password(again(ada), "quatre mots bien ensemble")
    with pytest.raises(services.LinkUsedError):
        services.use_access_link(token, "autre chose encore")
    assert services.right_password(again(ada), "quatre mots bien ensemble")


def test_a_link_dies_after_seven_days(ada):
    token = services.make_access_link(ada)

    clock.set_to(MORNING + services.ACCESS_AGE + timedelta(seconds=1))

    assert queries.usable_link(token) is None
    with pytest.raises(services.LinkUsedError):
        services.use_access_link(token, "quatre mots bien ensemble")


def test_a_link_used_twice_at_the_same_time_works_once(app, real_commits, ada):
    token = services.make_access_link(ada)
    outcomes = []

    def use(password):
        with app.app_context():
            try:
                services.use_access_link(token, password)
                outcomes.append("used")
            except services.LinkUsedError:
                outcomes.append("refused")

    threads = [Thread(target=use, args=[f"mot de passe {at}"]) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "used"]


def test_only_the_digest_of_a_link_is_kept(ada):
    token = services.make_access_link(ada)

    kept = db.session.scalars(select(OneTimeLink)).one()

    assert token not in kept.digest
    assert queries.usable_link(token).user_id == ada.id


def test_the_first_admin_comes_through_a_link_once(app):
    old = services.make_first_admin_link()
    token = services.make_first_admin_link()

    with pytest.raises(services.LinkUsedError):  # a newer one was made
        services.use_first_admin_link(old, "Linus", PASSWORD, "fr")
    first = services.use_first_admin_link(token, "Linus Torvalds", PASSWORD, "fr")

    assert again(first).is_admin
    late = services.make_first_admin_link()
    with pytest.raises(services.LinkUsedError):
        services.use_first_admin_link(late, "Somebody", PASSWORD, "fr")


def test_a_link_for_one_thing_does_not_do_another(ada):
    access, first = services.make_access_link(ada), services.make_first_admin_link()

    with pytest.raises(services.LinkUsedError):
        services.use_first_admin_link(access, "Ada", PASSWORD, "fr")
    with pytest.raises(services.LinkUsedError):
        services.use_access_link(first, PASSWORD)
    assert not queries.has_admin()


def test_two_people_of_one_name_can_come_at_the_same_time(app, real_commits):
    made = []

    def create():
        with app.app_context():
            made.append(services.create_user("Zoé Durand", None).login)

    threads = [Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 4
    assert db.session.scalar(select(func.count()).select_from(User)) == 4
