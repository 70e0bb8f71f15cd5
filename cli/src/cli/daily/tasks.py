"""List the tasks with their schedules, run them, and show their runs."""

from typing import Annotated

import typer
from gapless_client.models import Task

from cli.connection import Key, Url, gapless_at
from cli.daily.runs import show_run
from cli.output import AsJson, Limit, print_json, print_table
from cli.task_runs import start_task

app = typer.Typer(no_args_is_help=True, help=__doc__)
Name = Annotated[str, typer.Argument(metavar="TASK", help="name of a task, from `gapless tasks list`")]


@app.command("list")
def list_tasks(as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """List the tasks, with the last run and the next time."""
    with gapless_at(url, api_key) as gapless:
        tasks = gapless.scheduler.list_tasks()
    if as_json:
        return print_json(tasks)
    print_table(("name", "schedule", "last run", "ended", "next", "description"), (_row(each) for each in tasks))


@app.command("run")
def run_task(
    task: Name,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="change nothing, and say what would be done")] = False,
    wait: Annotated[bool, typer.Option(help="wait until the run ends")] = True,
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Run a task now. If it is running already, wait until that run ends.

    Exit status: 0 if the run completed, else 1.
    """
    with gapless_at(url, api_key) as gapless:
        if wait:
            return show_run(gapless, start_task(gapless, task, dry_run=dry_run), as_json=as_json)
        begun = gapless.scheduler.run_task(task, {}, dry_run=dry_run or None)
    if as_json:
        return print_json(begun)
    typer.echo(f"{task}: {begun.status} (run {begun.id})")


@app.command("history")
def task_history(task: Name, limit: Limit = 20, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """List the runs of a task, newest first."""
    with gapless_at(url, api_key) as gapless:
        page = gapless.scheduler.list_runs_of_task(task, limit=limit)
    if as_json:
        return print_json(page)
    rows = (
        (each.due_at, each.status, f"{each.tally.succeeded} of {each.tally.processed}", each.by, each.problems)
        for each in page.items
    )
    print_table(("due", "status", "succeeded", "by", "problems"), rows, more=page.total - len(page.items))


@app.command("enable")
def enable_task(task: Name, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Run a task on its schedule again."""
    with gapless_at(url, api_key) as gapless:
        _show(gapless.scheduler.enable_task(task), as_json=as_json)


@app.command("disable")
def disable_task(task: Name, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Do not run a task on its schedule. It can still be run by hand."""
    with gapless_at(url, api_key) as gapless:
        _show(gapless.scheduler.disable_task(task), as_json=as_json)


def _row(task: Task) -> tuple[object, ...]:
    last = task.last_run
    schedule = task.cron if task.enabled else "disabled"
    return task.name, schedule, last and last.status, last and last.ended_at, task.next_due_at, task.description


def _show(task: Task, *, as_json: bool) -> None:
    if as_json:
        return print_json(task)
    typer.echo(f"{task.name}: {'enabled' if task.enabled else 'disabled'}")
