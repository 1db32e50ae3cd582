import sys
from abc import ABC, abstractmethod
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import ClassVar

import pytest

from course.base import registry
from course.base.registry import Registry, TakenError


class Tool(ABC):
    kind: ClassVar[str]

    @abstractmethod
    def use(self) -> None: ...


class Saw(Tool):
    kind = "saw"

    def use(self) -> None:
        """Saw."""


class OtherSaw(Saw):
    """Another saw."""


MODULE = """
from {here} import Saw, Tool

class Hammer(Tool):
    kind = "hammer"
    def use(self): ...

class Half(Tool):
    kind = "half"

NOT_A_TOOL = 3
"""


@pytest.fixture
def rack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry[Tool]:
    folder = tmp_path / "shop_of_tools"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "hammer.py").write_text(MODULE.format(here=__name__))
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("shop_of_tools", "shop_of_tools.hammer"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return Registry(Tool, package="shop_of_tools", group="course.tools")


def test_the_modules_of_the_package_are_found(rack: Registry[Tool]) -> None:
    assert list(rack) == ["hammer"]
    assert len(rack) == 1
    assert rack["hammer"].kind == "hammer"
    with pytest.raises(KeyError):
        rack["half"]


def test_others_are_found_by_their_entry_points(
    rack: Registry[Tool], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = EntryPoint("saw", f"{__name__}:Saw", "course.tools")

    def declared(group: str) -> EntryPoints:
        return EntryPoints([entry]).select(group=group)

    monkeypatch.setattr(registry, "entry_points", declared)

    assert list(rack) == ["hammer", "saw"]


def test_a_name_is_taken_once(rack: Registry[Tool]) -> None:
    assert rack.add(Saw) is Saw
    assert rack.add(Saw) is Saw

    with pytest.raises(TakenError, match="saw is already taken"):
        rack.add(OtherSaw)
