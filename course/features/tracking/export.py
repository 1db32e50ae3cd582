"""A cohort as a spreadsheet: everybody, with typed cells."""

import re
import unicodedata

from course.base import clock
from course.base.i18n import _, language
from course.base.spreadsheet.writing import Cell, Column, Minutes, Share
from course.domain.library import Library
from course.features.centre.models import Cohort
from course.features.tracking.queries import Place, places_of
from course.features.tracking.words import STATES, day_of


def columns_of(library: Library) -> list[Column]:
    """Who, then four columns for each module, then when."""
    columns = [Column(_("Name"), 28), Column(_("Sign-in name"), 24)]
    for module in library.modules:
        said = {"place": module.place, "module": module.short.say(language())}
        columns += [
            Column(_("%(place)s %(module)s: state", **said), 16),
            Column(_("%(place)s %(module)s: minutes", **said), 12),
            Column(_("%(place)s %(module)s: best result", **said), 12),
            Column(_("%(place)s %(module)s: stamp", **said), 14),
        ]
        if module.lab:
            columns += [
                Column(_("%(place)s %(module)s: lab", **said), 16),
                Column(_("%(place)s %(module)s: points of the lab", **said), 12),
            ]
    return [*columns, Column(_("Last seen"), 14)]


def rows_of(cohort: Cohort, library: Library) -> list[list[Cell]]:
    """Every learner in the order of names; three statements whatever their number."""
    return [_row(place, library) for place in places_of(cohort.id, library)]


def _row(place: Place, library: Library) -> list[Cell]:
    row: list[Cell] = [place.person.name, place.person.login]
    labs = iter(place.labs)
    for module, cell in zip(library.modules, place.cells, strict=True):
        row += [
            str(STATES[cell.state]),
            Minutes(-(-cell.seconds // 60)),
            None if cell.best is None else Share(cell.best),
            day_of(cell.stamped_at) if cell.stamped_at else None,
        ]
        if module.lab:
            lab = next(labs)
            points = (lab.best or 0) * library.lab(module.lab).out_of
            row += [
                str(STATES[lab.state]),
                None if lab.best is None else round(points, 2),
            ]
    return [*row, day_of(place.seen) if place.seen else None]


def name_of(cohort: Cohort, ending: str) -> str:
    """The name of the file: the cohort's, in plain letters, and the day."""
    plain = unicodedata.normalize("NFKD", cohort.name).encode("ascii", "ignore")
    word = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")
    return f"{word or cohort.code.lower()}-{day_of(clock.now()):%Y-%m-%d}.{ending}"
