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
    Run,
    RunTask,
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

# In OpenAPI two templates of the same form are one path, so its parameter has one name.
RunInNamesPlace = Annotated[UUID, Path(alias="name", description="id of the run whose record is deleted")]
DryRun = Annotated[bool, Query(description="say what the run would do (`plan` in its details), change nothing")]
Given = Annotated[Parameters, Body(examples=[{}], description="the task's own parameters, by name")]
Change = Annotated[TaskChange, Body(examples=[{"cron": "0 3 * * *", "time_zone": "Europe/Warsaw", "enabled": True}])]


@router.get("/tasks", summary="List the tasks")
async def list_tasks(bus: BusDep) -> list[Task]:
    """Every task, when it is due and how it last went."""
    return await bus.ask(ListTasks())


@router.get("/tasks/{name}", responses=problems(404), summary="Show a task")
async def get_task(bus: BusDep, name: Words) -> Task:
    """One task, the next five times it is due, and its last run."""
    return await bus.ask(GetTask(name=name))


@router.put("/tasks/{name}", responses=problems(404), summary="Change when a task runs")
async def change_task(bus: BusDep, name: Words, change: Change) -> Task:
    """Change a task's cron line, time zone, parameters, or whether it runs by schedule; it holds at once.

    What is left out stays as it is. An empty cron line: only by hand. The answer shows the next five times.
    """
    return await bus.ask(ChangeTask(name=name, change=change))


@router.post("/tasks/{name}/run", status_code=202, responses=problems(404, 409), summary="Run a task now")
async def run_task(
    bus: BusDep, response: Response, name: Words, parameters: Given | None = None, dry_run: DryRun = False
) -> Run:
    """Run a task now; refused while a run of it is under way.

    The parameters given come before those of its schedule. A dry run asks outside systems as a run does, changes
    nothing, and tells in the run's details what would be done: `plan`.
    """
    order = RunTask(name=name, parameters=parameters or {}, dry_run=dry_run)
    return accepted(response, await bus.ask(order))


@router.post("/tasks/{name}/enable", responses=problems(404), summary="Enable a task")
async def enable_task(bus: BusDep, name: Words) -> Task:
    """Let a task run by its schedule."""
    return await bus.ask(EnableTask(name=name, enabled=True))


@router.post("/tasks/{name}/disable", responses=problems(404), summary="Disable a task")
async def disable_task(bus: BusDep, name: Words) -> Task:
    """Keep a task from running by its schedule; by hand it still runs."""
    return await bus.ask(EnableTask(name=name, enabled=False))


@router.get("/tasks/{name}/history", responses=problems(404), summary="List a task's runs")
async def list_runs_of_task(bus: BusDep, name: Words, query: Annotated[PageOfRuns, Query()]) -> Page[Run]:
    """The runs of a task, newest first."""
    task = await bus.ask(GetTask(name=name))
    return await bus.ask(query.of(task=task.name))


@router.delete("/tasks/{name}", status_code=204, responses=problems(404, 409), summary="Delete a run's record")
async def delete_task_record(bus: BusDep, run_id: RunInNamesPlace) -> None:
    """Delete the record of one run that has ended, by the run's id."""
    await bus.ask(DeleteRun(id=run_id))


@router.get("/jobs", summary="List the next times")
async def list_jobs(bus: BusDep) -> list[Job]:
    """When each enabled task is due next, soonest first."""
    return await bus.ask(ListJobs())


@router.get("/status", summary="Show how the scheduler does")
async def get_scheduler_status(bus: BusDep) -> SchedulerStatus:
    """How late it is, what it missed, and which runs wait, run or are stuck."""
    return await bus.ask(TellSchedulerStatus())


@router.post("/cleanup", status_code=202, responses=problems(409), summary="Clean up now")
async def clean_up_now(bus: BusDep, response: Response, dry_run: DryRun = False) -> Run:
    """Have every service delete what is older than its retention settings say."""
    return accepted(response, await bus.ask(RunTask(name="cleanup", dry_run=dry_run)))


@router.get("/runs", summary="List the runs")
async def list_runs(bus: BusDep, query: Annotated[ListRuns, Query()]) -> Page[Run]:
    """All runs, newest first."""
    return await bus.ask(query)


@router.get("/runs/{run_id}", responses=problems(404), summary="Show a run")
async def get_run(bus: BusDep, run_id: UUID) -> Run:
    """One run: its figures, what it told and what could not be done."""
    return await bus.ask(GetRun(id=run_id))


@router.post("/runs/{run_id}/cancel", responses=problems(404, 409), summary="Cancel a run")
async def cancel_run(bus: BusDep, run_id: UUID) -> Run:
    """End a run before its work is done; what it has done stays done. Refused when it has ended."""
    return await bus.ask(CancelRun(id=run_id))
