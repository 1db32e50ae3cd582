"""The pages that people see, each with its name: looked at, weighed, photographed."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Response, expect

from tests.journeys.person import Person
from tests.journeys.world import World


def press(button: str) -> Callable[[Person], None]:
    """What brings a page to the state that is looked at."""

    def pressed(person: Person) -> None:
        person.press(button)
        expect(person.page.locator("main .notice.error")).to_be_visible()

    return pressed


def tried(person: Person) -> None:
    """The first question of a lesson, answered."""
    place = person.page.locator(".try").first
    place.locator("label.option").first.click()
    place.get_by_role("button").last.click()
    expect(person.page.locator(".try .review").first).to_be_visible()


# One of each: new, twice, without its last name, with figures; a column left aside.
LIST = """Prénom\tNom\tCourriel
Zoé\tDurand\tzoe@exemple.fr
DIALLO\tFatou
Zoé\tDurand

Marc
Chloé\tGarnier 2
Ada\tLovelace"""


def listed(person: Person) -> None:
    """A list pasted, and checked."""
    person.page.locator("#pasted").fill(LIST)
    person.press("Check this list")
    expect(person.page.locator("main table.cards")).to_be_visible()


@dataclass(frozen=True, slots=True)
class Named:
    """A page: who opens it, at which address, and what is done there."""

    name: str
    who: str
    path: str
    act: Callable[[Person], None] | None = None
    status: int = 200
    workshop: bool = False  # two texts and what learners will see: a little more

    def open(self, person: Person, world: World) -> Response:
        """Go there."""
        answer = person.page.goto(self.path.format(**world.places))
        assert answer is not None
        assert answer.status == self.status, f"{self.name}: {answer.status}"
        return answer


QUESTIONS = ("1", "2", "3", "4", "5", "6", "7")
BIG = "/cohorts/{big}"
LEARNER = "/cohorts/{little}/learners/{user}"
PAGES = (
    Named("home", "visitor", "/"),
    Named("sign-in", "visitor", "/sign-in"),
    Named("sign-in-refused", "visitor", "/sign-in", press("Sign in")),
    Named("join", "visitor", "/join"),
    Named("join-refused", "visitor", "/join?code=ZZZZZZ", status=404),
    Named("invitation", "visitor", "/join/{code}"),
    Named("invitation-refused", "visitor", "/join/{code}", press("Join this cohort")),
    Named("privacy", "visitor", "/privacy"),
    Named("accessibility", "visitor", "/accessibility"),
    Named("help", "visitor", "/help"),
    Named("glossary", "visitor", "/glossary"),
    Named("style", "visitor", "/style"),
    Named("link", "visitor", "/links/{token}"),
    Named("link-used", "visitor", "/links/nothing", status=410),
    Named("not-found", "visitor", "/nothing-here", status=404),
    Named("guest", "guest", "/path"),
    Named("sign-up", "guest", "/sign-up"),
    Named("welcome", "newcomer", "/welcome"),
    Named("profile", "newcomer", "/profile"),
    Named("path", "learner", "/path"),
    Named("module", "learner", "/modules/{module}"),
    Named("passport", "learner", "/passport"),
    Named("passport-empty", "newcomer", "/passport"),
    Named("lesson", "learner", "/lessons/{lesson1}"),
    Named("lesson-2", "learner", "/lessons/{lesson2}"),
    Named("lesson-3", "learner", "/lessons/{lesson3}"),
    Named("lesson-tried", "learner", "/lessons/{lesson1}", tried),
    Named("memo", "learner", "/lessons/{lesson3}/memo"),
    Named("quiz", "learner", "/quizzes/{quiz}"),
    *(
        Named(f"question-{at}", "learner", f"/attempts/{{check}}/questions/{at}")
        for at in QUESTIONS
    ),
    Named(
        "question-refused",
        "learner",
        "/attempts/{check}/questions/1",
        press("Keep my answer"),
    ),
    Named("overview", "learner", "/attempts/{check}?all=1"),
    Named("reason", "learner", "/attempts/{practice}/questions/1"),
    Named("review-failed", "learner", "/attempts/{failed}/review"),
    Named("review-passed", "learner", "/attempts/{passed}/review"),
    Named("forbidden", "learner", "/cohorts", status=403),
    Named("cohorts", "trainer", "/cohorts"),
    Named("cohorts-closed", "trainer", "/cohorts?closed=1"),
    Named("cohort-new", "trainer", "/cohorts/new"),
    Named("cohort-new-refused", "trainer", "/cohorts/new", press("Create the cohort")),
    Named("cohort-60", "trainer", BIG),
    Named("cohort-module", "trainer", BIG + "?module={module}"),
    Named("cohort", "trainer", "/cohorts/{little}"),
    Named("cohort-empty", "trainer", "/cohorts/{empty}"),
    Named("learner", "trainer", LEARNER),
    Named("attempt", "trainer", LEARNER + "/attempts/{failed}"),
    Named("poster", "trainer", BIG + "/poster"),
    Named("learners-new", "trainer", "/cohorts/{little}/learners/new"),
    Named(
        "learners-new-refused",
        "trainer",
        "/cohorts/{little}/learners/new",
        press("Add these people"),
    ),
    Named("slips-choose", "trainer", BIG + "/slips/new"),
    Named("cohort-edit", "trainer", "/cohorts/{little}/edit"),
    Named("merge-choose", "trainer", BIG + "/merge"),
    Named("merge", "trainer", "/cohorts/{little}/merge?a={user}&b={newcomer}"),
    Named("journal", "trainer", "/cohorts/{little}/journal"),
    Named("move", "trainer", LEARNER + "/move"),
    Named("removal", "trainer", LEARNER + "/remove"),
    Named("import", "trainer", "/cohorts/{little}/import"),
    Named(
        "import-refused",
        "trainer",
        "/cohorts/{little}/import",
        press("Check this list"),
    ),
    Named("import-checked", "trainer", "/cohorts/{little}/import", listed),
    Named("accounts", "admin", "/accounts"),
    Named("account", "admin", "/accounts/{account}"),
    Named("centres", "admin", "/centres"),
    Named("centre", "admin", "/centres/{centre}"),
    Named("contents", "admin", "/content"),
    Named("edit-lesson", "admin", "/content/lesson/{lesson1}", workshop=True),
    Named("edit-quiz", "admin", "/content/quiz/{quiz}", workshop=True),
    Named("revision", "admin", "/content/quiz/{quiz}/revisions/{revision}"),
)
