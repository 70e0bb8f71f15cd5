"""/api/system/support-bundle: everything that helps to find a fault"""

import asyncio
import os
import platform
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from prometheus_client.exposition import generate_latest
from shared.chassis.bus import Bus
from shared.chassis.errors import Refused, RemoteError
from shared.contracts.library.authors import ListAuthors
from shared.contracts.library.books import ListBooks
from shared.contracts.library.missing_books import ListMissingBooks
from shared.contracts.library.series import ListSeries
from shared.contracts.logs import LogLevel, LogQuery
from shared.contracts.scheduler import ListRuns, ListTasks, TellSchedulerStatus
from shared.contracts.values import MissingStatus

from gateway.api_keys.security import presented_key
from gateway.http.problems import problems
from gateway.routes.logs import list_logs
from gateway.routes.settings import list_settings
from gateway.routes.statistics import get_statistics
from gateway.routes.system import get_version
from gateway.sign_in.callers import session_value
from gateway.support_bundle.archive import archive_of
from gateway.support_bundle.masking import Mask, secrets_in

router = APIRouter(prefix="/api/system", tags=["system"], responses=problems())

LOG_RECORDS = 200
RUNS = 100
PAGE = 500
MOST_NAMES = 200_000
Read = Callable[[Request, Bus], Awaitable[Any]]


async def _versions(_request: Request, _bus: Bus) -> Any:
    here = {"python": platform.python_version(), "system": platform.platform()}
    return {"gapless": await get_version(), "gateway": here}


async def _metrics(request: Request, _bus: Bus) -> str:
    return generate_latest(await request.app.state.scrape()).decode()


PARTS: dict[str, tuple[Read, str]] = {
    "versions.json": (_versions, "the versions of Gapless, and of Python and the system of the gateway"),
    "settings.json": (
        lambda _, bus: list_settings(bus), "each setting, where it comes from, and its value if it is no secret",
    ),
    "doctor.json": (
        lambda request, _: request.app.state.doctor.examine(test_now=False), "what `gapless doctor` finds",
    ),
    "diagnostics.json": (
        lambda request, _: request.app.state.diagnostics.report(),
        "services, revisions of the schemas, waiting and failed messages, streams, disks",
    ),
    "integrations.json": (
        lambda request, bus: request.app.state.integrations.get(bus), "the state of the outside systems",
    ),
    "scheduler.json": (
        lambda _, bus: bus.ask(TellSchedulerStatus()), "late, waiting, running and stuck runs",
    ),
    "tasks.json": (lambda _, bus: bus.ask(ListTasks()), "the tasks and their schedules"),
    "runs.json": (
        lambda _, bus: bus.ask(ListRuns(limit=RUNS)), f"the last {RUNS} runs with their figures and problems",
    ),
    "statistics.json": (lambda _, bus: get_statistics(bus), "how many rows each service stores"),
    "logs.json": (
        lambda _, bus: list_logs(bus, LogQuery(limit=LOG_RECORDS)),
        f"the last {LOG_RECORDS} log records of all services",
    ),
    "warnings.json": (
        lambda _, bus: list_logs(bus, LogQuery(limit=LOG_RECORDS, level=LogLevel.WARNING)),
        f"the last {LOG_RECORDS} warnings and errors in the logs",
    ),
    "metrics.txt": (_metrics, "the figures of the gateway for Prometheus"),
}  # fmt: skip
"""Each file of a bundle: how its content is read, and what it is."""
NAMES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "books": (ListBooks(limit=PAGE), ("title", "authors")),
    "missing books": (ListMissingBooks(limit=PAGE, status=list(MissingStatus)), ("title", "authors")),
    "series": (ListSeries(limit=PAGE), ("name",)),
    "authors": (ListAuthors(limit=PAGE), ("name",)),
}
"""The lists whose names are masked, with the fields of the names."""


@router.get(
    "/support-bundle",
    summary="Download a support bundle",
    response_class=Response,
    responses={
        200: {
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            "description": "an archive of text files, with a README that says what is in each",
        },
    },
)
async def download_support_bundle(
    request: Request,
    mask: Annotated[
        bool, Query(description="mask titles, people, addresses and paths; secrets are never in it")
    ] = True,
) -> Response:
    """What helps to find a fault: settings without secrets, findings of the doctor, logs, versions, tasks, runs and
    metrics. Read it before you send it. A part that cannot be read is left out, and the README says why. Needs the
    scope `admin`.
    """
    bus: Bus = request.app.state.bus
    read: dict[str, Any] = {}
    failed: dict[str, str] = {}
    for name, (part, _) in PARTS.items():
        try:
            read[name] = jsonable_encoder(await part(request, bus))
        except (Refused, RemoteError, OSError) as error:
            failed[name] = str(error)
    names: list[str] = []
    for what in NAMES if mask else ():
        try:
            names += await _names(bus, what)
        except (Refused, RemoteError) as error:
            failed[f"the names of {what}"] = f"{error}. They may not be masked in sentences"
    own = [presented_key(request.headers), session_value(request.headers) or "", *request.app.state.secrets]
    masked = Mask([*own, *secrets_in(os.environ)], names, private=mask)
    words = {name: words for name, (_, words) in PARTS.items()}
    content = await asyncio.to_thread(archive_of, words, read, failed, masked)
    file = f"gapless-support-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)


async def _names(bus: Bus, what: str) -> Sequence[str]:
    """The names in a list, up to `MOST_NAMES` items."""
    listed, fields = NAMES[what]
    found: list[str] = []
    for offset in range(0, MOST_NAMES, PAGE):
        page = await bus.ask(listed.model_copy(update={"offset": offset}))
        for item in page.items:
            for field in fields:
                value = getattr(item, field)
                found += [value] if isinstance(value, str) else value
        if offset + PAGE >= page.total:
            break
    return found
