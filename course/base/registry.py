"""Registry: a rack of named plug-ins."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from inspect import isabstract
from pkgutil import iter_modules
from threading import RLock
from typing import Generic, TypeVar

Plugin = TypeVar("Plugin")


class TakenError(Exception):
    """Two plug-ins want the same name."""


class Registry(Mapping[str, type[Plugin]], Generic[Plugin]):
    """The subclasses of a contract, by the name they bear; each name is taken once.

    Built-in ones are found by listing the modules of a package, others by their
    entry points; nothing is looked for before the first use.
    """

    def __init__(
        self, contract: type[Plugin], *, package: str, group: str, name: str = "kind"
    ) -> None:
        self.contract = contract
        self.package = package
        self.group = group
        self.name = name
        self._plugins: dict[str, type[Plugin]] = {}
        self._loaded = False
        self._lock = RLock()

    def add(self, plugin: type[Plugin]) -> type[Plugin]:
        """Put a plug-in on the rack; its name must be free."""
        name = str(getattr(plugin, self.name))
        if self._plugins.setdefault(name, plugin) is not plugin:
            raise TakenError(f"{self.package}: {name} is already taken.")
        return plugin

    def __getitem__(self, name: str) -> type[Plugin]:
        return self._load()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    def _load(self) -> dict[str, type[Plugin]]:
        with self._lock:
            if not self._loaded:
                for plugin in (*self._built_in(), *self._declared()):
                    self.add(plugin)
                self._plugins = dict(sorted(self._plugins.items()))
                self._loaded = True
        return self._plugins

    def _built_in(self) -> Iterator[type[Plugin]]:
        for found in iter_modules(import_module(self.package).__path__):
            module = import_module(f"{self.package}.{found.name}")
            for value in vars(module).values():
                if self._fits(value) and value.__module__ == module.__name__:
                    yield value

    def _declared(self) -> Iterator[type[Plugin]]:
        for entry in entry_points(group=self.group):
            yield entry.load()

    def _fits(self, value: object) -> bool:
        return (
            isinstance(value, type)
            and issubclass(value, self.contract)
            and not isabstract(value)
        )
