"""A file explorer: folders, files, a bin, and a scanner for photos."""

import re
from collections.abc import Iterable, Mapping
from random import Random
from typing import Annotated, Any, ClassVar, Self, cast

from pydantic import Field, StringConstraints, model_validator

from course.domain.condition import folded
from course.domain.profile import Profile
from course.domain.simulators import filing
from course.domain.simulators.base import (
    Act,
    Facts,
    Frozen,
    Simulator,
    StartError,
    View,
    World,
    words_of,
)
from course.domain.simulators.files import (
    EXPLORER,
    MOST_FILES,
    MOST_FOLDERS,
    File,
    Files,
    Folder,
    files_in,
    living,
    living_folders,
    name_of,
)
from course.domain.text import LANGUAGES, Text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
# Where one may look besides folders; no folder bears these ids.
BIN, TOP = "bin", filing.TOP
SORTS = ("name", "type", "size")
MEGA = 1000
LONGEST_SEARCH = 80
TABLES = frozenset({"csv", "xls", "xlsm", "xlsx", "ods"})
FILMS = frozenset({"mp4", "mov"})
# How authors part the lines of what one sees in a file.
LINE = re.compile(r"\s*(?:\n|<br>|\s/\s)\s*")


class StartFolder(Frozen):
    """A folder as its author wrote it."""

    id: Slug
    name: Text
    parent: str = ""  # nothing: it is at the top


class StartFile(Frozen):
    """A file as its author wrote it."""

    id: Slug
    name: Text
    folder: str
    type: Slug
    size: int = Field(ge=1)  # kB
    content: Slug  # what it says: two copies of one document share it
    preview: Text = Text()  # what one sees in it, its lines parted by « / »
    skewed: bool = False  # a photo taken askew


class Explorer(Simulator):
    """Folders and files that are opened, named, moved, scanned and deleted."""

    kind = EXPLORER
    state = Files
    acts: ClassVar[Mapping[str, type[Act]]] = {
        "open": filing.Open,
        "rename": filing.Rename,
        "move": filing.Move,
        "duplicate": filing.Duplicate,
        "scan": filing.Scan,
        "delete": filing.Delete,
        "restore": filing.Restore,
        "empty": filing.Empty,
        "folder": filing.MakeFolder,
    }
    views = ("folder", "file", "q", "sort")

    folders: tuple[StartFolder, ...] = Field(min_length=1, max_length=MOST_FOLDERS)
    files: tuple[StartFile, ...] = Field(default=(), max_length=MOST_FILES)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        """Each thing has its own id, and is in a folder that exists."""
        self._check_ids()
        known: list[str] = []
        for row, folder in enumerate(self.folders):
            if folder.parent and folder.parent not in known:
                name = folder.parent
                raise StartError("lab.late-parent", "folders", row, name=name)
            known.append(folder.id)
        said = ", ".join(known)
        for row, file in enumerate(self.files):
            if file.folder not in known:
                name = file.folder
                raise StartError("lab.no-folder", "files", row, name=name, known=said)
            if not all(said.endswith(f".{file.type}") for said in file.name.values()):
                raise StartError("lab.no-ending", "files", row, ending=f".{file.type}")
        return self

    def _check_ids(self) -> None:
        taken = {BIN, TOP}
        for table, things in (("folders", self.folders), ("files", self.files)):
            for row, each in enumerate(things):
                if each.id in taken or each.id.startswith(filing.MADE):
                    raise StartError("lab.taken-row", table, row, name=each.id)
                taken.add(each.id)

    def start(self, rng: Random, profile: Profile) -> Files:
        """What the author wrote."""
        del rng, profile
        return Files(
            folders=tuple(
                Folder(id=each.id, name=each.name, parent=each.parent)
                for each in self.folders
            ),
            files=tuple(
                File(
                    id=each.id,
                    name=each.name,
                    folder=each.folder,
                    type=each.type,
                    size=each.size,
                    content=each.content,
                    origin=each.id,
                    skewed=each.skewed,
                )
                for each in self.files
            ),
        )

    def act(self, world: World, act: Act) -> World:
        """The world after this deed, else RefusedError."""
        return {**world, EXPLORER: cast("filing.Deed", act).done(files_in(world))}

    def facts(self, world: World) -> Facts:
        """What is where, under which name; names as the main language says them."""
        files = files_in(world)
        alive = living(world)
        lists: dict[str, list[str]] = {
            "names": [name_of(file, LANGUAGES[0]) for file in alive],
            "documents": [file.document for file in alive],
            "folders": [name_of(f, LANGUAGES[0]) for f in living_folders(files)],
            "deleted": [*_lost(files, alive), *files.erased],
            "erased": [*files.erased],
            "opened": [*files.opened],
            "scanned": [*files.scanned],
            **{f"folder.{each.id}": [] for each in self.folders},
            **{f"names.{each.content}": [] for each in self.files},
        }
        said = zip(alive, lists["names"], lists["documents"], strict=True)
        for file, name, document in said:
            lists[f"names.{file.content}"].append(name)
            # Folders made while working have no fact: goals could not name them.
            lists.get(f"folder.{file.folder}", []).append(document)
        return {name: tuple(words) for name, words in lists.items()}

    def tell(self, world: World, act: Act, language: str) -> dict[str, str]:
        """Names in the place of ids."""
        files = files_in(world)
        names = {
            each.id: name_of(each, language) for each in (*files.files, *files.folders)
        }
        told: dict[str, str] = {}
        for name, value in act.dump().items():
            said = [
                str(each) for each in (value if isinstance(value, list) else [value])
            ]
            if name != "name":
                said = [names.get(each, each) for each in said]
            told[name] = ", ".join(said)
        return told

    def look(self, world: World, act: Act) -> View:
        """At the file just opened, or just scanned."""
        if isinstance(act, filing.Open):
            return {"file": act.item}
        if isinstance(act, filing.Scan):
            return {"file": files_in(world).files[-1].id}
        return {}

    def show(self, world: World, view: View, language: str) -> dict[str, Any]:
        """The tree, what is in the folder looked at, and the file that lies open."""
        files = files_in(world)
        folders = living_folders(files)
        words = view.get("q", "").strip()[:LONGEST_SEARCH]
        here = _here(files, folders, view.get("folder", ""))
        sort = view.get("sort", "")
        sort = sort if sort in SORTS else SORTS[0]
        path = filing.path_of(files, here)  # nothing for the bin and the top
        tree = _tree(world, "", language)
        found = _listed(world, here, words, language)
        lines = [_line(world, item, language) for item in found]
        return {
            "here": "search" if words else here,
            "path": [{"id": each.id, "name": name_of(each, language)} for each in path],
            "tree": tree,
            "places": _places(tree),
            "bin": len(_binned(files)),
            "items": sorted(lines, key=lambda line: _order(line, sort)),
            "file": self._seen(world, view.get("file", ""), language),
            "q": words,
            "sort": sort,
        }

    def _seen(self, world: World, file_id: str, language: str) -> dict[str, Any] | None:
        """What the file says, once it was opened."""
        file = next((each for each in living(world) if each.id == file_id), None)
        if file is None or not file.opened:
            return None
        author = next(each for each in self.files if each.id == file.origin)
        lines = [
            line for line in LINE.split(words_of(author.preview, language)) if line
        ]
        rows = [[cell.strip() for cell in line.split(";")] for line in lines]
        return {
            **_line(world, file, language),
            "look": _look_of(file),
            "skewed": file.skewed,
            "lines": lines,
            "rows": rows,
        }


def _lost(files: Files, alive: tuple[File, ...]) -> list[str]:
    """The documents of the files in the bin."""
    if len(alive) == len(files.files):
        return []
    left = {file.id for file in alive}
    return [file.document for file in files.files if file.id not in left]


def _look_of(file: File) -> str:
    if file.is_photo:
        return "photo"
    if file.type in TABLES:
        return "table"
    return "film" if file.type in FILMS else "page"


def _here(files: Files, folders: Iterable[Folder], asked: str) -> str:
    """The folder looked at: the one asked for, else the nearest that still lives."""
    alive = [folder.id for folder in folders]
    if asked in (BIN, TOP):
        return asked
    above = [each.id for each in filing.path_of(files, asked) if each.id in alive]
    return next(iter([*reversed(above), *alive]), TOP)


def _binned(files: Files) -> list[File | Folder]:
    """What was put in the bin; what was in a folder that was is not told apart."""
    return [each for each in (*files.folders, *files.files) if each.deleted]


def _listed(world: World, here: str, words: str, language: str) -> list[File | Folder]:
    files = files_in(world)
    alive = [*living_folders(files), *living(world)]
    if words:
        wanted = folded(words).split()
        names = [(item, folded(name_of(item, language))) for item in alive]
        return [item for item, name in names if all(each in name for each in wanted)]
    if here == BIN:
        return _binned(files)
    place = "" if here == TOP else here
    return [item for item in alive if filing.place_of(item) == place]


def _inside(files: Files, folder_id: str) -> int:
    """How many things are in a folder, even when the folder is in the bin."""
    return sum(
        not each.deleted and filing.place_of(each) == folder_id
        for each in (*files.folders, *files.files)
    )


def _line(world: World, item: File | Folder, language: str) -> dict[str, Any]:
    """What a list says of a file or folder."""
    place = [
        name_of(f, language)
        for f in filing.path_of(files_in(world), filing.place_of(item))
    ]
    line = {"id": item.id, "name": name_of(item, language), "place": place}
    if isinstance(item, Folder):
        inside = _inside(files_in(world), item.id)
        return {**line, "folder": True, "type": "", "size": 0, "count": inside}
    big = item.size >= MEGA
    return {
        **line,
        "folder": False,
        "type": item.type,
        "size": item.size,
        "weight": round(item.size / MEGA, 1) if big else item.size,
        "unit": "MB" if big else "kB",
        "photo": item.is_photo,
        "skewed": item.skewed,
    }


def _order(line: Mapping[str, Any], sort: str) -> tuple[Any, ...]:
    """Folders first, then as asked, then by name."""
    first = line[sort] if sort != "name" else ""
    return (not line["folder"], first, folded(line["name"]), line["id"])


def _tree(world: World, parent: str, language: str) -> list[dict[str, Any]]:
    """The folders of a folder, by name, each with those that it holds."""
    branches = [f for f in living_folders(files_in(world)) if f.parent == parent]
    return [
        {
            "id": each.id,
            "name": name_of(each, language),
            "count": _inside(files_in(world), each.id),
            "inside": _tree(world, each.id, language),
        }
        for each in sorted(branches, key=lambda f: folded(name_of(f, language)))
    ]


def _places(
    tree: Iterable[Mapping[str, Any]], above: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The same in one list, each with the names that lead to it."""
    places: list[dict[str, Any]] = []
    for each in tree:
        path = (*above, each["name"])
        places.append({"id": each["id"], "path": path})
        places.extend(_places(each["inside"], path))
    return places
