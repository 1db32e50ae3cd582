import pytest

from course.domain.library import digest_of
from tests.domain.samples import files, library, read_files


def test_everything_is_found_by_its_key() -> None:
    whole = library()

    assert whole.module("antivirus").minutes == 12
    assert whole.lesson("contagion").place == 1
    assert whole.quiz("antivirus").pass_mark == 60
    for find in (whole.module, whole.lesson, whole.quiz):
        with pytest.raises(KeyError):
            find("what")


def test_lessons_follow_each_other() -> None:
    whole = library()

    following = whole.next_lesson("contagion")

    assert following
    assert following.key == "act"
    assert whole.next_lesson("act") is None
    assert [each.key for each in whole.modules[0].lessons] == ["contagion", "act"]


def test_a_digest_depends_on_the_words_alone() -> None:
    assert digest_of({"a": "1", "b": "2"}) == digest_of({"b": "2", "a": "1"})
    assert digest_of({"a": "1"}) != digest_of({"a": "2"})


def test_each_item_is_a_parcel() -> None:
    keys = {(parcel.kind, parcel.key) for parcel in library().parcels()}

    assert keys == {
        ("facts", "facts"),
        ("trades", "trades"),
        ("glossary", "glossary"),
        ("module", "antivirus"),
        ("lesson", "contagion"),
        ("lesson", "act"),
        ("quiz", "antivirus"),
    }


@pytest.mark.parametrize("parcel", library().parcels(), ids=lambda each: each.kind)
def test_a_parcel_gives_its_item_back(parcel) -> None:
    whole = library()

    alone, issues = read_files(dict(parcel.source), whole=False)

    assert [issue for issue in issues if issue.fatal] == []
    again = {(each.kind, each.key): each for each in alone.parcels()}
    assert again[parcel.kind, parcel.key].digest == parcel.digest
    if parcel.kind == "quiz":
        there, here = alone.quiz(parcel.key), whole.quiz(parcel.key)
        assert there.questions == here.questions
        assert there.for_trade(None).questions == here.for_trade(None).questions
    if parcel.kind == "lesson":
        there, here = alone.lesson(parcel.key), whole.lesson(parcel.key)
        assert there.page("fr") == here.page("fr")


def test_a_parcel_carries_only_what_it_quotes() -> None:
    parcels = {(each.kind, each.key): each for each in library().parcels()}

    contagion = parcels["lesson", "contagion"].source
    act = parcels["lesson", "act"].source

    assert "plan" not in contagion["lessons/facts.md"]
    # The definition of quarantine links to virus, which quotes a figure.
    assert "| virus |" in contagion["lessons/glossary.fr.md"]
    assert "| attacks |" in contagion["lessons/facts.md"]
    assert list(act) == [
        "lessons/1-antivirus/2-act.fr.md",
        "lessons/1-antivirus/2-act.en.md",
    ]


def test_the_system_of_the_author_changes_no_digest() -> None:
    windows = {
        path: "\ufeff" + text.replace("\n", "\r\n") if text else ""
        for path, text in files().items()
    }

    theirs = read_files(windows)[0].parcels()

    assert [each.digest for each in theirs] == [
        each.digest for each in library().parcels()
    ]
