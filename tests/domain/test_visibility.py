import pytest

from course.domain.visibility import (
    EVERYTHING,
    FEEDBACK,
    NOTHING,
    Mode,
    Moment,
    Visibility,
    visibility,
)


@pytest.mark.parametrize(
    ("mode", "moment", "seen"),
    [
        (Mode.PRACTICE, Moment.ANSWERING, NOTHING),
        (Mode.PRACTICE, Moment.ANSWERED, FEEDBACK),
        (Mode.PRACTICE, Moment.ENDED, EVERYTHING),
        (Mode.CHECK, Moment.ANSWERING, NOTHING),
        (Mode.CHECK, Moment.ANSWERED, NOTHING),
        (Mode.CHECK, Moment.ENDED, EVERYTHING),
        (Mode.SURVEY, Moment.ANSWERING, NOTHING),
        (Mode.SURVEY, Moment.ANSWERED, NOTHING),
        (Mode.SURVEY, Moment.ENDED, NOTHING),
    ],
)
def test_what_a_learner_sees_depends_on_the_mode_and_the_moment(
    mode: Mode, moment: Moment, seen: Visibility
) -> None:
    assert visibility(mode, moment) == seen


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("moment", Moment)
def test_staff_sees_everything(mode: Mode, moment: Moment) -> None:
    assert visibility(mode, moment, staff=True) == EVERYTHING
