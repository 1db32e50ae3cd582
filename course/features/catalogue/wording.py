"""What each Issue asks an author to do, in the reader's words."""

from typing import Any

from course.base.i18n import _, _l
from course.domain.issue import Issue
from course.features.catalogue.models import Finding

SENTENCES: dict[str, Any] = {
    "aim.unknown": _l(
        "“%(name)s” is no objective of the module %(module)s. Use one of its names."
    ),
    "callout.unknown": _l("Write [!NOTE] or [!WARNING], not [!%(kind)s]."),
    "choice.all-right": _l(
        "Every box of “%(name)s” is ticked. Add an answer that is not right."
    ),
    "choice.bad-box": _l("Write [x] for a right answer, or [ ], not [%(mark)s]."),
    "choice.empty": _l("Write the answer after its box."),
    "choice.no-box": _l(
        "“%(name)s” has a list without boxes. Write [x] or [ ] after each hyphen."
    ),
    "choice.no-reason": _l("Say why, below “%(text)s”: two spaces, > and a sentence."),
    "choice.no-right": _l(
        "No box of “%(name)s” is ticked. Put [x] before the right answer."
    ),
    "choice.right-opinion": _l(
        "“%(name)s” asks for an opinion. Leave its boxes empty: [ ]."
    ),
    "choice.same-text": _l(
        "“%(text)s” is written twice. Give each answer its own words."
    ),
    "choice.too-few": _l("Give “%(name)s” at least %(least)s answers."),
    "equals.empty": _l("Write the expected answer after the = sign."),
    "equals.no-reason": _l(
        "Say below “%(text)s” why it is not right: two spaces, > and a sentence."
    ),
    "equals.no-right": _l(
        "“%(name)s” has no right answer. Add a line that begins with =."
    ),
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
        "The module “%(module)s” of this lesson cannot be read. Look "
        "at its module file."
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
    "header.unclosed": _l("End the header with a line that holds only ---."),
    "header.unknown-key": _l("The header knows no “%(key)s”. It knows: %(known)s."),
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
    "link.not-https": _l("Write this address with https: %(target)s"),
    "link.unknown-anchor": _l(
        "The lesson “%(target)s” has no anchor {#%(anchor)s}. It has: %(known)s."
    ),
    "link.unknown-lab": _l(
        "There is no lab “%(target)s” yet: the link is shown as plain words."
    ),
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
    "match.columns": _l(
        "This table has %(found)s columns. Give it two, or three with the reason."
    ),
    "match.same-target": _l(
        "“%(text)s” is on the right side twice. Make groups with ### instead."
    ),
    "match.same-text": _l(
        "“%(text)s” is on the left side twice. Give each row its own words."
    ),
    "match.too-few": _l("Give “%(name)s” at least %(least)s rows."),
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
    "module.same-objective": _l(
        "The objective “%(name)s” is written twice. Give each its own name."
    ),
    "module.too-short": _l(
        "This module says %(minutes)s min, but its lessons and quiz take %(parts)s. "
        "Correct the minutes."
    ),
    "module.unknown-section": _l(
        "A module has no part called “%(name)s”. It has: %(known)s."
    ),
    "number.ambiguous": _l(
        "“%(text)s” can be read in two ways. Write it without a thousands sign."
    ),
    "number.bad-wrong": _l(
        "“%(text)s” is no number, but the right answer is one. Write a number."
    ),
    "number.right-and-wrong": _l(
        "“%(text)s” is given as wrong, but it counts as right. Change "
        "it, or the margin."
    ),
    "order.same-text": _l("“%(text)s” is written twice. Give each step its own words."),
    "order.too-few": _l("Give “%(name)s” at least %(least)s steps."),
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
    "question.bad-aim": _l("“%(value)s” is no name of an objective. Write aim=name."),
    "question.bad-name": _l(
        "Name this question “%(nearest)s” rather than “%(name)s”: small letters "
        "without accents, digits, hyphens."
    ),
    "question.bad-points": _l(
        "Write the points as a number between brackets, not “%(value)s”."
    ),
    "question.duplicate-name": _l(
        "The name “%(name)s” is on line %(first)s already. Choose another one."
    ),
    "question.heading": _l(
        "A question holds no other heading. Write “%(text)s” without #."
    ),
    "question.invalid": _l(
        "“%(name)s” cannot be used as it is written. Look at “%(field)s”."
    ),
    "question.no-answer": _l(
        "“%(name)s” has no answer. Add boxes, a line with =, a "
        "numbered list, a table or groups."
    ),
    "question.no-ask": _l("Write what “%(name)s” asks, below its name."),
    "question.no-see": _l(
        "End the explanation of “%(name)s” with a link to the paragraph to see again."
    ),
    "question.no-why": _l(
        "End “%(name)s” with its explanation: lines that begin with >."
    ),
    "question.opinion-points": _l(
        "“%(name)s” asks for an opinion: take its points away."
    ),
    "question.reason-not-indented": _l(
        "Put two spaces before this >, so that it explains the answer above."
    ),
    "question.stray-line": _l(
        "“%(text)s” is neither an answer nor a reason. Put it before "
        "the answers, or after >."
    ),
    "question.two-kinds": _l(
        "“%(name)s” has two kinds of answer (%(kinds)s). Keep one."
    ),
    "question.unknown-mark": _l("There is no mark “%(mark)s” here. Use: %(known)s."),
    "quiz.draw": _l(
        "%(draw)s questions are to be drawn, but there are %(pool)s. "
        "Write more, or draw fewer."
    ),
    "quiz.draw-mark": _l(
        "%(draw)s questions marked “%(mark)s” are to be drawn, but there are "
        "%(pool)s. Write more, or draw fewer."
    ),
    "quiz.no-question": _l(
        "This quiz has no question. Begin one with ## and its name."
    ),
    "quiz.text-before": _l(
        "“%(text)s” belongs to no question. Put it below a ## line."
    ),
    "quote.no-trade-here": _l(
        "These words are the same for every trade: write them without {{ "
        "trade.%(name)s }}."
    ),
    "quote.unknown-fact": _l(
        "There is no fact “%(name)s” in lessons/facts.md. Add it "
        "there, or correct the name."
    ),
    "quote.unknown-trade-word": _l(
        "There is no word “%(name)s” in the table of trades. Add it "
        "there, or correct the name."
    ),
    "quote.unreadable": _l(
        "%(quote)s quotes nothing. Write {{ fact.name }} or {{ trade.name }}."
    ),
    "sentence.too-long": _l(
        "This sentence has %(words)s words, %(most)s at most. Cut it "
        "in two: “%(text)s…”"
    ),
    "sort.empty-group": _l(
        "Nothing belongs to the group “%(group)s”. Add a line to it, or take it away."
    ),
    "sort.same-group": _l("The group “%(text)s” is written twice. Join both."),
    "sort.same-text": _l("“%(text)s” is written twice. Keep it in one group."),
    "sort.too-few": _l("Give “%(name)s” at least %(least)s groups."),
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
    "table.empty-cell": _l("Fill in the empty cell of this row."),
    "table.missing": _l("This file has no table. Write its rows between | signs."),
    "table.missing-column": _l("Add the column “%(column)s”."),
    "table.missing-row": _l("The row “%(name)s” is missing in this language. Add it."),
    "table.no-rule": _l(
        "Put a line such as |---|---| under the first row of this table."
    ),
    "table.unknown-column": _l(
        "This table knows no column “%(column)s”. It knows: %(known)s."
    ),
    "text.bad-slips": _l("Write slips=1, 2 or 3, not “%(value)s”."),
    "text.right-and-wrong": _l(
        "“%(text)s” is given as wrong, but it counts as right. Take one away."
    ),
    "text.too-many-slips": _l(
        "slips=%(value)s is too much for so short an answer. Write less."
    ),
    "title.missing": _l("Write the title: one line that begins with # and a space."),
    "title.second": _l(
        "The title is on line %(first)s. Begin this heading with ## instead."
    ),
    "twin.count": _l(
        "“%(name)s” has %(found)s lines here and %(wanted)s in "
        "%(other)s. Write as many."
    ),
    "twin.differs": _l(
        "“%(name)s” says “%(here)s” here and “%(there)s” in %(other)s (%(field)s). "
        "Write the same."
    ),
    "twin.header": _l(
        "%(key)s is “%(here)s” here and “%(there)s” in %(other)s. Write the same."
    ),
    "twin.kind": _l(
        "“%(name)s” is a question of another kind in %(other)s (%(there)s, not "
        "%(here)s). Write the same kind."
    ),
    "twin.missing-objective": _l(
        "The objective “%(name)s” is missing in this language. Add it."
    ),
    "twin.missing-question": _l(
        "The question “%(name)s” is missing in this language. Add it."
    ),
    "twin.more-anchor": _l(
        "The anchor {#%(anchor)s} is not in %(other)s. Use the same "
        "anchors in both languages."
    ),
    "twin.no-anchor": _l(
        "The anchor {#%(anchor)s} of %(other)s is missing here. Use the same anchors "
        "in both languages."
    ),
    "twin.right": _l(
        "The right answer number %(place)s of “%(name)s” is not the one of %(other)s. "
        "Make them agree."
    ),
    "twin.sections": _l(
        "The ::: marks are not those of %(other)s. Put the same ones, "
        "in the same order."
    ),
    "twin.value": _l(
        "The answer of “%(name)s” is %(here)s here and %(there)s in "
        "%(other)s. Write the same."
    ),
}


class _Values(dict[str, Any]):
    """A value that an older version did not keep leaves a gap, not a crash."""

    def __missing__(self, name: str) -> str:
        return "…"


def sentence(issue: Issue | Finding) -> str:
    """What to do, in the reader's language."""
    found = SENTENCES.get(issue.code)
    if found is None:
        return _("Look at this line again (%(code)s).", code=issue.code)
    return str(found) % _Values(issue.values)
