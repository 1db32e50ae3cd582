"""What one does in a lab: the runs that its author recorded."""

from collections.abc import Sequence
from random import Random

from course.domain.lab import Action, Lab, Sample
from course.domain.simulators.base import Raw


def runs_of(lab: Lab, *, passing: bool) -> list[Sample]:
    """The recorded runs that pass, or those that do not."""
    return [sample for sample in lab.samples if _passes(lab, sample) == passing]


def _passes(lab: Lab, sample: Sample) -> bool:
    missed = {name for name in sample.missed if lab.goal(name).required}
    return sample.points >= lab.pass_mark and not missed


def chosen(samples: Sequence[Sample], rng: Random) -> list[Action]:
    """What is done in one of them; the first ones are what most people do."""
    weights = [1 / place for place in range(1, len(samples) + 1)]
    (sample,) = rng.choices(samples, weights)
    return [action for _line, action in sample.actions]


def form_of(action: Action) -> Raw:
    """What its form sends."""
    return {
        name: [str(each) for each in value] if isinstance(value, list) else [str(value)]
        for name, value in action.fields.items()
    }
