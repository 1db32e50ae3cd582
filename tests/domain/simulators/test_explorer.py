"""A file explorer: what it refuses to start from, what it shows, what it says."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from course.domain.profile import Profile
from course.domain.run import Play
from course.domain.simulators.explorer import Explorer
from course.domain.simulators.files import file_of, folder_of, living, name_of
from course.domain.text import Text
from tests.make.simulators import Scene, lab_of, scenes

FOLDERS: list[dict[str, Any]] = [
    {"id": "inbox", "name": {"fr": "À trier", "en": "To sort"}},
    {"id": "customers", "name": {"fr": "Clients", "en": "Customers"}},
    {"id": "year", "name": {"fr": "2026", "en": "2026"}, "parent": "customers"},
]
PHOTO: dict[str, Any] = {
    "id": "photo",
    "name": {"fr": "bois.jpg", "en": "wood.jpg"},
    "folder": "inbox",
    "type": "jpg",
    "size": 3400,
    "content": "supplier",
    "preview": {"fr": "Bois & Cie / 14/10/2026<br>412,80 €", "en": "Wood"},
    "skewed": True,
}
QUOTE = {
    "id": "quote",
    "name": {"fr": "devis.pdf"},
    "folder": "year",
    "type": "pdf",
    "size": 90,
    "content": "quote",
}
TABLE = {
    "id": "table",
    "name": {"fr": "releve.csv"},
    "folder": "inbox",
    "type": "csv",
    "size": 4,
    "content": "statement",
    "preview": {"fr": "date; montant / 05/10; 98,00"},
}
FILM = {**QUOTE, "id": "film", "name": {"fr": "a.mp4"}, "type": "mp4", "size": 48250}


def explorer(*files: dict[str, Any], folders: Any = FOLDERS) -> Explorer:
    return Explorer.model_validate({"folders": folders, "files": files})


@pytest.fixture
def desk() -> Scene:
    own = explorer(PHOTO, QUOTE, TABLE, FILM)
    return replace(scenes("explorer")[0], simulator=own, lab=lab_of(own))


def shown(desk: Scene, play: Play, language: str = "fr", **view: str) -> dict[str, Any]:
    return desk.simulator.show(play.world, view, language)


def names(desk: Scene, play: Play, language: str = "fr", **view: str) -> list[str]:
    return [item["name"] for item in shown(desk, play, language, **view)["items"]]


def fact(play: Play, name: str) -> tuple[str, ...]:
    found = play.facts["explorer"][name]
    assert isinstance(found, tuple)
    return found


# ---- What its author writes


@pytest.mark.parametrize(
    ("folders", "file"),
    [
        (FOLDERS, {"folder": "nowhere"}),
        (FOLDERS, {"folder": ""}),
        (FOLDERS, {"id": "inbox"}),
        (FOLDERS, {"id": "made-1"}),
        (FOLDERS, {"id": "À trier"}),
        (FOLDERS, {"type": "pdf"}),
        (FOLDERS, {"size": 0}),
        ([{"id": "bin", "name": {"fr": "a"}}], {"folder": "bin"}),
        ([{"id": "inbox", "name": {"fr": "a"}, "parent": "inbox"}], {}),
        ([], {}),
    ],
)
def test_a_start_that_does_not_hang_together_is_refused(
    folders: Any, file: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        explorer({**PHOTO, **file}, folders=folders)


def test_chance_and_profile_change_nothing_of_the_start(desk: Scene) -> None:
    start = desk.simulator.start(Random(1), Profile())

    assert start == desk.play().world["explorer"]


# ---- What one sees


def test_one_first_looks_at_the_first_folder(desk: Scene) -> None:
    seen = shown(desk, desk.play())

    assert seen["here"] == "inbox"
    assert [item["name"] for item in seen["items"]] == ["bois.jpg", "releve.csv"]
    assert seen["file"] is None


def test_names_of_the_author_are_read_in_each_language(desk: Scene) -> None:
    play = desk.play(["explorer rename item=table name=compte.csv"])

    assert names(desk, play, "en") == ["compte.csv", "wood.jpg"]
    assert fact(play, "names.supplier") == ("bois.jpg",)


def test_a_file_shows_what_it_says_only_once_it_is_open(desk: Scene) -> None:
    closed, play = desk.play(), desk.play(["explorer open item=photo"])

    assert shown(desk, closed, file="photo")["file"] is None
    seen = shown(desk, play, file="photo")["file"]
    assert seen["lines"] == ["Bois & Cie", "14/10/2026", "412,80 €"]
    assert (seen["look"], seen["skewed"]) == ("photo", True)


def test_a_scan_is_straight_and_lies_open_beside_its_photo(desk: Scene) -> None:
    line = "explorer scan item=photo"
    play = desk.play([line])
    act = desk.simulator.acts["scan"].load({"item": "photo"})

    look = desk.simulator.look(play.world, act)
    seen = shown(desk, play, **look)["file"]

    assert names(desk, play) == ["bois.jpg", "releve.csv", "scan-1.pdf"]
    assert (seen["name"], seen["look"], seen["skewed"]) == ("scan-1.pdf", "page", False)
    assert seen["lines"][0] == "Bois & Cie"
    assert file_of(play.world, look["file"]) == living(play.world)[-1]


@pytest.mark.parametrize(("name", "look"), [("table", "table"), ("film", "film")])
def test_each_kind_of_file_is_drawn_in_its_way(
    desk: Scene, name: str, look: str
) -> None:
    act = desk.simulator.acts["open"].load({"item": name})
    play = desk.play([f"explorer open item={name}"])

    seen = shown(desk, play, **desk.simulator.look(play.world, act))["file"]

    assert seen["look"] == look
    assert seen["rows"] == (
        [["date", "montant"], ["05/10", "98,00"]] if look == "table" else []
    )


def test_big_files_are_said_in_megabytes(desk: Scene) -> None:
    film, quote = shown(desk, desk.play(), folder="year")["items"]

    assert (film["weight"], film["unit"]) == (48.2, "MB")
    assert (quote["weight"], quote["unit"]) == (90, "kB")


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["bois.jpg", "releve.csv"]),
        ("type", ["releve.csv", "bois.jpg"]),
        ("size", ["releve.csv", "bois.jpg"]),
        ("junk", ["bois.jpg", "releve.csv"]),
    ],
)
def test_files_are_sorted_as_one_asks(desk: Scene, sort: str, order: list[str]) -> None:
    assert names(desk, desk.play(), sort=sort) == order


def test_folders_come_first_whatever_the_sort(desk: Scene) -> None:
    play = desk.play(["explorer folder name=Zinc within=inbox"])

    assert names(desk, play, sort="size")[0] == "Zinc"


def test_a_search_finds_names_in_all_folders_but_not_in_the_bin(desk: Scene) -> None:
    play = desk.play(["explorer delete item=table"])

    assert names(desk, play, q="DEVIS") == ["devis.pdf"]
    assert names(desk, play, q="à") == ["À trier", "a.mp4"]
    assert names(desk, play, q="releve") == []
    assert shown(desk, play, q="devis")["items"][0]["place"] == ["Clients", "2026"]


def test_the_tree_holds_folders_in_folders(desk: Scene) -> None:
    seen = shown(desk, desk.play())

    assert [branch["name"] for branch in seen["tree"]] == ["À trier", "Clients"]
    assert [each["name"] for each in seen["tree"][1]["inside"]] == ["2026"]
    assert [place["path"] for place in seen["places"]] == [
        ("À trier",),
        ("Clients",),
        ("Clients", "2026"),
    ]
    path = shown(desk, desk.play(), folder="year")["path"]
    assert [each["id"] for each in path] == ["customers", "year"]
    assert names(desk, desk.play(), folder="top") == ["À trier", "Clients"]


# ---- The bin


def test_a_folder_goes_to_the_bin_with_what_it_holds_and_comes_back(
    desk: Scene,
) -> None:
    gone = desk.play(["explorer delete item=customers"])
    back = desk.play(
        ["explorer delete item=customers", "explorer restore item=customers"]
    )

    assert file_of(gone.world, "quote") is None
    assert folder_of(gone.world, "year") is None
    assert fact(gone, "deleted") == ("quote.pdf", "quote.mp4")
    assert shown(desk, gone, folder="bin")["items"][0]["count"] == 1
    assert shown(desk, gone)["bin"] == 1
    assert back.facts == desk.play().facts


def test_who_looked_at_a_folder_now_in_the_bin_looks_at_the_one_above(
    desk: Scene,
) -> None:
    play = desk.play(["explorer delete item=year"])

    assert shown(desk, play, folder="year")["here"] == "customers"


def test_without_any_folder_left_one_looks_at_the_top(desk: Scene) -> None:
    play = desk.play(["explorer delete item=inbox,customers"])

    assert shown(desk, play)["here"] == "top"
    assert shown(desk, play)["items"] == []


def test_a_folder_and_a_file_of_it_are_restored_at_once(desk: Scene) -> None:
    play = desk.play(
        [
            "explorer delete item=quote",
            "explorer delete item=year",
            "explorer restore item=quote,year",
        ]
    )

    assert "quote.pdf" in fact(play, "folder.year")


def test_an_emptied_bin_cannot_be_taken_back_and_all_else_can(desk: Scene) -> None:
    play = desk.play(["explorer delete item=quote"])
    assert play.can_undo
    assert fact(play, "erased") == ()

    play.do(desk.action("explorer empty"))

    assert not play.can_undo
    assert "quote.pdf" in fact(play, "deleted")
    assert fact(play, "erased") == ("quote.pdf",)
    assert shown(desk, play, folder="bin")["items"] == []


# ---- Names


def test_a_name_loses_spaces_that_nobody_sees(desk: Scene) -> None:
    play = desk.play(['explorer rename item=quote name="  devis  2.PDF "'])

    assert fact(play, "names.quote") == ("devis 2.PDF", "a.mp4")


def test_capitals_may_be_corrected(desk: Scene) -> None:
    play = desk.play(["explorer rename item=quote name=Devis.pdf"])

    assert fact(play, "names.quote")[0] == "Devis.pdf"


def test_a_copy_keeps_the_author_s_name_in_each_language(desk: Scene) -> None:
    play = desk.play(["explorer duplicate item=photo"])

    copy = living(play.world)[-1]

    assert copy.name == Text(fr="bois (1).jpg", en="wood (1).jpg")
    assert name_of(copy, "en") == "wood (1).jpg"
    assert fact(play, "documents").count("supplier.jpg") == 2


def test_a_deed_is_told_with_names(desk: Scene) -> None:
    play = desk.play()
    act = desk.simulator.acts["move"].load({"item": ["photo", "table"], "to": "year"})

    told = desk.simulator.tell(play.world, act, "en")

    assert told == {"item": "wood.jpg, releve.csv", "to": "2026"}


def test_a_typed_name_that_is_an_id_is_told_as_it_was_typed(desk: Scene) -> None:
    act = desk.simulator.acts["folder"].load({"name": "photo"})

    assert desk.simulator.tell(desk.play().world, act, "fr") == {"name": "photo"}


def test_deeds_that_lead_nowhere_else_leave_one_where_one_was(desk: Scene) -> None:
    act = desk.simulator.acts["delete"].load({"item": ["photo"]})

    assert desk.simulator.look(desk.play().world, act) == {}
