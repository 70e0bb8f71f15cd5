"""While a service is stopped, only the paths that need it fail, without a time-out, and their errors name it.

All services run in this process, so that the tests record which services the gateway asks for each call. The tests
therefore need no second list of which path needs which service.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from itertools import product
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import httpx
import pytest
import pytest_asyncio
from cli.connection import RETRY_SECONDS
from cli.task_runs import run_to_end
from demo.demo import DEMO_SETTINGS
from demo.sandbox_process import sandbox_process
from embedded.folder import passing_folder
from embedded.installation import Installation
from embedded.process import LOOPBACK, free_port
from gapless_client import Gapless
from generation.generated_files import OPENAPI
from harness.migrated_cluster import migrated_installation
from one_process.services import Services, all_services
from provisioning.services import PARTS, Part
from sandbox.worldmaking.shipped import SANDBOX
from shared.chassis.bus import Bus
from shared.contracts.areas import service_of
from shared.contracts.message import EveryService, Request
from structlog.contextvars import get_contextvars

CALLS_AT_ONCE = 4
NO_KEEP_ALIVE = httpx.Limits(max_keepalive_connections=0)
"""A connection that is kept alive may be closed just when it is used again."""
NEVER_ENDS = "/api/events"
LEAVES_OUT_THE_UNAVAILABLE = "/api/system/health"
"""It names only the services that wait for settings."""
LISTS = {
    "author_id": "/api/authors",
    "book_id": "/api/books",
    "correction_id": "/api/metadata/corrections",
    "download_id": "/api/downloads",
    "missing_book_id": "/api/books/missing",
    "run_id": "/api/scheduler/runs",
    "series_id": "/api/series",
}
"""The list that provides an existing id for each path parameter."""
ASKS = {part.name: {service_of(message.area()) for message in part.table().sent_requests} for part in PARTS}
"""The services that each service asks in order to answer a request itself."""
DESCRIPTION: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True)
class Call:
    """A call without effect: it reads, or it changes something that does not exist."""

    method: str
    path: str
    body: Any = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Answer:
    """The response to a call, and the requests that the gateway sent to each service for it."""

    response: httpx.Response
    requests: dict[str, set[type[Request[Any]]]]

    @property
    def text(self) -> str:
        """The body, or the texts of the files in it."""
        if self.response.headers.get("content-type") != "application/zip":
            return self.response.text
        with ZipFile(BytesIO(self.response.content)) as archive:
            return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())

    @property
    def composed(self) -> bool:
        """Whether the answer combines what every service reports about itself."""
        to_all = [{kind for kind in kinds if issubclass(kind, EveryService)} for kinds in self.requests.values()]
        return len(to_all) > 1 and bool(set.intersection(*to_all))

    def __str__(self) -> str:
        request, status = self.response.request, self.response.status_code
        return f"{request.method} {request.url.path}: {status}: {self.text[:300]}"

    def reports_unavailable(self, service: str) -> bool:
        """Whether the error names the unavailable service, and says when to retry. It must not be a time-out."""
        if self.response.status_code != 503 or "no answer to" in self.response.text:
            return False
        return bool(self.response.json()["service"] == service and int(self.response.headers["retry-after"]) > 0)

    def timeline_services(self) -> set[str]:
        """The services whose entries are in a timeline."""
        if self.response.headers.get("content-type") != "application/json":
            return set()
        body = self.response.json()
        return {entry["service"] for entry in body.get("entries", [])} if isinstance(body, dict) else set()


class RequestRecorder:
    """Records the requests that the gateway sends for each call, by the id of the call."""

    def __init__(self) -> None:
        self.requests: dict[str, dict[str, set[type[Request[Any]]]]] = defaultdict(lambda: defaultdict(set))

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Record from now on."""
        ask = Bus.ask

        async def ask_and_record(bus: Bus, request: Request[Any], *, of: str | None = None) -> Any:
            if call_id := get_contextvars().get("request_id"):
                self.requests[call_id][service_of(of or request.area()) or ""].add(type(request))
            return await ask(bus, request, of=of)

        patch.setattr(Bus, "ask", ask_and_record)


@dataclass(frozen=True)
class Installed:
    """Running services, all calls to the gateway, and the answers to them while all services run."""

    services: Services
    client: httpx.AsyncClient
    recorder: RequestRecorder
    calls: list[Call]
    healthy: dict[Call, Answer]


async def send_all(client: httpx.AsyncClient, recorder: RequestRecorder, calls: list[Call]) -> dict[Call, Answer]:
    """Send all calls, a few at a time."""
    slots = asyncio.Semaphore(CALLS_AT_ONCE)

    async def send(call: Call) -> Answer:
        async with slots:
            call_id = uuid4().hex
            response = await client.request(
                call.method, call.path, json=call.body, headers={"X-Request-Id": call_id}, timeout=60
            )
            return Answer(response, dict(recorder.requests[call_id]))

    return dict(zip(calls, await asyncio.gather(*(send(call) for call in calls)), strict=True))


async def send_twice(
    client: httpx.AsyncClient, recorder: RequestRecorder, calls: list[Call], wrong: Callable[[Call, Answer], str]
) -> dict[Call, Answer]:
    """Send all calls, and once more those with a wrong answer, because a busy machine may stall for seconds."""
    answers = await send_all(client, recorder, calls)
    return answers | await send_all(client, recorder, [call for call, answer in answers.items() if wrong(call, answer)])


async def calls_of_all(client: httpx.AsyncClient) -> list[Call]:
    """Every path that can be read, and every change of something that does not exist."""
    known = {"name": "library_scan", "status": "failed"}
    for name, path in LISTS.items():
        items = (await client.get(path, params={"limit": 1})).json()["items"]
        known[name] = items[0]["id"] if items else str(uuid4())
    found = []
    for path, operations in DESCRIPTION["paths"].items():
        for method, operation in operations.items():
            if method == "get" and path != NEVER_ENDS:
                found += [Call("GET", filled) for filled in _filled(path, operation, known)]
            elif method != "get" and "{" in path:
                found += [Call(method.upper(), each, _body(operation)) for each in _filled(path, operation, {})]
    return [*found, Call("POST", "/api/system/integrations/test")]


def _filled(path: str, operation: dict[str, Any], known: dict[str, str]) -> list[str]:
    """The path with ids filled in, once for each value of an enum parameter."""
    parameters = operation.get("parameters", [])
    names = [each["name"] for each in parameters if each["in"] == "path"]
    values = [each["schema"].get("enum") or [known.get(each["name"], str(uuid4()))] for each in parameters
              if each["in"] == "path"]  # fmt: skip
    query = "?query=oz" if any(each["name"] == "query" and each["in"] == "query" for each in parameters) else ""
    return [path.format(**dict(zip(names, chosen, strict=True))) + query for chosen in product(*values)]


def _body(operation: dict[str, Any]) -> Any:
    return (
        operation["requestBody"]["content"].get("application/json", {}).get("example", {})
        if "requestBody" in operation
        else None
    )


@pytest.fixture(scope="module")
def installation() -> Iterator[tuple[Installation, dict[str, str]]]:
    with (
        passing_folder() as folder,
        sandbox_process(SANDBOX / "worlds" / "small.json", folder / "sandbox") as sandbox_settings,
        migrated_installation(folder) as made,
    ):
        yield made, {**DEMO_SETTINGS, **sandbox_settings(), "HEALTH_PORT": str(free_port())}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def installed(installation: tuple[Installation, dict[str, str]]) -> AsyncIterator[Installed]:
    """All services with a scanned library, and the answers while all of them run."""
    made, given = installation
    address, recorder = f"http://{LOOPBACK}:{given['HEALTH_PORT']}", RequestRecorder()
    with pytest.MonkeyPatch.context() as patch:
        recorder.install(patch)
        async with (
            all_services(made.environment, given) as services,
            httpx.AsyncClient(
                base_url=address, headers={"X-Api-Key": made.api_key}, limits=NO_KEEP_ALIVE, timeout=60
            ) as client,
        ):
            await asyncio.to_thread(_fill, Gapless(address, made.api_key, retry_seconds=RETRY_SECONDS))
            gap = (await client.get("/api/books/missing")).json()["items"][0]
            (await client.post("/api/downloads", json={"missing_book_id": gap["id"]})).raise_for_status()
            calls = await calls_of_all(client)
            healthy = await send_twice(client, recorder, calls, server_fault)
            yield Installed(services, client, recorder, calls, healthy)


def _fill(api: Gapless) -> None:
    for task in ("library_scan", "series_completion"):
        run_to_end(api, task)
    api.close()


@pytest.mark.parametrize("part", [part for part in PARTS if part.name != "gateway"], ids=lambda part: part.name)
async def test_only_the_paths_that_need_a_service_fail_while_it_is_stopped(installed: Installed, part: Part) -> None:
    await installed.services.stop(part)
    try:
        answers = await send_twice(
            installed.client, installed.recorder, installed.calls, partial(fault, installed, part)
        )
    finally:
        await installed.services.start(part)

    assert [words for call, answer in answers.items() if (words := fault(installed, part, call, answer))] == []
    assert any(answer.reports_unavailable(part.name) for answer in answers.values())


async def test_every_path_answers_while_all_services_run(installed: Installed) -> None:
    assert [words for call, answer in installed.healthy.items() if (words := server_fault(call, answer))] == []


def fault(installed: Installed, part: Part, call: Call, answer: Answer) -> str:
    """Describe what is wrong with an answer while a service is stopped; empty if nothing is."""
    healthy, service = installed.healthy[call], part.name
    unchanged = answer.response.status_code == healthy.response.status_code
    if service not in answer.requests:
        propagated = not unchanged and any(service in ASKS[each] for each in answer.requests)
        right = answer.reports_unavailable(service) if propagated else unchanged
    elif call.path == LEAVES_OUT_THE_UNAVAILABLE:
        right = unchanged
    elif answer.composed and not (service in healthy.timeline_services() and answer.reports_unavailable(service)):
        right = unchanged and service in answer.text
    else:  # also a timeline whose id only the stopped service knows
        right = answer.reports_unavailable(service)
    return "" if right else str(answer)


def server_fault(_call: Call, answer: Answer) -> str:
    return str(answer) if answer.response.is_server_error else ""
