import io
from argparse import Namespace

import pytest

from course.features.catalogue import cli, queries
from course.features.catalogue.services import publish, sync_folder
from tests.make.library import FILES, write
from tests.make.library_lab import FILES_AND_LAB, LAB_FR, PATH_FR

QUIZ = "quizzes/essai.fr.md"
BROKEN = FILES[QUIZ].replace("- [x] Je coupe le réseau", "- [ ] Je coupe le réseau", 1)
DULL = FILES[QUIZ].replace("  > Les traces seraient perdues.\n", "", 1)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def test_content_without_a_fault_is_told_with_its_minutes(command):
    said = command("content", "check")

    assert said.code == 0
    assert said.err == ""
    assert said.out.splitlines() == [
        "1. Trial: a small module: 20 min (lessons: 10 min)",
        "0 faults to mend",
        "0 warnings",
    ]


def test_checking_touches_neither_the_database_nor_the_disk(command):
    command.set(DATABASE="postgresql://127.0.0.1:1/nowhere")

    said = command("content", "check")

    assert said.code == 0
    assert not command.instance.exists()


def test_a_fault_is_told_with_its_file_and_line(command):
    write(command.content, {QUIZ: BROKEN})

    said = command("content", "check")

    assert said.code == 1
    assert f"{QUIZ}:11: to mend: No box of “alerte” is ticked." in said.err
    assert "to mend" in said.out


def test_a_warning_does_not_fail_the_check(command):
    write(command.content, {QUIZ: DULL})

    said = command("content", "check")

    assert said.code == 0
    assert f"{QUIZ}:19: warning: Say why, below “J'éteins le magasin”" in said.err
    assert "1 warning" in said.out


def test_faults_are_told_before_warnings(command):
    write(command.content, {QUIZ: DULL.replace("- [x] Je coupe", "- [ ] Je coupe", 1)})

    said = command("content", "check")

    marks = [line.split(": ")[1] for line in said.err.splitlines()]
    assert marks == sorted(marks, key=["to mend", "warning"].index)
    assert set(marks) == {"to mend", "warning"}


def test_the_language_may_be_chosen(command):
    said = command("content", "check", "--language", "fr")

    assert "Essai : un petit module" in said.out.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "FR"}, "fr"),
        ({"LC_ALL": "C", "LANG": "fr_FR"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "en"),
    ],
)
def test_the_terminal_says_its_language(monkeypatch, environment, language):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert cli.terminal_language() == language


@pytest.mark.parametrize("verb", ["check", "sync"])
def test_a_folder_without_content_is_refused(command, tmp_path, verb):
    command("db", "upgrade")

    said = command("content", verb, str(tmp_path / "empty"))

    assert said.code == 1
    assert "neither lessons/ nor quizzes/" in said.err


def test_sync_tells_what_it_published_then_that_nothing_changed(command):
    command("db", "upgrade")

    first, second = command("content", "sync"), command("content", "sync")

    assert (first.code, second.code) == (0, 0)
    assert "published: quiz/essai" in first.out.splitlines()
    assert second.out == "Nothing has changed.\n"


def test_broken_content_is_not_published(command):
    command("db", "upgrade")
    write(command.content, {QUIZ: BROKEN})

    said = command("content", "sync")

    assert said.code == 1
    assert f"{QUIZ}:11: to mend:" in said.err
    assert "Nothing was published" in said.err


def test_sync_tells_what_it_kept_and_what_it_removed(app, linus, tmp_path, capsys):
    own = {
        path: text.replace("lesson:seconde#delai", "lesson:premiere#cable")
        for path, text in FILES.items()
        if path.startswith("quizzes/")
    }
    sync_folder(write(tmp_path, {**FILES, **own}))
    mine = {path: text.replace("(2)", "(3)") for path, text in own.items()}
    publish("quiz", "essai", mine, by=linus.id, why="Three points")
    write(tmp_path, {path: text.replace("(2)", "(4)") for path, text in own.items()})
    for path in tmp_path.glob("lessons/1-essai/2-*"):
        path.unlink()
    for path in tmp_path.glob("lessons/1-essai/module.*"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("minutes: 20", "minutes: 19"), "utf-8")

    code = cli.run_sync(lambda: app, Namespace(folder=tmp_path, language="en"))

    said = capsys.readouterr()
    assert code == 0, said.err
    assert said.out.splitlines() == [
        "published: module/essai",
        "kept as it was edited in the browser: quiz/essai",
        "removed: lesson/seconde",
    ]
    assert queries.shelf().quiz("essai").question("chemins").points == 3


def test_issues_are_printed_for_other_commands(app, tmp_path):
    report = sync_folder(write(tmp_path, {**FILES, QUIZ: BROKEN}))
    stream = io.StringIO()

    cli.print_issues(app, report.issues, stream)

    assert f"{QUIZ}:11: to mend:" in stream.getvalue()


def test_the_runs_that_were_played_are_counted(command):
    write(command.content, FILES_AND_LAB)

    said = command("content", "check")

    assert "Lab “The console”: 3 recorded runs were played" in said.out.splitlines()


def test_a_refused_act_is_told_as_a_learner_would_read_it(command):
    wrong = LAB_FR.replace("4. lab undo", "4. antivirus wait", 1)
    write(command.content, {**FILES_AND_LAB, PATH_FR: wrong})

    said = command("content", "check")

    assert said.code == 1
    assert "tells the learner: No scan is running" in said.err
