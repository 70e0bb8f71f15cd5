"""Complete installations for the end-to-end tests: each service is a process, and the sandbox serves a world."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from harness.trial import Trial, trial
from sandbox.worldmaking.shipped import SANDBOX


@pytest.fixture
def install() -> Iterator[Callable[..., Trial]]:
    """Call it with the name of a world, and settings, to start a new installation."""
    with ExitStack() as stack:

        def installed(world: str, **settings: str) -> Trial:
            return stack.enter_context(trial(SANDBOX / "worlds" / f"{world}.json", settings, preloaded=True))

        yield installed
