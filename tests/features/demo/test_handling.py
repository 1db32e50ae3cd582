"""What one does in a lab: recorded runs, chosen by what comes of them."""

from random import Random

from course.domain.lab import Action
from course.features.demo import handling
from course.features.lab.queries import lab_of
from tests.make.lab import publish_lab, start


def test_recorded_runs_pass_or_do_not(app, tmp_path, ada):
    publish_lab(tmp_path)
    lab = lab_of(start(ada))

    passing = [each.name for each in handling.runs_of(lab, passing=True)]
    others = [each.name for each in handling.runs_of(lab, passing=False)]

    assert passing == ["plein", "revenir"]
    assert others == ["ouvrir"]


def test_the_first_runs_are_what_most_people_do(app, tmp_path, ada):
    publish_lab(tmp_path)
    samples = handling.runs_of(lab_of(start(ada)), passing=True)
    rng = Random(1)

    counts = [len(handling.chosen(samples, rng)) for _time in range(60)]

    assert counts.count(2) > counts.count(5) > 0


def test_a_form_sends_words_and_lists_of_words():
    action = Action("antivirus", "warn", {"who": ["a", "b"], "by": "phone"})

    assert handling.form_of(action) == {"who": ["a", "b"], "by": ["phone"]}
