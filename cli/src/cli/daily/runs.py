"""Waits for a run and prints its result."""

import typer
from gapless_client import Gapless
from gapless_client.models import Run, RunStatus
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.output import console, print_json
from cli.task_runs import follow_run


def show_run(gapless: Gapless, run: Run, *, as_json: bool) -> None:
    """Follow a run until it ends, and print its figures, its plan if it was dry, and its problems.

    Ends the program with the status 1 if the run did not complete. Raises `ApiProblem`.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    screen = console()
    with Progress(*columns, console=screen, transient=True, disable=as_json or not screen.is_terminal) as progress:
        bar = progress.add_task(run.task, total=None)

        def update(now: Run) -> None:
            progress.update(bar, completed=now.tally.processed, total=now.tally.expected)

        ended = follow_run(gapless, run.id, update)
    if as_json:
        print_json(ended)
    else:
        _print_result(ended)
    if ended.status is not RunStatus.COMPLETED:
        raise typer.Exit(1)


def _print_result(run: Run) -> None:
    tally = run.tally
    failed = f", {tally.failed} failed" if tally.failed else ""
    typer.echo(f"{run.task}: {run.status}, {tally.succeeded} of {tally.processed} succeeded{failed}")
    for each in run.details.get("plan", {}).get("steps", []) if run.dry_run else []:
        typer.echo(f"would do: {each.get('words', each)}" if isinstance(each, dict) else f"would do: {each}")
    for problem in run.problems:
        typer.echo(problem, err=True)
