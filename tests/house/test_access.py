"""Who gets what, for every route: the table is tests/house/access.txt.

Ada learns in a cohort that Grace follows, Linus administrates, and the attempt, the
run, the cohort and the link that addresses name are Ada's. POSTs carry a token and
nothing else.
"""

import pytest

from course.domain.rights import Role
from course.domain.visibility import Mode
from course.features.account import services as accounts
from course.features.catalogue.queries import shelf
from course.features.centre import services as centres
from course.features.lab.services import start_run
from course.features.quiz.services import start_attempt
from course.features.tracking.services import add_note
from tests.conftest import ROOT
from tests.make.account import make_user
from tests.make.centre import make_centre, make_cohort
from tests.make.lab import publish_lab

TABLE = ROOT / "tests/house/access.txt"
ROLES = ("visitor", "learner", "trainer", "admin")
KEYS = {
    "lesson": "premiere",
    "author": "premiere",
    "author.goals": "console",
    "lab": "console",
}


def rows() -> dict[str, list[int]]:
    """Each endpoint with a status for each role."""
    found = {}
    for line in TABLE.read_text("utf-8").splitlines():
        words = line.partition("#")[0].split()
        if words:
            assert len(words) == 1 + len(ROLES), line
            assert words[0] not in found, line
            found[words[0]] = [int(word) for word in words[1:]]
    return found


def routes(app):
    """Every endpoint with its rule."""
    return {rule.endpoint: rule for rule in app.url_map.iter_rules()}


@pytest.fixture
def world(app, tmp_path, ada, grace, linus):
    """What addresses may name."""
    publish_lab(tmp_path)
    centre = make_centre(trainer=grace)
    cohort = make_cohort(trainer=grace, centre=centre)
    centres.join_cohort(ada, cohort)
    current = shelf()
    return {
        "attempt_id": start_attempt(ada, current, "essai", Mode.CHECK).id,
        "centre_id": centre.id,
        "code": cohort.code,
        "cohort_id": cohort.id,
        "digest": "0",
        "ending": "csv",
        "format": "csv",
        "key": "essai",
        "kind": "lesson",
        "line_id": 0,
        "name": "placard",
        "path": "absent.svg",
        "note_id": add_note(grace, ada.id, "À rappeler.").id,
        "position": 1,
        "run_id": start_run(ada, current, "console", Mode.CHECK).id,
        "revision_id": current.revision("lesson", "premiere"),
        "token": accounts.make_access_link(ada),
        "user_id": ada.id,
    }


def ask(client, rule, world):
    """Go to a route with what its address needs; returns the status."""
    values = {name: world[name] for name in rule.arguments}
    if "key" in values:
        feature = rule.endpoint.partition(".")[0]
        own = KEYS.get(feature, values["key"])
        values["key"] = KEYS.get(rule.endpoint, own)
    go = client.post if "POST" in rule.methods else client.get
    return go(rule.endpoint, **values).status_code


def test_every_route_is_in_the_table_and_no_other(app):
    assert set(routes(app)) - set(rows()) == set(), f"add these to {TABLE}"
    assert set(rows()) - set(routes(app)) == set(), f"take these out of {TABLE}"


@pytest.mark.parametrize("endpoint", rows())
def test_access(endpoint, world, visitor, as_learner, as_trainer, as_admin):
    rule = routes(visitor.application)[endpoint]
    clients = (visitor, as_learner, as_trainer, as_admin)

    statuses = [ask(client, rule, world) for client in clients]

    assert dict(zip(ROLES, statuses, strict=True)) == dict(
        zip(ROLES, rows()[endpoint], strict=True)
    )


def belongs_to(owner, app):
    """The routes whose address names something of somebody's."""
    return [rule for rule in routes(app).values() if owner in rule.arguments]


def test_somebody_else_s_attempt_does_not_exist(app, world):
    names = {rule.endpoint: rule for rule in belongs_to("attempt_id", app)}
    client = app.test_client().sign_in(make_user("Eve"))

    quiz = [rule for name, rule in names.items() if name.startswith("quiz.")]
    statuses = {rule.endpoint: ask(client, rule, world) for rule in quiz}

    assert statuses
    assert set(statuses.values()) == {404}, statuses


def test_somebody_else_s_run_does_not_exist(app, world):
    client = app.test_client().sign_in(make_user("Eve"))

    own = [
        rule for rule in belongs_to("run_id", app) if rule.endpoint.startswith("lab.")
    ]
    statuses = {rule.endpoint: ask(client, rule, world) for rule in own}

    assert len(statuses) == 4
    assert set(statuses.values()) == {404}, statuses


def test_somebody_else_s_cohort_does_not_exist(app, world):
    mallory = make_user("Mallory", role=Role.TRAINER)
    make_centre(trainer=mallory)
    client = app.test_client().sign_in(mallory)

    statuses = {
        rule.endpoint: ask(client, rule, world) for rule in belongs_to("cohort_id", app)
    }

    assert statuses
    assert set(statuses.values()) == {404}, statuses


def test_a_learner_of_another_cohort_does_not_exist(app, as_trainer, world):
    stranger = make_user("Eve")

    pages = [
        rule for rule in belongs_to("user_id", app) if "cohort_id" in rule.arguments
    ]
    statuses = {
        rule.endpoint: ask(as_trainer, rule, {**world, "user_id": stranger.id})
        for rule in pages
    }

    assert statuses
    assert set(statuses.values()) == {404}, statuses


def test_an_attempt_of_somebody_else_is_not_the_learner_s(app, as_trainer, world):
    eve = make_user("Eve")
    attempt = start_attempt(eve, shelf(), "essai", Mode.CHECK)

    rule = routes(app)["tracking.attempt"]
    status = ask(as_trainer, rule, {**world, "attempt_id": attempt.id})

    assert status == 404


def test_nothing_can_be_named_by_a_number_that_no_row_has(app, as_admin, world):
    ids = ("attempt_id", "centre_id", "cohort_id", "note_id", "revision_id", "user_id")
    nowhere = {**world, **dict.fromkeys(ids, 2**31 - 1)}

    statuses = {
        rule.endpoint: ask(as_admin, rule, nowhere)
        for rule in routes(app).values()
        if set(ids) & rule.arguments
    }

    assert set(statuses.values()) == {404}, statuses
