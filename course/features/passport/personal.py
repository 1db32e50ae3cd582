"""What passports hold about people."""

from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.features.passport.models import Stamp

_WHY = _l("To hand you your stamps, and to be able to say why.")

HOLDINGS = (
    Holding(
        Stamp,
        _l("Your stamps"),
        {
            "module": Field(_l("Module"), _WHY, Until.ACCOUNT),
            "at": Field(_l("When"), _WHY, Until.ACCOUNT),
            "rule": Field(_l("Rule"), _WHY, Until.ACCOUNT),
            "evidence": Field(_l("Result"), _WHY, Until.ACCOUNT),
        },
        mine(Stamp),
    ),
)
