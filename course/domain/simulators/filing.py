"""What may be done with files and folders, one Act for each deed."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import ClassVar
from unicodedata import normalize

from pydantic import Field

from course.domain.simulators.base import Act, RefusedError
from course.domain.simulators.files import (
    LONGEST_NAME,
    MOST_FILES,
    MOST_FOLDERS,
    SIGNS,
    File,
    Files,
    Folder,
    living_folders,
)
from course.domain.text import Text

TOP = "top"  # where folders are that are in no other
MADE = "made-"  # begins the id of what is made while working
SCAN_TYPE = "pdf"
LIGHTER = 4  # a scan weighs so many times less than its photo
Name = Text | str


class Deed(Act, ABC):
    """One thing done with files."""

    @abstractmethod
    def done(self, files: Files) -> Files:
        """The files after it, else RefusedError."""


class Open(Deed):
    """Look into a file."""

    item: str

    def done(self, files: Files) -> Files:
        """The same, and one knows what the file says."""
        file = file_at(files, self.item)
        opened = _with(files.opened, file.document)
        return _put(files, file.but(opened=True)).but(opened=opened)


class Rename(Deed):
    """Give a file or a folder another name."""

    item: str
    name: str

    def done(self, files: Files) -> Files:
        """The name is one that every system takes, and free in its folder."""
        item = _item_at(files, self.item)
        name = _clean(self.name)
        if isinstance(item, File):
            _keeps_extension(item, name)
        if name in _words(item.name):
            raise RefusedError("explorer.same-name")
        renamed = item.but(name=name)
        _free(files, renamed)
        return _put(files, renamed)


class Move(Deed):
    """Put files and folders into another folder; `to` may be `top`, for folders."""

    item: tuple[str, ...] = Field(max_length=MOST_FILES + MOST_FOLDERS)
    to: str = ""

    def done(self, files: Files) -> Files:
        """All of them are there; those that already were are left alone."""
        items = [_item_at(files, each) for each in _chosen(self.item)]
        to = _home(files, self.to)
        moved = [item for item in items if place_of(item) != to]
        if not moved:
            raise RefusedError("explorer.already-there")
        for item in moved:
            placed = _placed(files, item, to)
            _free(files, placed)
            files = _put(files, placed)
        return files


class Duplicate(Deed):
    """Make a second file that says the same."""

    item: str

    def done(self, files: Files) -> Files:
        """The copy is beside it, with a number in its name."""
        file = file_at(files, self.item)
        _room(files)
        ending = f".{file.type}"
        copies = (
            _each(
                file.name, lambda words, n=n: f"{words[: -len(ending)]} ({n}){ending}"
            )
            for n in count(1)
        )
        copy = file.but(id=_next_id(files), name="", opened=False)
        return _add(files, copy.but(name=_first_free(files, copy, copies)))


class Scan(Deed):
    """Make a straight document from a photo, as a scanning application does."""

    item: str

    def done(self, files: Files) -> Files:
        """The scan is beside its photo, and one sees what it says."""
        photo = file_at(files, self.item)
        if not photo.is_photo:
            raise RefusedError("explorer.not-a-photo")
        _room(files)
        scan = photo.but(
            id=_next_id(files),
            type=SCAN_TYPE,
            size=max(1, photo.size // LIGHTER),
            skewed=False,
            opened=True,
        )
        names = (f"scan-{n}.{SCAN_TYPE}" for n in count(1))
        named = scan.but(name=_first_free(files, scan, names))
        return _add(files, named).but(
            opened=_with(files.opened, scan.document),
            scanned=_with(files.scanned, scan.document),
        )


class Delete(Deed):
    """Put files and folders in the bin; what is in a folder goes with it."""

    item: tuple[str, ...] = Field(max_length=MOST_FILES + MOST_FOLDERS)

    def done(self, files: Files) -> Files:
        """They can be restored until the bin is emptied."""
        for item in [_item_at(files, each) for each in _chosen(self.item)]:
            files = _put(files, item.but(deleted=True))
        return files


class Restore(Deed):
    """Take files and folders out of the bin, to where they were."""

    item: tuple[str, ...] = Field(max_length=MOST_FILES + MOST_FOLDERS)

    def done(self, files: Files) -> Files:
        """They are as before; folders come first, since files go back into them."""
        items = [_known(files, each) for each in _chosen(self.item)]
        for item in sorted(items, key=lambda each: isinstance(each, File)):
            if not _lives(files, place_of(item)):
                raise RefusedError("explorer.folder-in-bin")
            if not item.deleted:
                raise RefusedError("explorer.not-in-bin")
            restored = item.but(deleted=False)
            _free(files, restored)
            files = _put(files, restored)
        return files


class Empty(Deed):
    """Empty the bin: nothing brings back what was there."""

    undoable: ClassVar[bool] = False

    def done(self, files: Files) -> Files:
        """Only what lives is left."""
        folders = living_folders(files)
        homes = {folder.id for folder in folders}
        kept = tuple(f for f in files.files if not f.deleted and f.folder in homes)
        if len(kept) == len(files.files) and len(folders) == len(files.folders):
            raise RefusedError("explorer.bin-empty")
        left = {file.id for file in kept}
        erased = files.erased
        for file in files.files:
            if file.id not in left:
                erased = _with(erased, file.document)
        return files.but(files=kept, folders=folders, erased=erased)


class MakeFolder(Deed):
    """Make a folder in another one, or at the top."""

    name: str
    within: str = TOP

    def done(self, files: Files) -> Files:
        """It is there, and empty."""
        if len(files.folders) >= MOST_FOLDERS:
            raise RefusedError("explorer.too-many-folders", most=MOST_FOLDERS)
        home = _home(files, self.within)
        made = Folder(id=_next_id(files), name=_clean(self.name), parent=home)
        _free(files, made)
        return files.but(folders=(*files.folders, made), made=files.made + 1)


def file_at(files: Files, file_id: str) -> File:
    """The living file of that id, else RefusedError."""
    found = _item_at(files, file_id)
    if not isinstance(found, File):
        raise RefusedError("explorer.not-a-file")
    return found


def folder_at(files: Files, folder_id: str) -> Folder:
    """The living folder of that id, else RefusedError."""
    found = next((f for f in living_folders(files) if f.id == folder_id), None)
    if found is None:
        raise RefusedError("explorer.no-folder")
    return found


def path_of(files: Files, folder_id: str) -> tuple[Folder, ...]:
    """The folder and those it is in, the one at the top first."""
    by_id = {folder.id: folder for folder in files.folders}
    path: list[Folder] = []
    above = by_id.get(folder_id)
    while above is not None:
        path.insert(0, above)
        above = by_id.get(above.parent)
    return tuple(path)


def place_of(item: File | Folder) -> str:
    """The folder that it is in; nothing for a folder at the top."""
    return item.parent if isinstance(item, Folder) else item.folder


def _home(files: Files, folder_id: str) -> str:
    """Where things are put that go there."""
    return "" if folder_id == TOP else folder_at(files, folder_id).id


def _placed(files: Files, item: File | Folder, to: str) -> File | Folder:
    if isinstance(item, File):
        if not to:
            raise RefusedError("explorer.no-folder")
        return item.but(folder=to)
    if item.id in {above.id for above in path_of(files, to)}:
        raise RefusedError("explorer.into-itself")
    return item.but(parent=to)


def _known(files: Files, item_id: str) -> File | Folder:
    for item in (*files.files, *files.folders):
        if item.id == item_id:
            return item
    raise RefusedError("explorer.gone")


def _item_at(files: Files, item_id: str) -> File | Folder:
    item = _known(files, item_id)
    home = item.id if isinstance(item, Folder) else item.folder
    if item.deleted or not _lives(files, home):
        raise RefusedError("explorer.in-bin")
    return item


def _lives(files: Files, folder_id: str) -> bool:
    return not any(folder.deleted for folder in path_of(files, folder_id))


def _chosen(ids: Iterable[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(ids))
    if not chosen:
        raise RefusedError("explorer.nothing-chosen")
    return chosen


def _put(files: Files, item: File | Folder) -> Files:
    """The same with this one in the place of the one of its id."""
    if isinstance(item, Folder):
        folders = tuple(item if f.id == item.id else f for f in files.folders)
        return files.but(folders=folders)
    return files.but(files=tuple(item if f.id == item.id else f for f in files.files))


def _add(files: Files, file: File) -> Files:
    return files.but(files=(*files.files, file), made=files.made + 1)


def _next_id(files: Files) -> str:
    return f"{MADE}{files.made + 1}"


def _room(files: Files) -> None:
    if len(files.files) >= MOST_FILES:
        raise RefusedError("explorer.too-many-files", most=MOST_FILES)


def _with(documents: tuple[str, ...], document: str) -> tuple[str, ...]:
    return documents if document in documents else (*documents, document)


def _words(name: Name) -> tuple[str, ...]:
    return (name,) if isinstance(name, str) else tuple(name.values())


def _each(name: Name, change: Callable[[str], str]) -> Name:
    return change(name) if isinstance(name, str) else name.map(change)


def _clean(typed: str) -> str:
    """The name that was typed, else RefusedError."""
    seen = "".join(sign for sign in " ".join(typed.split()) if sign.isprintable())
    name = normalize("NFC", seen)
    if not name.strip(". "):
        raise RefusedError("explorer.name-empty")
    if len(name) > LONGEST_NAME:
        raise RefusedError("explorer.name-long", most=LONGEST_NAME)
    for sign in name:
        if sign in SIGNS:
            raise RefusedError("explorer.name-sign", sign=sign, signs=" ".join(SIGNS))
    return name


def _keeps_extension(file: File, name: str) -> None:
    ending = f".{file.type}"
    if not name.lower().endswith(ending):
        raise RefusedError("explorer.extension", extension=ending)
    if not name[: -len(ending)].strip(". "):
        raise RefusedError("explorer.name-empty")


def _siblings(files: Files, item: File | Folder) -> Iterator[File | Folder]:
    """What else lives in its folder."""
    place = place_of(item)
    near = (
        *(file for file in files.files if file.folder == place),
        *(folder for folder in files.folders if folder.parent == place),
    )
    return (each for each in near if each.id != item.id and not each.deleted)


def _taken(files: Files, item: File | Folder) -> frozenset[str]:
    """Names that it cannot bear there, capitals or not."""
    return frozenset(
        words.casefold()
        for other in _siblings(files, item)
        for words in _words(other.name)
    )


def _free(files: Files, item: File | Folder) -> None:
    taken = _taken(files, item)
    if any(words.casefold() in taken for words in _words(item.name)):
        raise RefusedError("explorer.taken")


def _first_free(files: Files, item: File | Folder, names: Iterable[Name]) -> Name:
    taken = _taken(files, item)
    name = next(
        each
        for each in names
        if not any(words.casefold() in taken for words in _words(each))
    )
    if max(map(len, _words(name))) > LONGEST_NAME:
        raise RefusedError("explorer.name-long", most=LONGEST_NAME)
    return name
