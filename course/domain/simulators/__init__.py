"""Simulators, one module each."""

from course.base.registry import Registry
from course.domain.simulators.base import Simulator

SIMULATORS: Registry[Simulator] = Registry(
    Simulator, package="course.domain.simulators", group="course.simulators"
)
