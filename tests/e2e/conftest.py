"""Whole installations for the end-to-end tests: every service a process, against a sandbox world."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from harness.trial import Trial, trial
from sandbox.worldmaking.shipped import SANDBOX


@pytest.fixture
def install() -> Iterator[Callable[..., Trial]]:
    """Call it with a world's name, and settings by name, for a whole installation of this test's own."""
    with ExitStack() as stack:

        def installed(world: str, **settings: str) -> Trial:
            return stack.enter_context(trial(SANDBOX / "worlds" / f"{world}.json", settings))

        yield installed
