"""Runs a cycle and shows its progress: bars on a terminal, plain lines elsewhere."""

import sys
import time
from contextlib import suppress

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.api_client import Api, ApiProblem
from cli.cycle.phases import Cycle, Options, PhaseOutcome
from cli.cycle.summary import Summary, gather, show

MARKS = {PhaseOutcome.DONE: "✓", PhaseOutcome.PARTLY: "~", PhaseOutcome.FAILED: "✗", PhaseOutcome.NOT_RUN: "–"}

PLAIN_WIDTH = 200
"""Columns of the output if it is not a terminal."""


def console() -> Console:
    """A console for standard output, with the width of the terminal or `PLAIN_WIDTH`."""
    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return Console(width=width, markup=False, emoji=False, highlight=False)


def run_cycle(api: Api, options: Options, console: Console) -> Summary:
    """Run one full cycle, print each phase and the summary, and return the summary."""
    books_before = None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=None)

        def on_progress(label: str, done: int, expected: int | None) -> None:
            progress.update(bar, description=label, completed=done, total=expected)

        cycle = Cycle(api, options, on_progress)
        for number, (name, step) in enumerate(cycle.steps(), start=1):
            progress.reset(bar, description=name, total=None)
            if number == 3:  # until the scan starts, the library is as the last cycle left it
                with suppress(ApiProblem):  # the scan reports the same problem
                    books_before = api.count_books()
            began = time.monotonic()
            phase = cycle.run(name, step)
            took = f"{time.monotonic() - began:.1f} s"
            line = f"{MARKS[phase.outcome]} {number}/6 {name}: {phase.outcome} in {took}. {'; '.join(phase.done)}"
            console.print(line, highlight=False, markup=False, soft_wrap=True)
    summary = gather(api, books_before, cycle.phases)
    show(console, summary)
    return summary
