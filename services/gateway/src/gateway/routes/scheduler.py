"""/api/scheduler"""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from shared.contracts.page import Page
from shared.contracts.scheduler import EnableTask, GetRun, GetTask, ListRuns, ListTasks, Run, RunTask, Task

from gateway.dependencies import BusDep
from gateway.problems import problems
from gateway.responses import accepted

router = APIRouter(prefix="/api/scheduler", tags=["scheduler"], responses=problems())

Parameters = Annotated[dict[str, Any], Body(examples=[{}])]


@router.get("/tasks")
async def list_tasks(bus: BusDep) -> list[Task]:
    """Every task, when it is due and how it last went."""
    return await bus.ask(ListTasks())


@router.get("/tasks/{name}", responses=problems(404))
async def get_task(bus: BusDep, name: str) -> Task:
    """One task."""
    return await bus.ask(GetTask(name=name))


@router.post("/tasks/{name}/run", status_code=202, responses=problems(404, 409))
async def run_task(bus: BusDep, response: Response, name: str, parameters: Parameters | None = None) -> Run:
    """Run a task now."""
    return accepted(response, await bus.ask(RunTask(name=name, parameters=parameters or {})))


@router.post("/tasks/{name}/enable", responses=problems(404))
async def enable_task(bus: BusDep, name: str) -> Task:
    """Let a task run by its schedule."""
    return await bus.ask(EnableTask(name=name, enabled=True))


@router.post("/tasks/{name}/disable", responses=problems(404))
async def disable_task(bus: BusDep, name: str) -> Task:
    """Keep a task from running by its schedule."""
    return await bus.ask(EnableTask(name=name, enabled=False))


@router.get("/tasks/{name}/history", responses=problems(404))
async def list_runs_of_task(bus: BusDep, name: str, query: Annotated[ListRuns, Query()]) -> Page[Run]:
    """The runs of a task, newest first."""
    return await bus.ask(query.model_copy(update={"task": name}))


@router.get("/runs")
async def list_runs(bus: BusDep, query: Annotated[ListRuns, Query()]) -> Page[Run]:
    """All runs, newest first."""
    return await bus.ask(query)


@router.get("/runs/{run_id}", responses=problems(404))
async def get_run(bus: BusDep, run_id: UUID) -> Run:
    """One run: its figures, what it told and what could not be done."""
    return await bus.ask(GetRun(id=run_id))
