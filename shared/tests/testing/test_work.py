"""Code that takes excessive time is found by its work."""

import re
import signal

import pytest
from shared.testing.work import function_calls, stopped_if_endless


def test_a_regular_expression_that_searches_for_too_long_is_stopped() -> None:
    with pytest.raises(TimeoutError), stopped_if_endless(0.05):
        re.search("(a+)+$", "a" * 100 + "b")


def test_nothing_is_stopped_after_the_work() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with stopped_if_endless(60):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) == before


def test_the_calls_of_functions_in_python_and_in_c_are_counted() -> None:
    def work(count: int) -> None:
        for _ in range(count):
            abs(int("1"))

    assert function_calls(lambda: work(1_000)) - function_calls(lambda: work(0)) in (1_000, 2_000, 3_000)
