"""What a question or a quiz may get wrong."""

from typing import Any

from course.base.i18n import _l

SENTENCES: dict[str, Any] = {
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
    "sort.empty-group": _l(
        "Nothing belongs to the group “%(group)s”. Add a line to it, or take it away."
    ),
    "sort.same-group": _l("The group “%(text)s” is written twice. Join both."),
    "sort.same-text": _l("“%(text)s” is written twice. Keep it in one group."),
    "sort.too-few": _l("Give “%(name)s” at least %(least)s groups."),
    "text.bad-slips": _l("Write slips=1, 2 or 3, not “%(value)s”."),
    "text.right-and-wrong": _l(
        "“%(text)s” is given as wrong, but it counts as right. Take one away."
    ),
    "text.too-many-slips": _l(
        "slips=%(value)s is too much for so short an answer. Write less."
    ),
}
