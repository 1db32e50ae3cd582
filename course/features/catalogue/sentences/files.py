"""What every file may get wrong: its place, its header, its tables, its words."""

from typing import Any

from course.base.i18n import _l

SENTENCES: dict[str, Any] = {
    "callout.unknown": _l("Write [!NOTE] or [!WARNING], not [!%(kind)s]."),
    "fact.bad-code": _l("Write one of these codes: %(known)s, not “%(value)s”."),
    "fact.bad-date": _l("Write the date as 2027-01-31, not “%(value)s”."),
    "fact.expired": _l(
        "The fact “%(name)s” was to be checked before %(review)s. Check its source, "
        "then change the date."
    ),
    "fact.not-sure": _l(
        "The fact “%(name)s” has the code %(code)s: it may not decide "
        "an answer. Only V may."
    ),
    "fact.project": _l(
        "The fact “%(name)s” is a project only. Check it before learners read it."
    ),
    "fence.unclosed": _l(
        "The code that begins here never ends. Add a line with ``` after it."
    ),
    "file.bad-name": _l(
        "Name this file “%(nearest)s” rather than “%(name)s”: small letters without "
        "accents, digits, hyphens."
    ),
    "file.missing-language": _l(
        "The language “%(language)s” is missing: learners read the "
        "other one. Add its file."
    ),
    "file.no-language": _l(
        "Say the language in the name of the file, for instance %(nearest)s."
    ),
    "file.no-module": _l(
        "The module “%(module)s” of this file cannot be read. Look at its module file."
    ),
    "file.no-number": _l(
        "Begin the name “%(name)s” with its number, for instance 1-%(name)s."
    ),
    "file.place-differs": _l("Give this file the same folder and number as %(other)s."),
    "file.same-key": _l(
        "The name “%(key)s” is taken by %(first)s. Choose another one."
    ),
    "file.same-place": _l(
        "The place %(place)s is taken by %(first)s. Give this file another number."
    ),
    "file.unexpected": _l(
        "This file is not read here: only texts (.md) and drawings in images/ are."
    ),
    "file.unexpected-place": _l(
        "No such file is read here. Compare its folder and its name with the others."
    ),
    "file.unknown-language": _l(
        "The course does not speak “%(language)s”. End the name with .fr.md or .en.md."
    ),
    "header.bad-value": _l("%(key)s: write %(wanted)s, not “%(value)s”."),
    "header.duplicate-key": _l("“%(key)s” is in the header twice. Keep one."),
    "header.missing": _l("Begin the file with its header: lines between two ---."),
    "header.missing-key": _l("Add to the header the line that begins with “%(key)s:”."),
    "header.not-a-pair": _l("Write “name: value” in the header, not “%(text)s”."),
    "header.one-name": _l(
        "“%(key)s:” takes one name. Keep one of these: %(value)s. A module leads to "
        "one quiz and one lab."
    ),
    "header.unclosed": _l("End the header with a line that holds only ---."),
    "header.unknown-key": _l("The header knows no “%(key)s”. It knows: %(known)s."),
    "link.not-https": _l("Write this address with https: %(target)s"),
    "link.unknown-anchor": _l(
        "The lesson “%(target)s” has no anchor {#%(anchor)s}. It has: %(known)s."
    ),
    "link.unknown-lab": _l("There is no lab “%(target)s”. Correct the link."),
    "link.unknown-lesson": _l("There is no lesson “%(target)s”. Correct the link."),
    "link.unknown-module": _l("There is no module “%(target)s”. Correct the header."),
    "link.unknown-quiz": _l("There is no quiz “%(target)s”. Correct the link."),
    "link.unknown-scheme": _l(
        "“%(target)s” leads nowhere. Begin it with term:, lesson:, "
        "quiz:, lab: or https:."
    ),
    "link.unknown-term": _l(
        "“%(target)s” is not in the glossary. Add it there, or correct the link."
    ),
    "picture.missing": _l(
        "There is no drawing %(target)s. Add the file, or correct its name."
    ),
    "picture.no-words": _l(
        "Say between [ ] what the picture %(target)s shows, for those "
        "who cannot see it."
    ),
    "prose.tag": _l(
        "Learners will read “%(text)s” as it is written: pages have "
        "no tags. Take it away."
    ),
    "quote.no-trade-here": _l(
        "These words are the same for every trade: write them without {{ "
        "trade.%(name)s }}."
    ),
    "quote.unknown-fact": _l(
        "There is no fact “%(name)s” in lessons/facts.md. Add it "
        "there, or correct the name."
    ),
    "quote.unknown-sum": _l(
        "There is no sum “%(name)s” that this line may quote. Add it to "
        "lessons/sums.md, or correct the name."
    ),
    "quote.unknown-trade-word": _l(
        "There is no word “%(name)s” in the table of trades. Add it "
        "there, or correct the name."
    ),
    "quote.unreadable": _l(
        "%(quote)s quotes nothing. Write {{ fact.name }}, {{ sum.name }} or "
        "{{ trade.name }}."
    ),
    "sentence.too-long": _l(
        "This sentence has %(words)s words, %(most)s at most. Cut it "
        "in two: “%(text)s…”"
    ),
    "sum.bad-formula": _l(
        "The sum “%(name)s” cannot be worked out: “%(formula)s”. Look at the shapes "
        "of a formula in lessons/README.md."
    ),
    "table.bad-name": _l(
        "Name this row “%(nearest)s” rather than “%(name)s”: small letters without "
        "accents, digits, hyphens."
    ),
    "table.cells": _l(
        "This row has %(found)s cells, its table has %(wanted)s "
        "columns. Add or take away a |."
    ),
    "table.duplicate-name": _l(
        "The name “%(name)s” is on line %(first)s already. Choose another one."
    ),
    "table.empty-cell": _l("Fill in the cell of this row under “%(column)s”."),
    "table.missing": _l("This file has no table. Write its rows between | signs."),
    "table.missing-column": _l("Add the column “%(column)s”."),
    "table.missing-row": _l("The row “%(name)s” is missing in this language. Add it."),
    "table.no-rule": _l(
        "Put a line such as |---|---| under the first row of this table."
    ),
    "table.unknown-column": _l(
        "This table knows no column “%(column)s”. It knows: %(known)s."
    ),
    "title.missing": _l("Write the title: one line that begins with # and a space."),
    "title.second": _l(
        "The title is on line %(first)s. Begin this heading with ## instead."
    ),
}
