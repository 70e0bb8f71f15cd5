"""Writes `docs/tasks.md` from the table of the scheduler."""

from scheduler.domain.task_table import TASKS, TaskEntry

HEAD = """# Tasks

For an administrator who looks up what a task does and when it runs. [Schedules](schedules.md) says how to change that.

`make messages` generates this file from `services/scheduler/src/scheduler/domain/task_table.py`. Do not edit it.
`POST /api/scheduler/tasks/NAME/run` runs a task now, with the parameters in the body. The setting `TASK_NAME_CRON` is
the initial schedule.

| task | what it does | initial schedule | command | parameters | dry run |
| --- | --- | --- | --- | --- | --- |
"""


def tasks_text() -> str:
    """The content of `docs/tasks.md`."""
    return HEAD + "".join(_line(each) for each in TASKS)


def _line(task: TaskEntry) -> str:
    parameters = [f"`{each}`{' (required)' if each == task.needs else ''}" for each in task.parameters]
    listed = ", ".join(each for each in parameters if not each.startswith("`dry_run`"))
    cells = [f"`{task.name}`", task.description, f"`{task.cron}`", f"`{task.command.__name__}`", listed,
             "yes" if task.can_dry_run else "no"]  # fmt: skip
    return f"| {' | '.join(cells)} |\n"
