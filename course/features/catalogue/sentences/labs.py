"""What a lab may get wrong: its text, its start, its runs."""

from typing import Any

from course.base.i18n import _l

SENTENCES: dict[str, Any] = {
    "lab.bad-act": _l(
        "“%(text)s” is no act. Write “1. simulator act field=value”, several words "
        "between quotes."
    ),
    "lab.bad-choice": _l("“%(field)s” is one of these: %(wanted)s. Write one."),
    "lab.bad-condition": _l(
        "“%(text)s” is no condition. Write a simulator, a dot, a fact, then a shape "
        "and its words: explorer.documents has invoice.pdf."
    ),
    "lab.bad-name": _l(
        "Name it “%(nearest)s” rather than “%(name)s”: small letters without accents, "
        "digits, hyphens."
    ),
    "lab.bad-see": _l("Write the link as [words](lesson:name#anchor), not “%(text)s”."),
    "lab.bad-start": _l("“%(field)s” cannot be “%(value)s”. Correct it."),
    "lab.empty-key": _l("Write something after “%(key)s:”, or take the line away."),
    "lab.empty-section": _l("There is nothing under ## %(name)s. Write it there."),
    "lab.given": _l(
        "Who does nothing gets points for “%(name)s”. Add a condition, or the goal "
        "that it needs.%(trades)s"
    ),
    "lab.late-parent": _l(
        "Write the folder “%(name)s” first: a folder comes below the one that holds it."
    ),
    "lab.missed": _l(
        "The run “%(name)s” misses these goals: %(found)s. Write in it “- missed: "
        "%(found)s”, or correct its acts, or a condition.%(trades)s"
    ),
    "lab.missing-start": _l("The start lacks “%(field)s”. Add it here."),
    "lab.needs": _l(
        "The simulator “%(name)s” needs “%(needed)s” on the desk. Add it to desk:."
    ),
    "lab.never-any": _l(
        "No run ever shows anything in %(fact)s: nobody knows whether “%(name)s” is "
        "the right word. Write a run that shows it."
    ),
    "lab.never-so": _l(
        "No run ever shows “%(name)s” in %(fact)s. They show: %(known)s. Correct this "
        "word, or write a run that shows it."
    ),
    "lab.no-act": _l(
        "The run “%(name)s” does nothing. Write its acts, one numbered line each."
    ),
    "lab.no-condition": _l(
        "Say when “%(name)s” comes true: add a line such as “- when: "
        "antivirus.protection is on”."
    ),
    "lab.no-consequence": _l(
        "Tell what happens in “%(name)s”: #### and a title, then the text."
    ),
    "lab.no-ending": _l("End the name of this file with %(ending)s, as its type says."),
    "lab.no-folder": _l(
        "No folder has the short name “%(name)s”. There is: %(known)s. Each file "
        "begins in one of them: write a folder for the desktop too."
    ),
    "lab.no-full-run": _l(
        "No run gets all the points (%(points)s) without a wrong turn. Write one under "
        "## runs."
    ),
    "lab.no-hint": _l("Give “%(name)s” a hint, for whoever is stuck."),
    "lab.no-number": _l(
        "Under “%(field)s”, write a whole number alone, not “%(value)s”."
    ),
    "lab.no-points": _l("Write the points of “%(name)s” between brackets."),
    "lab.no-post": _l("No post has the short name “%(name)s”. There is: %(known)s."),
    "lab.no-reflex": _l("Say in “%(name)s”, after missed:, what the right reflex is."),
    "lab.no-run-to": _l("No run leads to “%(name)s”. Write one that does."),
    "lab.no-section": _l("Add the part ## %(name)s."),
    "lab.no-see": _l(
        "End “%(name)s” with see: and a link to the paragraph to read again."
    ),
    "lab.no-sentence": _l(
        "Write below the name of “%(name)s” what is true once it is reached."
    ),
    "lab.no-story": _l("Write below the title what happened and what is expected."),
    "lab.no-table": _l("Write a table under #### %(name)s."),
    "lab.no-yes": _l("Under “%(field)s”, write yes or no, not “%(value)s”."),
    "lab.not-named": _l(
        "The module %(module)s does not lead to this lab: nobody will find it. A "
        "module has one lab, “lab: %(name)s” in its header; others go under “more:”."
    ),
    "lab.nothing-missed": _l(
        "The run “%(name)s” misses nothing. Take away its line “- missed:”, or "
        "correct its acts, or a condition.%(trades)s"
    ),
    "lab.nothing-springs": _l(
        "The run “%(name)s” leads to no consequence. Take away its line “- springs:”, "
        "or correct its acts, or a condition.%(trades)s"
    ),
    "lab.pass": _l("%(wanted)s points are asked, but there are %(found)s in all."),
    "lab.points": _l(
        "Points that the run “%(name)s” gets: %(found)s. Its title says: (%(wanted)s). "
        "Correct one or the other.%(trades)s"
    ),
    "lab.refused": _l(
        "The simulator refuses “%(act)s” here, and tells the learner: %(reason)s"
        "%(trades)s"
    ),
    "lab.runs-twice": _l("The runs are written in %(other)s only. Take these away."),
    "lab.second-key": _l("“%(key)s” is written twice. Keep one."),
    "lab.second-name": _l(
        "The name “%(name)s” is on line %(first)s already. Choose another one."
    ),
    "lab.second-section": _l(
        "The part ## %(name)s begins on line %(first)s already. Join both."
    ),
    "lab.springs": _l(
        "The run “%(name)s” leads to these consequences: %(found)s. Write in it "
        "“- springs: %(found)s”, or correct its acts, or a condition.%(trades)s"
    ),
    "lab.sprung-at-start": _l(
        "“%(name)s” is so from the start: nobody would see it happen. Change its "
        "condition.%(trades)s"
    ),
    "lab.start-fault": _l(
        "The start of “%(simulator)s” does not hold together: %(reason)s"
    ),
    "lab.stray-line": _l("“%(text)s” has no place here. Move it, or take it away."),
    "lab.taken-row": _l(
        "Give this row another short name than “%(name)s”: it is taken by another row, "
        "or by the simulator."
    ),
    "lab.task-without-goal": _l(
        "No goal says when the task “%(name)s” is done. Add to one: task: %(name)s."
    ),
    "lab.too-few": _l("“%(field)s” needs %(least)s rows at least. Add some."),
    "lab.too-many": _l("“%(field)s” takes %(most)s rows at most. Take some away."),
    "lab.unknown-act": _l("There is no act “%(name)s”. Use one of: %(known)s."),
    "lab.unknown-fact": _l("No such fact as “%(name)s”. There is: %(known)s."),
    "lab.unknown-field": _l("This act has no field “%(name)s”. It has: %(known)s."),
    "lab.unknown-key": _l("Nothing is called “%(key)s” here. Use one of: %(known)s."),
    "lab.unknown-mark": _l(
        "There is no mark {%(mark)s} here. The only one: {required}."
    ),
    "lab.unknown-name": _l("Nothing bears the name “%(name)s”. There is: %(known)s."),
    "lab.unknown-row": _l(
        "In “%(act)s”, nothing has the short name “%(name)s”: write the first cell of "
        "a row of the start. There is: %(known)s."
    ),
    "lab.unknown-section": _l("A lab has no part “%(name)s”. It has: %(known)s."),
    "lab.unknown-simulator": _l(
        "There is no simulator “%(name)s” here. Use one of: %(known)s."
    ),
    "lab.unknown-start": _l(
        "The start of “%(simulator)s” has no “%(name)s”. It has: %(known)s."
    ),
    "part.not-a-pair": _l("Write “- name: value”, not “%(text)s”."),
}
