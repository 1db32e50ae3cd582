"""The pages that people see, each with its name: looked at, weighed, photographed."""

from dataclasses import dataclass

from playwright.sync_api import Response

from tests.journeys.acts import (
    Act,
    checked,
    emptied,
    late,
    late_and_back,
    listed,
    nobody_ticked,
    press,
    printed,
    refused_in,
    torn,
    tried,
    unfold,
)
from tests.journeys.person import Person
from tests.journeys.world import World


@dataclass(frozen=True, slots=True)
class Named:
    """A page: who opens it, at which address, and what is done there."""

    name: str
    who: str
    path: str
    act: Act | None = None
    status: int = 200
    workshop: bool = False  # an author's, of two texts, or a lab's: a little more

    def open(self, person: Person, world: World) -> Response:
        """Go there; whose session was closed has another."""
        if account := world.people.get(self.who):
            world.comes(person.page.context, account.session)
        answer = person.page.goto(self.path.format(**world.places))
        assert answer is not None
        assert answer.status == self.status, f"{self.name}: {answer.status}"
        return answer


LABS = {"console": "Warn by phone", "envoi": "Move"}  # lab → what is refused at first
# Labs of invoices: lab → a paper that is open, what hides a form, its button.
BOOKS = {
    "devis": ("desk", "invoices", "f0112", "credit", "Prepare the credit note"),
    "recues": ("half", "received", "transport", "refuse", "Refuse the invoice"),
}
ALL_LABS = (*LABS, *BOOKS)
ISSUED = "/runs/{devis_passed}/invoices/made-1"
REJECTED = "/runs/{devis_rejected}/invoices/made-1"
QUESTIONS = ("1", "2", "3", "4", "5", "6", "7")
BIG = "/cohorts/{big}"
LITTLE = "/cohorts/{little}"
NEW = LITTLE + "/learners/new"
LEARNER = LITTLE + "/learners/{user}"
WORKER = LITTLE + "/learners/{worker}"
RUNS = WORKER + "/runs"
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
    Named("notes", "learner", "/notes"),
    Named("path-resume", "reader", "/path"),
    Named("lesson-resume", "reader", "/lessons/{lesson1}"),
    Named("passport", "learner", "/passport"),
    Named("passport-full", "holder", "/passport"),
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
    Named("conflict", "torn", "/attempts/{rival}/questions/1", torn),
    Named("overview", "learner", "/attempts/{check}?all=1"),
    Named("reason", "learner", "/attempts/{practice}/questions/1"),
    Named("review-failed", "learner", "/attempts/{failed}/review"),
    Named("review-passed", "learner", "/attempts/{passed}/review"),
    *(Named(f"{lab}", "worker", f"/labs/{lab}") for lab in ALL_LABS),
    *(
        Named(f"{lab}-{state}", "worker", f"/runs/{{{lab}_{state}}}", workshop=True)
        for lab in ALL_LABS
        for state in ("half", "trap", "failed", "passed")
    ),
    *(
        Named(
            f"{lab}-desk-refused",
            "beginner",
            f"/runs/{{{lab}_desk}}",
            press(button, "main form .notice.error"),
            workshop=True,
        )
        for lab, button in LABS.items()
    ),
    *(
        Named(
            f"{lab}-{state}-refused",
            "beginner" if state == "desk" else "worker",
            f"/runs/{{{lab}_{state}}}?list={papers}&open={paper}",
            refused_in(f"invoicing-{form}", button),
            workshop=True,
        )
        for lab, (state, papers, paper, form, button) in BOOKS.items()
    ),
    Named("recues-desk", "beginner", "/runs/{recues_desk}", workshop=True),
    *(
        Named(
            f"devis-{name}",
            who,
            f"/runs/{{devis_{state}}}?list={papers}&open={paper}",
            unfold,
            workshop=True,
        )
        for name, who, state, papers, paper in (
            ("draft", "worker", "half", "invoices", "made-1"),
            ("late", "beginner", "desk", "invoices", "f0098"),
            ("customer", "beginner", "desk", "customers", "dunes"),
        )
    ),
    Named("specimen", "worker", ISSUED),
    Named("specimen-unasked", "worker", ISSUED + "/check"),
    # What the official rules found is kept for who comes next.
    Named("specimen-check", "worker", ISSUED, checked),
    Named("specimen-lacking", "worker", REJECTED, checked),
    Named("notes", "learner", "/notes"),
    Named("notes-empty", "newcomer", "/notes"),
    Named("my-data", "learner", "/my-data", unfold),
    Named("erase", "learner", "/my-data/erase"),
    Named("erase-refused", "learner", "/my-data/erase", press("Erase for ever")),
    Named("forbidden", "learner", "/cohorts", status=403),
    Named("cohorts", "trainer", "/cohorts"),
    Named("cohorts-closed", "trainer", "/cohorts?closed=1"),
    Named("cohort-new", "trainer", "/cohorts/new"),
    Named("cohort-new-refused", "trainer", "/cohorts/new", press("Create the cohort")),
    Named("cohort-80", "trainer", BIG),
    Named("cohort-80-table", "trainer", BIG + "?view=table"),
    Named("cohort-80-needs", "trainer", BIG + "?needs=all&page=2"),
    Named("cohort-module", "trainer", BIG + "?module={module}"),
    Named("cohort", "trainer", LITTLE, unfold),
    Named("cohort-table", "trainer", LITTLE + "?view=table"),
    Named("cohort-empty", "trainer", "/cohorts/{empty}"),
    Named("cohort-closed", "trainer", "/cohorts/{closed}"),
    Named("cohort-edit", "trainer", LITTLE + "/edit"),
    Named("cohort-edit-refused", "trainer", LITTLE + "/edit", emptied),
    Named("journal", "trainer", LITTLE + "/journal"),
    Named("poster", "trainer", BIG + "/poster"),
    Named("learners-new", "trainer", NEW),
    Named("learners-new-refused", "trainer", NEW, press("Add these people")),
    Named("slips-choose", "trainer", BIG + "/slips/new"),
    Named("slips-choose-refused", "trainer", BIG + "/slips/new", nobody_ticked),
    Named("slips", "trainer", BIG + "/slips/new", printed),
    Named("import", "trainer", LITTLE + "/import"),
    Named("import-refused", "trainer", LITTLE + "/import", press("Check this list")),
    Named("import-checked", "trainer", LITTLE + "/import", listed),
    Named("merge-choose", "trainer", BIG + "/merge"),
    Named(
        "merge-choose-refused",
        "trainer",
        BIG + "/merge",
        press("Compare the two accounts"),
    ),
    Named("merge", "trainer", LITTLE + "/merge?a={user}&b={newcomer}"),
    Named("learner", "trainer", LEARNER, unfold),
    Named("learner-refused", "trainer", LEARNER, press("Keep this note")),
    Named("attempt", "trainer", LEARNER + "/attempts/{failed}"),
    Named("missed", "trainer", LITTLE + "/goals"),
    Named("missed-empty", "trainer", "/cohorts/{empty}/goals"),
    *(
        Named(f"replay-{lab}", "trainer", f"{RUNS}/{{{lab}_trap}}", workshop=True)
        for lab in ALL_LABS
    ),
    Named("replay-start", "trainer", RUNS + "/{envoi_passed}?step=0", workshop=True),
    Named(
        "replay-rejected", "trainer", RUNS + "/{devis_rejected}?step=3", workshop=True
    ),
    Named("replay-invoice", "trainer", f"{WORKER}{ISSUED}"),
    Named("replay-invoice-rejected", "trainer", f"{WORKER}{REJECTED}"),
    Named("replays", "trainer", WORKER),
    Named("move", "trainer", LEARNER + "/move"),
    Named("removal", "trainer", LEARNER + "/remove"),
    Named("sign-in-late", "away", LEARNER, late),
    Named("resend", "away", LEARNER, late_and_back),
    Named("proofs", "admin", "/proofs"),
    Named("proofs-empty", "admin", "/proofs?q=nobody"),
    Named("account-erase", "admin", "/accounts/{account}/erase"),
    Named(
        "account-erase-refused",
        "admin",
        "/accounts/{account}/erase",
        press("Erase for ever"),
    ),
    Named("accounts", "admin", "/accounts"),
    Named("account", "admin", "/accounts/{account}"),
    Named("centres", "admin", "/centres"),
    Named("centre", "admin", "/centres/{centre}"),
    Named("contents", "admin", "/content"),
    Named("goals", "admin", "/content/lab/console/goals"),
    Named("edit-lesson", "admin", "/content/lesson/{lesson1}", workshop=True),
    Named("edit-quiz", "admin", "/content/quiz/{quiz}", workshop=True),
    Named(
        "revision",
        "admin",
        "/content/quiz/{quiz}/revisions/{revision}",
        workshop=True,
    ),
)
NAMES = {page.name for page in PAGES}
# Its errors are on the same page as the form itself: one look at both is enough.
SCANNED = tuple(page for page in PAGES if f"{page.name}-refused" not in NAMES)
