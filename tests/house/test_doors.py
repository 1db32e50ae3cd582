"""Doors open from outside only: a feature's pages, forms and commands are its own."""

from tests.house.source import imports, modules, name_of

DOORS = frozenset({"views", "forms", "api", "cli", "jobs"})
ROOFS = frozenset({"course.app", "course.cli"})
ALLOWED = {
    # `serve` prints what is wrong in the folders exactly as `content check` does.
    ("course.features.site.cli", "course.features.catalogue.cli"),
}


def door(imported: str) -> str | None:
    """The private module that is reached by an import, if it is one."""
    parts = imported.split(".")
    if parts[:2] == ["course", "features"] and len(parts) > 3 and parts[3] in DOORS:
        return ".".join(parts[:4])
    return None


def test_no_feature_opens_the_door_of_another():
    opened = {
        (name_of(path), found)
        for path in modules("course")
        if name_of(path) not in ROOFS
        for imported in imports(path)
        if (found := door(imported))
        and found.split(".")[:3] != name_of(path).split(".")[:3]
    }

    assert opened - ALLOWED == set()


def test_no_exception_is_kept_without_need():
    used = {
        (name_of(path), door(one))
        for path in modules("course")
        for one in imports(path)
    }

    assert used >= ALLOWED
