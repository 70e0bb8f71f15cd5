"""/api/scheduler"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Response
from shared.contracts.page import Page
from shared.contracts.scheduler import (
    CancelRun,
    ChangeTask,
    DeleteRun,
    EnableTask,
    GetRun,
    GetTask,
    Job,
    ListJobs,
    ListRuns,
    ListTasks,
    Parameters,
    PreviewSchedule,
    Run,
    RunTask,
    SchedulePreview,
    SchedulerStatus,
    Task,
    TaskChange,
    TellSchedulerStatus,
)
from shared.contracts.values import Words

from gateway.http.dependencies import BusDep
from gateway.http.pagination import PageOfRuns
from gateway.http.problems import problems
from gateway.http.responses import accepted

router = APIRouter(prefix="/api/scheduler", tags=["scheduler"], responses=problems())

# OpenAPI treats two templates of the same form as one path, so that the parameter must have the same name.
RunInNamesPlace = Annotated[UUID, Path(alias="name", description="the id of the run to delete")]
DryRun = Annotated[bool, Query(description="change nothing, and list in the `plan` of the run what it would do")]
Given = Annotated[Parameters, Body(examples=[{}], description="the parameters of the task, by name")]
Change = Annotated[TaskChange, Body(examples=[{"cron": "0 3 * * *", "time_zone": "Europe/Warsaw", "enabled": True}])]


@router.get("/tasks", summary="List tasks")
async def list_tasks(bus: BusDep) -> list[Task]:
    """All tasks, with their next due times and their last runs."""
    return await bus.ask(ListTasks())


@router.get("/tasks/{name}", responses=problems(404), summary="Show a task")
async def get_task(bus: BusDep, name: Words) -> Task:
    """One task, with its next five due times and its last run."""
    return await bus.ask(GetTask(name=name))


@router.put("/tasks/{name}", responses=problems(404), summary="Change a task")
async def change_task(bus: BusDep, name: Words, change: Change) -> Task:
    """Change the cron line, the time zone, the parameters, or whether the task is enabled. Takes effect at once.

    Missing fields stay as they are. With an empty cron line the task runs only by hand. The answer shows the next five
    due times.
    """
    return await bus.ask(ChangeTask(name=name, change=change))


@router.get("/preview", summary="Preview a schedule")
async def preview_schedule(bus: BusDep, schedule: Annotated[PreviewSchedule, Query()]) -> SchedulePreview:
    """The next five due times of a cron line in a time zone. Changes nothing; refuses what a task would refuse."""
    return await bus.ask(schedule)


@router.post("/tasks/{name}/run", status_code=202, responses=problems(404, 409), summary="Run a task now")
async def run_task(
    bus: BusDep, response: Response, name: Words, parameters: Given | None = None, dry_run: DryRun = False
) -> Run:
    """Run a task now. Refused while a run of the task is in progress.

    The given parameters override those of the schedule. A dry run queries outside systems as a run does, changes
    nothing, and lists in the details of the run, under `plan`, what it would do.
    """
    order = RunTask(name=name, parameters=parameters or {}, dry_run=dry_run)
    return accepted(response, await bus.ask(order))


@router.post("/tasks/{name}/enable", responses=problems(404), summary="Enable a task")
async def enable_task(bus: BusDep, name: Words) -> Task:
    """Enable the schedule of a task."""
    return await bus.ask(EnableTask(name=name, enabled=True))


@router.post("/tasks/{name}/disable", responses=problems(404), summary="Disable a task")
async def disable_task(bus: BusDep, name: Words) -> Task:
    """Disable the schedule of a task. It can still be run by hand."""
    return await bus.ask(EnableTask(name=name, enabled=False))


@router.get("/tasks/{name}/history", responses=problems(404), summary="List a task's runs")
async def list_runs_of_task(bus: BusDep, name: Words, query: Annotated[PageOfRuns, Query()]) -> Page[Run]:
    """The runs of one task, newest first by default."""
    task = await bus.ask(GetTask(name=name))
    return await bus.ask(query.of(task=task.name))


@router.delete("/tasks/{name}", status_code=204, responses=problems(404, 409), summary="Delete a run")
async def delete_task_record(bus: BusDep, run_id: RunInNamesPlace) -> None:
    """Delete the record of a run that has ended, by the id of the run."""
    await bus.ask(DeleteRun(id=run_id))


@router.get("/jobs", summary="List the next due times")
async def list_jobs(bus: BusDep) -> list[Job]:
    """When each enabled task is due next, the soonest first."""
    return await bus.ask(ListJobs())


@router.get("/status", summary="Show the scheduler's status")
async def get_scheduler_status(bus: BusDep) -> SchedulerStatus:
    """The delay and the misfires of the scheduler, and the runs that are waiting, running or stuck."""
    return await bus.ask(TellSchedulerStatus())


@router.post("/cleanup", status_code=202, responses=problems(409), summary="Clean up now")
async def clean_up_now(bus: BusDep, response: Response, dry_run: DryRun = False) -> Run:
    """Run the task `cleanup` now: every service deletes what has passed its retention period."""
    return accepted(response, await bus.ask(RunTask(name="cleanup", dry_run=dry_run)))


@router.get("/runs", summary="List runs")
async def list_runs(bus: BusDep, query: Annotated[ListRuns, Query()]) -> Page[Run]:
    """The runs of all tasks, newest first by default."""
    return await bus.ask(query)


@router.get("/runs/{run_id}", responses=problems(404), summary="Show a run")
async def get_run(bus: BusDep, run_id: UUID) -> Run:
    """One run: its figures, its log and its problems."""
    return await bus.ask(GetRun(id=run_id))


@router.post("/runs/{run_id}/cancel", responses=problems(404, 409), summary="Cancel a run")
async def cancel_run(bus: BusDep, run_id: UUID) -> Run:
    """Cancel a run that is in progress. What is done stays done. Refused if the run has ended."""
    return await bus.ask(CancelRun(id=run_id))
