"""Runs of labs as pages show them: half done, caught in a trap, failed, passed."""

from itertools import count

from course.domain.lab import LAB, UNDO, Action, Lab, Sample
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.lab import services
from course.features.lab.models import Run
from course.features.lab.queries import Opened
from tests.journeys.desk import FULL

TOKENS = count()


def worked(user: User, lab: Lab) -> dict[str, int]:
    """State → the run that is in it; two of them are still open."""
    lab = lab.for_trade(user.profile.trade)
    [full] = [each for each in lab.samples if each.name == FULL]
    # What springs and cannot be undone is told as well: the first one is enough.
    trapped = next(each for each in lab.samples if each.springs)
    passed = acted(begun(user, lab.key), full)
    services.end_run(user.id, passed.id)
    failed = acted(begun(user, lab.key), trapped, upto=len(trapped.actions) // 2)
    services.end_run(user.id, failed.id)
    half = acted(begun(user, lab.key, Mode.PRACTICE), full, upto=3)
    hint = next(goal.name for goal in lab.goals if goal.hints)
    act(half, Action(LAB, "hint", {"goal": hint}))
    trap = begun(user, lab.key)
    for _line, action in trapped.actions:
        if act(trap, action).play.sprung:
            break
    runs = {"passed": passed, "failed": failed, "half": half, "trap": trap}
    return {f"{lab.key}_{state}": run.id for state, run in runs.items()}


def begun(user: User, key: str, mode: Mode = Mode.CHECK) -> Run:
    """A run that has just been opened, drawn as every other."""
    return services.start_run(user, shelf(), key, mode, seed=1)


def acted(run: Run, sample: Sample, upto: int | None = None) -> Run:
    """What was recorded, done once more, or its beginning."""
    for _line, action in sample.actions[:upto]:
        if action != Action(LAB, UNDO, {}):
            act(run, action)
    return run


def act(run: Run, action: Action) -> Opened:
    """One action, from a page of its own."""
    raw = {
        name: [str(each) for each in value] if isinstance(value, list) else [str(value)]
        for name, value in action.fields.items()
    }
    what = f"{action.simulator}.{action.name}"
    return services.act(run.user_id, run.id, what, raw, f"page{next(TOKENS)}")[0]
