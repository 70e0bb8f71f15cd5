"""Handles the rows of a scheduled sweep one by one, so that a bad row stops no other."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.chassis.database import postgres_unavailable
from shared.chassis.logging import logger
from shared.translatable import about

_MAX_PROBLEMS = 20
"""Problems that a run shows; all are counted and logged."""


class Sweep:
    """The rows that one sweep could not handle."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.failed = 0
        self.problems: list[str] = []

    @contextmanager
    def row(self, what: str) -> Iterator[None]:
        """Handle one row in this block. A failure is logged and counted, and ends only the block.

        `what` names the row. Raises the error if Postgres is unavailable, because the other rows would fail as well.
        """
        try:
            yield
        except Exception as error:
            if postgres_unavailable(error) is not None:
                raise
            self.count(about(what, type(error).__name__))
            logger().exception("row_failed", sweep=self._name, row=what)

    def count(self, problem: str, rows: int = 1) -> None:
        """Count rows that cannot be handled."""
        self.failed += rows
        if rows and len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(problem)
