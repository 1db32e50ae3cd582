"""What is said of a list: what to put right, line by line, in plain words."""

from typing import Any

from course.base.i18n import _, _l
from course.base.spreadsheet.table import Note, UnreadableSheetError
from course.domain.issue import Issue

# Of the whole list.
SENTENCES: dict[str, Any] = {
    "sheet.archive": _l(
        "This is a folder packed into one file. Open it, and choose the list inside."
    ),
    "sheet.binary-workbook": _l(
        "This workbook has the .xlsb format. Save it in .xlsx, then choose it again."
    ),
    "sheet.broken": _l(
        "This workbook is damaged. Open it, save it again in .xlsx, then choose it."
    ),
    "sheet.document": _l("This is a text document. Copy its list, and paste it below."),
    "sheet.empty": _l("This list is empty. Choose the file that holds the names."),
    "sheet.formulas": _l(
        "Some lines hold formulas without a result. They are left aside."
    ),
    "sheet.merged": _l(
        "Some cells are merged: only the first of them keeps its text. "
        "Separate them if a name is missing."
    ),
    "sheet.numbers": _l(
        "This workbook has the .numbers format. Export it in .xlsx or .csv, "
        "then choose it again."
    ),
    "sheet.old-encoding": _l(
        "This file does not say how it writes accents. Check them in the names below."
    ),
    "sheet.old-workbook": _l(
        "This workbook has the old format .xls. Save it in .xlsx or .csv, "
        "then choose it again."
    ),
    "sheet.open-quote": _l(
        "On line %(line)s, a quotation mark opens and never closes. Take it out, "
        "then send the list again."
    ),
    "sheet.opendocument": _l(
        "This workbook has the .ods format. Save it in .xlsx or .csv, "
        "then choose it again."
    ),
    "sheet.page": _l(
        "This is a web page, not a workbook. Open it in your spreadsheet program, "
        "save it in .xlsx, then choose it again."
    ),
    "sheet.password": _l(
        "This workbook has a password. Save it without a password, "
        "then choose it again."
    ),
    "sheet.pdf": _l("This is a PDF. Copy its list, and paste it below."),
    "sheet.picture": _l("This is a picture. Type the names below, one on each line."),
    "sheet.several": _l(
        "Several sheets hold something. Only the first one is read: “%(name)s”."
    ),
    "sheet.too-heavy": _l(
        "This file is too big. Copy the names into a new workbook, then choose it."
    ),
    "sheet.too-long": _l(
        "This list is too long: %(most)s lines at most. Send it in several parts."
    ),
    "sheet.too-wide": _l(
        "Line %(line)s has more than %(most)s columns. Keep the columns of the names."
    ),
    "sheet.unknown": _l(
        "This file cannot be read. Save your list in .xlsx or .csv, "
        "then choose it again."
    ),
    "roster.above": _l(
        "The header is on line %(line)s. What stands above it is left aside."
    ),
    "roster.no-header": _l(
        "The first line says “%(seen)s”. Write there what each column holds: "
        "First name, Last name."
    ),
    "roster.no-last-column": _l(
        "There is a column of first names and none of last names. "
        "Add the column Last name."
    ),
    "roster.no-lines": _l(
        "The list has a header and nobody below it. Write one person on each line."
    ),
    "roster.swapped": _l(
        "The first names are in capitals, the last names are not. "
        "Are the two columns exchanged?"
    ),
}

# Of one line: they come after its number.
OF_A_LINE: dict[str, Any] = {
    "roster.bad-login": _l(
        "“%(login)s” is no sign-in name: it has neither space nor accent. "
        "Correct it, or empty its cell."
    ),
    "roster.date": _l("“%(text)s” is a date. Write the name."),
    "roster.digits": _l("“%(text)s” has figures. Write the name without them."),
    "roster.e-mail": _l("“%(text)s” is an e-mail address. Write the name."),
    "roster.formula": _l("“%(text)s” is a formula. Write the name itself."),
    "roster.garbled": _l(
        "the accents of “%(text)s” are damaged. Write the name again."
    ),
    "roster.half-name": _l(
        "“%(name)s” is not enough. Write the first name and the last name."
    ),
    "roster.login-of-member": _l(
        "%(name)s has the sign-in name “%(login)s” in this cohort. "
        "Correct it, or empty its cell."
    ),
    "roster.login-taken": _l(
        "“%(login)s” is the sign-in name of an account outside this cohort. "
        "Empty its cell, or give that person the code of the cohort."
    ),
    "roster.no-first": _l("the first name is missing."),
    "roster.no-last": _l("the last name is missing."),
    "roster.no-name": _l("the name is missing."),
    "roster.same-login": _l(
        "the sign-in name is that of line %(other)s. Correct it, or empty its cell."
    ),
    "roster.sign": _l("“%(text)s” has a sign that no name has: %(sign)s Take it out."),
    "roster.too-long": _l("the name is too long: %(most)s characters at most."),
    "roster.twice": _l("the same name as on line %(other)s."),
}


def sentence(said: Issue | Note | UnreadableSheetError) -> str:
    """What to do about the whole list."""
    values = dict(said.values)
    if isinstance(said, Issue):
        values["line"] = said.line
    return SENTENCES[said.code] % values


def line_sentence(issue: Issue) -> str:
    """What to do about a line, its number first."""
    what = OF_A_LINE[issue.code] % dict(issue.values)
    return _("Line %(line)s: %(what)s", line=issue.line, what=what)
