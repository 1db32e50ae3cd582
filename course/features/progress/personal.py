"""What the ledger holds about people."""

from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.features.progress.models import Event, Standing

_WHAT = _l("To know what you have done and what comes next.")
_WHEN = _l("To let your trainer see when help is needed.")
_TIME = _l("To state the time really spent.")

HOLDINGS = (
    Holding(
        Event,
        _l("What you did"),
        {
            "at": Field(_l("When"), _WHEN, Until.ACCOUNT),
            "verb": Field(_l("What"), _WHAT, Until.ACCOUNT),
            "kind": Field(_l("Kind"), _WHAT, Until.ACCOUNT),
            "key": Field(_l("Lesson, lab or quiz"), _WHAT, Until.ACCOUNT),
            "result": Field(_l("Result"), _WHAT, Until.ACCOUNT),
            "seconds": Field(_l("Seconds"), _TIME, Until.ACCOUNT),
        },
        mine(Event),
        plain=frozenset({"client_id"}),  # made by chance in the page
    ),
    Holding(
        Standing,
        _l("Where you stand"),
        {
            "kind": Field(_l("Kind"), _WHAT, Until.ACCOUNT),
            "key": Field(_l("Lesson, lab or quiz"), _WHAT, Until.ACCOUNT),
            "state": Field(_l("State"), _WHAT, Until.ACCOUNT),
            "best": Field(_l("Best result"), _WHAT, Until.ACCOUNT),
            "tries": Field(_l("Tries"), _WHEN, Until.ACCOUNT),
            "answered": Field(_l("Answers"), _WHEN, Until.ACCOUNT),
            "first_at": Field(_l("First time"), _WHEN, Until.ACCOUNT),
            "last_at": Field(_l("Last time"), _WHEN, Until.ACCOUNT),
            "seconds": Field(_l("Seconds"), _TIME, Until.ACCOUNT),
            "hasty": Field(_l("Answers faster than reading"), _WHEN, Until.ACCOUNT),
            "wrong": Field(_l("Wrong tries in a row"), _WHEN, Until.ACCOUNT),
            "hurdle": Field(_l("On what"), _WHEN, Until.ACCOUNT),
        },
        mine(Standing),
    ),
)
