"""Distributes the tests over parallel processes, and imports the packages that have the name of their top folder.

In importlib mode, pytest names a test module after its path (`sandbox.tests.test_x`). Without these imports it would
register the folder `sandbox` in `sys.modules` in place of the package.
"""

import gc
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

import bench
import cli
import sandbox
import shared

__all__ = ["bench", "cli", "sandbox", "shared"]

# Everything that is imported and collected stays. To look for garbage meanwhile takes 15 % of the processor time.
gc.disable()

# How long a generated example takes depends on the load of the machine, so it fails no test.
settings.register_profile("gapless", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gapless")

END_TO_END = "tests/e2e/"
EACH_WITH_ITS_OWN_INSTALLATION = {
    f"{END_TO_END}{name}.py" for name in ("test_broker_data_lost", "test_kills", "test_real_downloads")
}
"""Modules whose tests share nothing, so that several processes can share a module."""
IN_A_BROWSER = "tests/dashboard/"
FIRST_STEPS = "tests/first_steps/"
"""Also in a browser, with an installation of its own, so another process can run it beside `IN_A_BROWSER`."""
LONGEST = (
    f"{END_TO_END}test_whole_cycle.py::test_no_trap_leads_to_a_wrong_grab_or_correction_and_an_undo_restores_every_item"
)
"""It shares nothing with the other tests of its module."""


RUN_AGAIN: list[str] = []
"""The tests during which a process ended, because they took too long or because of a crash."""


class ModuleScheduling(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Runs the tests of a module in one process, so that they share fixtures, unless they have nothing to share.

    The modules of `tests/dashboard` share one installation, so they run in one process.

    The groups of `--dist loadgroup` have no effect with pytest 9.2: it ignores the test ids that pytest-xdist 3.8 sets.
    """

    def _split_scope(self, nodeid: str) -> str:
        """The key of the work unit that a test belongs to."""
        module = nodeid.partition("::")[0]
        if module.startswith(IN_A_BROWSER):
            return IN_A_BROWSER
        return nodeid if nodeid == LONGEST or module in EACH_WITH_ITS_OWN_INSTALLATION else module

    def _assign_work_unit(self, node: Any) -> None:
        """Give end-to-end tests to every second process, and to the others when nothing else is left.

        End-to-end tests often wait. Meanwhile the other processes use the processors.
        """
        end_to_end = self.nodes.index(node) % 2 == 0
        unit = next((each for each in self.workqueue if each.startswith(END_TO_END) is end_to_end), None)
        if unit is not None:
            self.workqueue.move_to_end(unit, last=False)
        super()._assign_work_unit(node)

    def remove_node(self, node: Any) -> str | None:
        """Remove a process that ended during a test. Return that test if it fails.

        A test during which a process ends for the first time runs once more, and the summary names it. pytest-xdist 3.8
        would run it again and again.
        """
        for unit in self.assigned_work[node].values():
            ended = next((test for test, is_completed in unit.items() if not is_completed), None)
            if ended is not None:
                unit[ended] = ended in RUN_AGAIN
                super().remove_node(node)
                if unit[ended]:
                    return ended
                RUN_AGAIN.append(ended)
                return None
        super().remove_node(node)
        return None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ModuleScheduling:
    """Use `ModuleScheduling` for parallel runs."""
    return ModuleScheduling(config, log)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name the tests that ran again."""
    if RUN_AGAIN:
        terminalreporter.section("run again, because their process ended")
        for test in RUN_AGAIN:
            terminalreporter.line(test)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the work that takes longest: the cycle on the world of traps, then the other end-to-end tests.

    The tests in a browser are next: one process needs minutes for them, and would otherwise end long after the others.
    """
    items.sort(key=_priority)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Exclude what was imported and collected from garbage collection. Each full one would take half a second."""
    gc.freeze()
    gc.enable()


def _priority(item: pytest.Item) -> int:
    if item.nodeid == LONGEST:
        return 0
    module = item.nodeid.partition("::")[0]
    if module.startswith(END_TO_END):
        return 1 + (module in EACH_WITH_ITS_OWN_INSTALLATION)
    return 3 if module.startswith((IN_A_BROWSER, FIRST_STEPS)) else 4
