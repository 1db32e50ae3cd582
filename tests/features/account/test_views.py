"""Signing in, out and up, in a browser."""

from datetime import timedelta

import pytest

from course.base import clock, security
from course.domain.rights import Role
from course.features.account import queries, services
from course.features.progress.queries import events_of
from course.features.progress.services import Verb, now_deed, record
from tests.conftest import MORNING
from tests.make.account import PASSWORD, again, make_guest, make_user
from tests.page import parse, said

GOOD = {"name": "Zoé Durand", "password": "quatre mots bien ensemble"}


def sign_in(client, login, password=PASSWORD, **values):
    return client.post(
        "account.sign_in_submit", data={"login": login, "password": password}, **values
    )


def test_who_signs_in_lands_on_the_path(client, ada):
    answer = sign_in(client, ada.login)

    assert answer.location == "/path"
    assert client.get("account.profile").status_code == 200


def test_who_wanted_a_page_lands_on_it(client, ada):
    assert sign_in(client, ada.login, next="/profile").location == "/profile"
    assert sign_in(client, ada.login, next="//elsewhere.example").location == "/path"


@pytest.mark.parametrize(
    ("login", "password"), [("ada.lovelace", "wrong"), ("nobody", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(client, ada, login, password):
    answer = sign_in(client, login, password)

    assert answer.status_code == 422
    tree = parse(answer.text)
    assert tree.find(".//input[@id='login']").get("value") == login
    assert not tree.find(".//input[@id='password']").get("value")


def test_an_empty_form_says_what_to_fill_in(client):
    answer = sign_in(client, "", "")

    assert answer.status_code == 422


def test_a_door_closes_after_ten_tries_and_opens_again(client, ada):
    for _ in range(security.PER_NAME):
        sign_in(client, ada.login, "wrong")

    assert sign_in(client, ada.login).status_code == 429

    clock.set_to(MORNING + timedelta(minutes=16))
    assert sign_in(client, ada.login).status_code == 302


@pytest.mark.parametrize("typed", ["Ada Lovelace", " ADA lovelace", "ada-lovelace"])
def test_a_name_typed_as_one_writes_it_signs_in(client, ada, typed):
    assert sign_in(client, typed).location == "/path"


def test_a_door_is_the_same_however_a_name_is_typed(client, ada):
    for at in range(security.PER_NAME):
        sign_in(client, "ada" + " " * (at + 1) + "lovelace", "wrong")

    assert sign_in(client, ada.login).status_code == 429


def test_who_is_signed_in_needs_not_sign_in(as_learner):
    assert as_learner.get("account.sign_in").location == "/path"


def test_signing_in_begins_a_new_session(client, ada):
    before = client.token()
    with client.session_transaction() as session:
        session["left"] = "by somebody else"

    sign_in(client, ada.login)

    with client.session_transaction() as session:
        assert "left" not in session
    stolen = client.post(
        "account.welcome_submit", csrf=False, data={"csrf_token": before}, check=False
    )
    assert stolen.status_code == 400


def test_signing_out_leaves_nothing_behind(as_learner):
    answer = as_learner.post("account.sign_out")

    assert answer.location == "/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert as_learner.get("account.profile").status_code == 302


def test_somebody_can_begin_without_an_account(client):
    answer = client.post("account.guest", data={"next": "/profile"})

    assert answer.location == "/profile"
    assert client.get("account.profile").status_code == 200
    assert queries.people("", 1) == ([], 0)
    again_there = client.post("account.guest")
    assert again_there.location == "/path"


def test_a_machine_cannot_make_guests_for_ever(app):
    for _ in range(security.PER_ADDRESS):
        with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
            security.count_failure("guest")

    assert app.test_client().post("account.guest").status_code == 429


def test_a_guest_who_signs_up_keeps_what_was_learned(app, client):
    client.post("account.guest")
    with client.session_transaction() as session:
        guest = queries.user_of_session(session["_user_id"])
    record(now_deed(guest.id, Verb.READ, "lesson", "premiere", client_id="x"))

    answer = client.post("account.sign_up_submit", data=GOOD)

    assert answer.location == "/welcome"
    assert "zoe.durand" in client.get("account.welcome").text
    assert [event.key for event in events_of(guest.id)] == ["premiere"]


def test_a_guest_who_signs_in_brings_what_was_learned(client, ada):
    client.post("account.guest")
    with client.session_transaction() as session:
        guest = queries.user_of_session(session["_user_id"])
    record(now_deed(guest.id, Verb.READ, "lesson", "premiere", client_id="x"))

    sign_in(client, ada.login)

    assert [event.key for event in events_of(ada.id)] == ["premiere"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"password": ""},
        {"password": "short"},
        {"password": "x" * 201},
        {"name": "Zoé Durand Zoé", "password": "zoé durand zoé"},
    ],
)
def test_an_account_needs_a_name_and_a_long_password(app, wrong):
    client = app.test_client().sign_in(make_guest())

    answer = client.post("account.sign_up_submit", data=GOOD | wrong)

    assert answer.status_code == 422
    assert queries.people("", 1) == ([], 0)


def test_signing_up_is_for_guests(app, as_learner, ada):
    assert as_learner.get("account.sign_up").location == "/path"
    assert as_learner.post("account.sign_up_submit", data=GOOD).location == "/path"
    assert again(ada).name == "Ada Lovelace"
    guest = app.test_client().sign_in(make_guest())
    assert guest.get("account.sign_up").status_code == 200


def test_the_notice_is_read_once_then_come_the_four_questions(app):
    user = make_user(informed=False)
    client = app.test_client().sign_in(user)

    client.get("account.welcome")
    answer = client.post("account.welcome_submit")

    assert answer.location == "/profile"
    assert again(user).informed_at == MORNING


def test_skipping_the_four_questions_changes_no_answer(as_learner, ada):
    as_learner.post("account.profile_submit", data={"trade": "baker"})

    as_learner.post("account.profile_submit", data={"trade": "hotel", "skip": "1"})

    assert again(ada).trade == "baker"
    assert again(ada).profiled_at == MORNING


def test_no_question_of_the_profile_has_to_be_answered(as_learner, ada):
    answer = as_learner.post("account.profile_submit", data={"trade": "baker"})

    assert answer.location == "/path"
    assert again(ada).profile.to_dict() == {
        "position": None,
        "size": None,
        "trade": "baker",
        "worry": None,
    }
    ticked = parse(as_learner.get("account.profile").text).findall(".//input[@checked]")
    assert [box.get("value") for box in ticked] == ["baker"]


def test_an_answer_that_was_not_offered_is_refused(as_learner, ada):
    answer = as_learner.post("account.profile_submit", data={"trade": "astronaut"})

    assert answer.status_code == 422
    assert again(ada).profile.trade is None


def test_a_link_opens_a_session_with_a_new_password(client, ada):
    token = services.make_access_link(ada)
    shown = client.get("account.link", token=token)

    assert "Vous ouvrez le compte «\u00a0Ada Lovelace\u00a0»" in shown.text
    wrong = client.post("account.link_submit", token=token, data={"password": "short"})
    answer = client.post("account.link_submit", token=token, data=GOOD)

    assert wrong.status_code == 422
    assert answer.location == "/welcome"
    assert services.right_password(again(ada), GOOD["password"])


def test_a_link_that_was_used_says_so(client, ada):
    token = services.make_access_link(ada)
    services.use_access_link(token, PASSWORD)

    assert client.get("account.link", token=token).status_code == 410
    assert client.post("account.link_submit", token=token, data=GOOD).status_code == 410


def test_the_first_admin_s_link_creates_the_account(client):
    token = services.make_first_admin_link()
    client.get("account.link", token=token)

    client.post("account.link_submit", token=token, data=GOOD)

    assert client.get("account.accounts").status_code == 200


def test_the_first_admin_s_link_is_dead_when_there_is_one(client, linus):
    token = services.make_first_admin_link()

    answer = client.post("account.link_submit", token=token, data=GOOD)

    assert answer.status_code == 410


def test_an_admin_creates_an_account_and_hands_over_a_link(app, as_admin):
    answer = as_admin.post(
        "account.account_create", data={"name": "Zoé Durand", "role": "trainer"}
    )

    user = queries.user_by_login("zoe.durand")
    assert user.roles() == {Role.LEARNER, Role.TRAINER}
    address = next(
        word
        for element in parse(answer.text).iter()
        for word in (said(element).split() or [""])
        if "/links/" in word
    )
    path = "/links/" + address.partition("/links/")[2]
    assert app.test_client().get(path).status_code == 200


def test_an_account_without_a_name_is_not_created(as_admin):
    answer = as_admin.post(
        "account.account_create", data={"name": " ", "role": "learner"}
    )

    assert answer.status_code == 422


def test_a_new_link_can_be_made_for_an_account(as_admin, ada):
    answer = as_admin.post("account.account_link", user_id=ada.id)

    assert "/links/" in answer.text


def test_roles_are_given_and_taken_back(as_admin, ada):
    page = as_admin.post(
        "account.role_grant",
        user_id=ada.id,
        data={"role": "trainer"},
        follow_redirects=True,
    )
    assert page.status_code == 200
    assert Role.TRAINER in again(ada).roles()

    as_admin.post("account.role_revoke", user_id=ada.id, data={"role": "trainer"})
    assert again(ada).roles() == {Role.LEARNER}


def test_a_role_nobody_has_is_not_given(as_admin, ada):
    as_admin.post("account.role_grant", user_id=ada.id, data={"role": "king"})
    as_admin.post("account.role_revoke", user_id=ada.id, data={"role": "king"})

    assert again(ada).roles() == {Role.LEARNER}


def test_the_last_admin_cannot_go(as_admin, linus):
    as_admin.post("account.role_revoke", user_id=linus.id, data={"role": "admin"})

    assert again(linus).is_admin
    assert as_admin.get("account.account", user_id=linus.id).status_code == 200


def test_a_guest_has_no_account_page(as_admin, app):
    guest = make_guest()

    assert as_admin.get("account.account", user_id=guest.id).status_code == 404
    assert as_admin.get("account.account", user_id=99).status_code == 404


def test_accounts_are_searched_and_paged(as_admin):
    make_user("Zoé Durand")

    found = as_admin.get("account.accounts", q="zoe").text

    assert "Zoé Durand" in found
    assert "Linus" not in found.partition("<main")[2]
    for page in ("0", "x", "2"):
        assert as_admin.get("account.accounts", page=page).status_code == 200
    assert as_admin.get("account.accounts", q="\x00").status_code == 200


def test_the_list_of_accounts_costs_the_same_whatever_its_length(
    as_admin, count_queries
):
    costs = []
    for number in (1, 5):
        for _ in range(number):
            make_user("Ada Lovelace", role=Role.TRAINER)
        with count_queries() as sent:
            as_admin.get("account.accounts")
        costs.append(len(sent))

    assert costs[0] == costs[1]
