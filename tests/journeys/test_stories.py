"""An administrator, a trainer and a learner: from an empty server to a score kept."""

import re

import pytest
from playwright.sync_api import expect

from course.domain.profile import Trade
from tests.journeys.desk import Desk, Mouse
from tests.journeys.person import PHONE, Person, says_many
from tests.journeys.site import Site
from tests.make.account import PASSWORD

STANDING = "SELECT * FROM standing ORDER BY user_id, kind, key"
CODE = re.compile(r"[A-Z2-9]{6}")


@pytest.fixture
def fresh(tmp_path):
    """A server of the real lessons that nobody administrates yet."""
    site = Site(tmp_path)
    site.server.start()
    yield site
    site.close()
    assert site.server.crashes() == []


def test_three_stories_end_to_end(fresh, device, language):
    admin = device(fresh, language=language)
    link = first_admin(admin, fresh)
    trainer = device(fresh, language=language)
    creates_centre_and_trainer(admin, trainer)
    code = creates_cohort(trainer)
    learner = device(fresh, language=language, size=PHONE)

    joins(learner, code)
    reads_lessons(learner, fresh)
    works(learner, fresh)
    passes(learner, fresh)
    results = learner.page.url
    follows(trainer)
    changes_a_question(admin, fresh)

    keeps_the_old_text(learner, results, fresh)
    meets_the_new_text(learner, fresh)
    rebuilding_changes_nothing(fresh)
    the_link_is_dead(device(fresh, language=language), link)


def first_admin(admin: Person, site: Site) -> str:
    link = site.server.first_admin_link
    admin.go(link)
    admin.at("Create the first administrator")
    admin.write("First name and last name", "Linus Torvalds")
    admin.write("Choose a password", PASSWORD)
    admin.press("Create my account")
    admin.at("Welcome, %(name)s", name="Linus Torvalds")
    admin.reads("linus.torvalds")
    admin.press("I have read it, go on")
    admin.press("Skip all four")
    admin.at("My path")
    return link


def menu(person: Person, entry: str) -> None:
    summary = person.page.locator(".menu summary")
    if summary.is_visible():  # a wide screen shows the whole menu
        summary.click()
    person.page.get_by_role("navigation", name=person.says("Main menu")).get_by_role(
        "link", name=person.says(entry), exact=True
    ).click()


def creates_centre_and_trainer(admin: Person, trainer: Person) -> None:
    menu(admin, "Accounts")
    admin.at("Accounts")
    admin.page.locator("summary", has_text=admin.says("Create an account")).click()
    admin.write("First name and last name", "Grace Hopper")
    admin.page.get_by_label(admin.says("Role"), exact=True).select_option("trainer")
    admin.press("Create the account")
    admin.at("A link for %(name)s", name="Grace Hopper")
    address = admin.page.get_by_text("/links/").inner_text()

    trainer.go(address)
    trainer.at("Choose your password")
    trainer.write("Choose a new password", PASSWORD)
    trainer.press("Keep this password")
    trainer.press("I have read it, go on")
    trainer.press("Skip all four")

    menu(admin, "Centres")
    admin.write("Name of the centre", "Centre de Marseille")
    admin.press("Create the centre")
    admin.write("Sign-in name of the trainer", "grace.hopper")
    admin.press("Add this trainer")
    admin.reads("%(name)s trains in this centre now.", name="Grace Hopper")


def creates_cohort(trainer: Person) -> str:
    menu(trainer, "My cohorts")
    trainer.page.get_by_role("link", name=trainer.says("Create a cohort")).click()
    trainer.reads("It will belong to %(centre)s.", centre="Centre de Marseille")
    trainer.write("Name of the cohort", "Boulangers de novembre")
    trainer.press("Create the cohort")
    trainer.at("Join the cohort “%(name)s”", name="Boulangers de novembre")
    trainer.reads("The cohort is created. Here is how your learners join it.")
    pictures = trainer.page.get_by_role("img")
    square = trainer.says("The address, for a phone's camera")
    expect(trainer.page.get_by_role("img", name=square)).to_be_visible()
    names = [each.get_attribute("aria-label") or "" for each in pictures.all()]
    return next(
        found[0] for name in names if (found := CODE.fullmatch(name.replace(" ", "")))
    )


def joins(learner: Person, code: str) -> None:
    learner.go("/")
    learner.follow("I have a group code")
    learner.write("Your cohort's code", code.lower())
    learner.press("Find my cohort")
    learner.at("Join the cohort “%(name)s”", name="Boulangers de novembre")
    learner.write("First name and last name", "Ada Lovelace")
    learner.write("Choose a password", PASSWORD)
    learner.press("Join this cohort")
    learner.at("Welcome, %(name)s", name="Ada Lovelace")
    expect(learner.page.locator("main ol > li")).to_have_count(10)
    learner.press("I have read it, go on")
    learner.at("Four questions about your work")
    for answer in ("An employee", "Shop, food craft"):
        learner.page.get_by_text(learner.says(answer), exact=True).click()
    learner.press("Keep these answers")
    learner.at("My path")


def reads_lessons(learner: Person, site: Site) -> None:
    module = site.library.modules[0]
    learner.follow("Begin")
    for at, lesson in enumerate(module.lessons, 1):
        expect(learner.page).to_have_url(re.compile(f"/lessons/{lesson.key}$"))
        tries = site.tries(lesson.key, learner.language, Trade.BAKER)
        for name, question in tries.items():
            place = learner.page.locator(f"#try-{name}")
            learner.answer(question, place)
            place.get_by_role("button", name=learner.says("See why")).click()
            expect(place).to_contain_text(learner.says("Yes, that is it."))
        last = at == len(module.lessons)
        learner.press(
            "I have read it: to the lab" if last else "I have read it: next lesson"
        )


def works(learner: Person, site: Site) -> None:
    learner.press("Begin the check")
    desk = Desk(learner, Mouse())
    module = site.library.modules[0]
    desk.plays(site.library.lab(module.lab or "").for_trade(Trade.BAKER))
    desk.end()
    learner.at("The lab is yours")
    learner.reads("The questions remain: then your passport is stamped.")
    learner.follow("Go on to the questions")


def passes(learner: Person, site: Site) -> None:
    quiz = quiz_of(site)
    learner.press("Begin the check")
    count = learner.take(quiz)
    assert count == (quiz.draw or len(quiz.questions))
    learner.at("You have answered everything")
    learner.press("End, and see the reasons")
    learner.at("The module is yours")


def quiz_of(site: Site):
    quiz = next(
        q for q in site.library.quizzes if q.module == site.library.modules[0].key
    )
    return quiz.for_trade(Trade.BAKER)


def follows(trainer: Person) -> None:
    menu(trainer, "My cohorts")
    trainer.page.get_by_role("link", name="Boulangers de novembre").click()
    said = says_many(trainer.language, "%(num)s learner", "%(num)s learners", 1)
    expect(trainer.page.locator("main .lead")).to_contain_text(said)
    trainer.page.get_by_role("link", name="Ada Lovelace").first.click()
    trainer.reads("Nothing here is secret: you may show this page to this person.")
    attempts = trainer.page.locator("table").first
    expect(attempts).to_contain_text(trainer.says("passed"))
    attempts.locator("a").first.click()
    expect(trainer.page.locator("main dd").first).to_be_visible()
    counts = trainer.page.locator("main .card").count()
    assert trainer.page.locator("main dd").count() == counts
    assert trainer.page.get_by_text(trainer.says("No answer.")).count() == 0


def changes_a_question(admin: Person, site: Site) -> None:
    """Each ask of the quiz gets a word more, in the editor, in both languages."""
    quiz = quiz_of(site)
    menu(admin, "Content")
    admin.page.locator(f'a[href="/content/quiz/{quiz.key}"]').click()
    for label in ("French text", "English text"):
        field = admin.page.get_by_label(admin.says(label), exact=True)
        field.fill(corrected(field.input_value()))
    admin.page.get_by_text(admin.says("Publish…"), exact=True).click()
    admin.write("Why do you publish it?", "Plus clair")
    admin.press("Publish for learners")
    admin.reads(
        "It is published. New attempts use this text. Attempts already begun "
        "or ended keep their text, their answers and their score."
    )


NEW = "VERSION DEUX"


def corrected(text: str) -> str:
    """The first line of each question begins with two words more."""
    return re.sub(r"(?m)(^## .*\n\n)(.)", rf"\1{NEW} \2", text)


def keeps_the_old_text(learner: Person, results: str, site: Site) -> None:
    before = site.server.rows("SELECT share, passed FROM attempt WHERE id = 1")
    learner.go(results)
    learner.at("The module is yours")
    main = learner.page.locator("main")
    expect(main).not_to_contain_text(NEW)
    learner.reads("What you know")
    assert main.locator("section.card .option.ticked, section.card .reasons li").count()
    assert before == [(1, 1)]


def meets_the_new_text(learner: Person, site: Site) -> None:
    learner.go(f"/quizzes/{quiz_of(site).key}")
    learner.press("Begin the check")
    expect(learner.page.locator("main h1")).to_contain_text(NEW)


def rebuilding_changes_nothing(site: Site) -> None:
    before = site.server.rows(STANDING)
    assert len(before) >= 4

    site.server.run("progress", "rebuild")

    assert site.server.rows(STANDING) == before


def the_link_is_dead(stranger: Person, link: str) -> None:
    stranger.go(link)
    stranger.at("This link has been used, or is too old")
