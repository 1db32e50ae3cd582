"""Files and folders of a desk, for the explorer and for the simulators beside it."""

from typing import cast

from course.domain.simulators.base import Frozen, State, World, words_of
from course.domain.text import Text

# The kind of simulator under which a world keeps its files.
EXPLORER = "explorer"
MOST_FILES = 60
MOST_FOLDERS = 20
LONGEST_NAME = 80
# What no system takes in a name.
SIGNS = '\\/:*?"<>|'
# What a scan can be made of.
PHOTOS = frozenset({"jpg", "jpeg", "png", "heic"})


class Folder(Frozen):
    """A folder where it is now."""

    id: str
    name: Text | str  # the author's, else what was typed
    parent: str = ""  # nothing: it is at the top
    deleted: bool = False  # to the bin, and all that is in it follows


class File(Frozen):
    """A file where it is now."""

    id: str
    name: Text | str  # the author's, else what was typed
    folder: str
    type: str
    size: int  # kB
    content: str  # what it says: two copies of one document share it
    origin: str  # the author's file that it comes from, itself or what was copied
    skewed: bool = False
    opened: bool = False
    deleted: bool = False

    @property
    def document(self) -> str:
        """What it says and how: `supplier.pdf`."""
        return f"{self.content}.{self.type}"

    @property
    def is_photo(self) -> bool:
        """Whether it can be scanned."""
        return self.type in PHOTOS


class Files(State):
    """All the files and folders, those of the bin too.

    The author's names are here in each of their languages, since simulators beside the
    explorer show them too.
    """

    folders: tuple[Folder, ...]
    files: tuple[File, ...]
    made: int = 0  # files and folders made since the start
    # Documents, each once, whatever became of them since.
    opened: tuple[str, ...] = ()
    scanned: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()


def files_in(world: World) -> Files:
    """The files of this desk."""
    return cast("Files", world[EXPLORER])


def name_of(item: File | Folder, language: str) -> str:
    """Its name, as one who speaks this language reads it."""
    return words_of(item.name, language)


def living_folders(files: Files) -> tuple[Folder, ...]:
    """The folders that are neither in the bin nor in a folder of the bin."""
    if not any(folder.deleted for folder in files.folders):
        return files.folders
    by_id = {folder.id: folder for folder in files.folders}
    living: list[Folder] = []
    for folder in files.folders:
        above: Folder | None = folder
        while above is not None and not above.deleted:
            above = by_id.get(above.parent)
        if above is None:
            living.append(folder)
    return tuple(living)


def living(world: World) -> tuple[File, ...]:
    """The files that are not in the bin, nor in a folder of the bin."""
    files = files_in(world)
    folders = {folder.id for folder in living_folders(files)}
    return tuple(f for f in files.files if not f.deleted and f.folder in folders)


def file_of(world: World, file_id: str) -> File | None:
    """The living file of that id."""
    return next((file for file in living(world) if file.id == file_id), None)


def folder_of(world: World, folder_id: str) -> Folder | None:
    """The living folder of that id."""
    folders = living_folders(files_in(world))
    return next((folder for folder in folders if folder.id == folder_id), None)
