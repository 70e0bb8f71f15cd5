"""Finding code that takes excessive time, without measuring time, which depends on the load of the machine."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

ENDLESS_SECONDS = 20.0
"""Processor seconds of the whole process. Give the code an input for which it takes a thousandth of this."""


@contextmanager
def stopped_if_endless(seconds: float = ENDLESS_SECONDS) -> Iterator[None]:
    """Raise `TimeoutError` in this context after `seconds` of processor time. Only for the main thread.

    It also stops a regular expression, because `re` handles signals while it searches.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"not finished after {seconds:g} s of processor time")

    previous = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


def function_calls(work: Callable[[], object]) -> int:
    """How many functions `work` calls in this thread, including those written in C."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    previous = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(previous)
    return calls
