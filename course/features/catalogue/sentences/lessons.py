"""What a lesson or a module may get wrong."""

from typing import Any

from course.base.i18n import _l

SENTENCES: dict[str, Any] = {
    "aim.unknown": _l(
        "“%(name)s” is no objective of the module %(module)s. Use one of its names."
    ),
    "lesson.bad-anchor": _l(
        "Write the anchor {#%(nearest)s} rather than {#%(anchor)s}: small letters "
        "without accents, digits, hyphens."
    ),
    "lesson.closes-nothing": _l("This ::: closes nothing. Take it away."),
    "lesson.duplicate-anchor": _l(
        "The anchor {#%(anchor)s} is on line %(first)s already. Choose another one."
    ),
    "lesson.empty": _l("This lesson has no text. Write it below the title."),
    "lesson.empty-section": _l(
        "There is nothing between this :::%(mark)s and its :::. Write something, or "
        "take both away."
    ),
    "lesson.few-colons": _l(
        ":%(mark)s is shown as it is written. Begin the line with three colons: "
        ":::%(mark)s."
    ),
    "lesson.heading-skipped": _l("“%(text)s” is one level too deep. Take one # away."),
    "lesson.memo-line": _l(
        "A memo card holds a numbered list only. Begin “%(text)s” "
        "with a number, or move it."
    ),
    "lesson.nested": _l(
        "Close with ::: what is open since line %(first)s before this :::%(mark)s."
    ),
    "lesson.no-anchor": _l(
        "Add an anchor after “%(text)s”, for instance {#name}, so "
        "that a quiz can lead here."
    ),
    "lesson.no-title": _l("Write a title after :::%(mark)s, on the same line."),
    "lesson.second-memo": _l(
        "A lesson has one memo card: there is one on line %(first)s. Keep one."
    ),
    "lesson.too-long": _l(
        "This lesson says %(minutes)s min but takes %(needed)s (%(words)s words). "
        "Shorten it, or correct the minutes."
    ),
    "lesson.trade-twice": _l(
        "The trade “%(trade)s” is written twice in a row. Keep one."
    ),
    "lesson.trades-missing": _l(
        "These trades have no text here: %(trades)s. Write one for each."
    ),
    "lesson.unclosed": _l(
        "The :::%(mark)s that begins here never ends. Add a line with ::: after it."
    ),
    "lesson.unknown-mark": _l("There is no :::%(mark)s. Use one of: %(known)s."),
    "lesson.unknown-readers": _l(
        "Say for whom it is, with one of these words: %(known)s."
    ),
    "module.bad-name": _l(
        "Name this objective “%(nearest)s” rather than “%(name)s”: small letters "
        "without accents, digits, hyphens."
    ),
    "module.bad-objective": _l(
        "Write an objective as “- name: the sentence”, not “%(text)s”."
    ),
    "module.long-short": _l(
        "“%(text)s” is too long for the stamp: %(most)s letters at most."
    ),
    "module.no-objective": _l("Write what one can do at the end, under ## objectives."),
    "module.no-promise": _l(
        "Write below the title what one will be able to do tomorrow."
    ),
    "module.no-short": _l("Write the word of the stamp under ## short."),
    "module.lab-twice": _l(
        "“%(name)s” is the lab of this module already: take it out of “more:”."
    ),
    "module.no-such-lab": _l(
        "This module has no lab “%(name)s” in its folder. Add it, or correct the name."
    ),
    "module.same-objective": _l(
        "The objective “%(name)s” is written twice. Give each its own name."
    ),
    "module.too-short": _l(
        "This module says %(minutes)s min, but its parts take %(parts)s. "
        "Correct the minutes."
    ),
    "module.unknown-section": _l(
        "A module has no part called “%(name)s”. It has: %(known)s."
    ),
}
