"""Runs a cycle and shows its progress: bars on a terminal, plain lines elsewhere."""

import time
from contextlib import suppress

from gapless_client import ApiProblem, Gapless
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.cycle.phases import Cycle, Options, PhaseOutcome
from cli.cycle.summary import Summary, gather, show

MARKS = {PhaseOutcome.DONE: "✓", PhaseOutcome.PARTLY: "~", PhaseOutcome.FAILED: "✗", PhaseOutcome.NOT_RUN: "–"}


def run_cycle(api: Gapless, options: Options, console: Console) -> Summary:
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
                    books_before = api.books.list(limit=1).total
            began = time.monotonic()
            phase = cycle.run(name, step)
            took = f"{time.monotonic() - began:.1f} s"
            line = f"{MARKS[phase.outcome]} {number}/6 {name}: {phase.outcome} in {took}. {'; '.join(phase.done)}"
            console.print(line, highlight=False, markup=False, soft_wrap=True)
    summary = gather(api, books_before, cycle.phases)
    show(console, summary)
    return summary
