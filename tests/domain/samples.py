"""A small course without a fault, and the ways to spoil it."""

from datetime import date

from course.domain.issue import Issue, Margin
from course.domain.library import Library
from course.domain.manuscript import lines_of
from course.domain.questions.base import Question
from course.domain.reading import read
from course.domain.sheet import Sheet
from course.domain.source.questions import heading_of, read_question, sheet_of

TODAY = date(2026, 11, 23)

FACTS = """\
# Facts

| name | fr | en | code | source | review |
|---|---|---|---|---|---|
| complaint-hours | 72 | 72 | V | law 2023-22 | 2027-04-01 |
| attacks | 128 | 128 | V1 | a report | 2027-04-01 |
| plan | 96 | 96 | P | a proposal | 2027-04-01 |
"""

TRADES = """\
| word | fitter | baker | hotel | hairdresser | cleaning | other |
|---|---|---|---|---|---|---|
| supplier | {0} A | {0} B | {0} C | {0} D | {0} E | {0} F |
"""

GLOSSARY = """\
| name | term | meaning |
|---|---|---|
| quarantine | {0} | A place where a file waits, as a [virus](term:virus) does. |
| virus | virus | A program that harms, known for {{{{ fact.attacks }}}} attacks. |
"""

MODULE = """\
---
minutes: 12
icon: shield
ink: red
digcomp: 4.1, 5.1
crcn: 4.1
quiz: antivirus
---

# Antivirus

Tomorrow, you will know what to do.

## short
Antivirus

## objectives
- sort: You sort five situations.
- act: You act in the right order.
"""

LESSON = """\
---
minutes: 5
aims: sort
was: old-contagion
---

# How a virus travels

Call {{ trade.supplier }} within {{ fact.complaint-hours }} hours.

## The four roads {#roads}

> [!NOTE] Good to know
> A virus needs a road. See [quarantine](term:quarantine).

![A cable and a key](images/roads.svg)

### On the way {#way}

- A message.
- A key.

:::trade fitter, baker, hotel
In your trade, the key goes from hand to hand.
:::
:::trade hairdresser, cleaning, other
In your trade, the tablet goes from hand to hand.
:::

:::for boss
You are the one who calls.
:::

:::story The cupboard
A florist locks her computer up. It happens to everybody.
:::

:::try cupboard
Two computers stand side by side, without a network. Can the virus pass?

- [ ] Yes
  > It needs a road.
- [x] No
  > Right, it needs a road.

> A network, a key or a message is a road.
:::

:::memo The first ten minutes
1. I cut the network.
2. I call for help,
   at once.
:::

Now take [the quiz](quiz:antivirus).
"""

OTHER_LESSON = """\
---
minutes: 2
aims: act
---

# What to do

Cut the network, then [read again](lesson:contagion#roads).
"""

QUIZ = """\
---
module: antivirus
mode: check
pass: 60
draw: 4
draw-scenario: 1
minutes: 5
---

# Antivirus: the quiz

## alert {scenario aim=act}

A computer of {{ trade.supplier }} shows an alert. What do you do first?

- [x] I cut the network
  > Right, the road
  > is closed.
- [ ] I lock it up
  > It can still harm.
- [ ] I wait
  > It goes on.

> A virus needs a road.
> [See again: the roads](lesson:contagion#roads)

## hours (2)

How many hours do you have?

= {{ fact.complaint-hours }} hours
≠ 48
  > Two days would be short.

> The law says so. [See again](lesson:contagion#roads)

## site {slips=1}

Which public site helps you?

= 17Cyber
= 17 Cyber
≠ 17
  > That is a telephone.

> A site, not a number. [See again](lesson:contagion#roads)

## steps {entry}

Put these in order.

1. Cut the network
   > At once.
2. Call for help
   > Then.
3. Complain
   > At last.

> The network first. [See again](lesson:contagion#roads)

## words

Match each word.

| Word | Meaning | Why |
|---|---|---|
| quarantine | a file kept apart | It waits. |
| virus | a program that harms | It travels. |
| key | a road | It goes round. |

> Words matter. [See again](lesson:contagion#roads)

## roads

Sort these.

### It can pass
- A shared folder
  > It is a road.
### It cannot pass
- A sheet of paper
  > No program there.
- The air
  > No road there.

> A virus needs a road. [See again](lesson:contagion#roads)
"""

LONG = " ".join(["word"] * 26)
CONTAGION = "lessons/1-antivirus/1-contagion.fr.md"
MODULE_FILE = "lessons/1-antivirus/module.fr.md"
QUIZ_FILE = "quizzes/antivirus.fr.md"


def files() -> dict[str, str]:
    """A course without a fault."""
    found = {
        "lessons/facts.md": FACTS,
        "lessons/README.md": "Whatever.",
        "lessons/1-antivirus/images/roads.svg": "",
    }
    for language in ("fr", "en"):
        found |= {
            f"lessons/trades.{language}.md": TRADES.format(language),
            f"lessons/glossary.{language}.md": GLOSSARY.format(language),
            f"lessons/1-antivirus/module.{language}.md": MODULE,
            f"lessons/1-antivirus/1-contagion.{language}.md": LESSON,
            f"lessons/1-antivirus/2-act.{language}.md": OTHER_LESSON,
            f"quizzes/antivirus.{language}.md": QUIZ,
        }
    return found


def read_files(found: dict[str, str], **options: bool) -> tuple[Library, list[Issue]]:
    return read(found, TODAY, **options)


def library() -> Library:
    return read_files(files())[0]


def spoilt(path: str, old: str, new: str, *, both: bool = True) -> list[Issue]:
    """The issues of the course once some words of a file are replaced."""
    found = files()
    paths = [path, path.replace(".fr.", ".en.")] if both else [path]
    for each in dict.fromkeys(paths):
        assert old in found[each], old
        found[each] = found[each].replace(old, new, 1)
    return read_files(found)[1]


def noted(issues: list[Issue], path: str = "") -> list[tuple[str, int]]:
    """The codes and lines of the issues, of one file or of all."""
    return [(issue.code, issue.line) for issue in issues if path in ("", issue.path)]


def line_of(path: str, words: str) -> int:
    """The line of the first course where these words are."""
    before, found, _ = files()[path].partition(words)
    assert found
    return before.count("\n") + 1


def sheet(text: str, heading: str = "q", language: str = "fr") -> Sheet:
    """A question as it is cut; the heading is line 1."""
    margin = Margin("quiz.fr.md")
    head = heading_of(heading, 1, margin)
    lines = lines_of("\n" + text)[1:]
    return sheet_of(head, lines, 1, language, margin)


def question(text: str, heading: str = "q", language: str = "fr") -> Question:
    """A question that can be read."""
    cut = sheet(text, heading, language)
    found = read_question({language: cut})
    assert found, cut.margin.issues
    return found


def codes(text: str, heading: str = "q") -> list[tuple[str, int]]:
    """What is noted about a question: codes and lines."""
    cut = sheet(text, heading)
    read_question({"fr": cut})
    return [(issue.code, issue.line) for issue in cut.margin.issues]
