"""A service that is away takes the paths that ask it with it, within seconds and by name, and no others.

All services run in this process, so that it can be seen whom the gateway asks for each call: which path needs which
service is found out, not written down a second time.
"""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from cli.api_client import Api
from demo.demo import DEMO_SETTINGS
from demo.sandbox_process import sandbox_process
from embedded.folder import passing_folder
from embedded.installation import Installation
from embedded.one_process import Services, all_services
from embedded.process import LOOPBACK, free_port
from generation.generated_files import openapi_text
from provisioning.services import PARTS, Part
from sandbox.worldmaking.shipped import SANDBOX
from shared.chassis.bus import Bus
from shared.contracts.areas import service_of
from shared.contracts.message import EveryService, Request
from structlog.contextvars import get_contextvars

WITHIN_SECONDS = 5.0
"""As long as a call may take beyond what it takes while all is well."""
CALLS_AT_ONCE = 4
NO_KEEPING = httpx.Limits(max_keepalive_connections=0)
"""A connection that is kept may be closed just when it is used again."""
NEVER_ENDS = "/api/events"
LISTS = {
    "author_id": "/api/authors",
    "book_id": "/api/books",
    "correction_id": "/api/metadata/corrections",
    "download_id": "/api/downloads",
    "missing_book_id": "/api/books/missing",
    "run_id": "/api/scheduler/runs",
    "series_id": "/api/series",
}
"""Where something is found to look at."""
ASKS = {part.name: {service_of(message.area()) for message in part.table().asked} for part in PARTS}
"""Whom each service asks to answer a request itself."""
DESCRIPTION: dict[str, Any] = json.loads(openapi_text())

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True)
class Call:
    """One call that changes nothing: to read, or to change what does not exist."""

    method: str
    path: str
    body: Any = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Answer:
    """How a call was answered, and what the gateway asked for it of which services."""

    response: httpx.Response
    seconds: float
    asked: dict[str, set[type[Request[Any]]]]

    @property
    def composed(self) -> bool:
        """Put together from what each service says of itself."""
        asked = [{kind for kind in kinds if issubclass(kind, EveryService)} for kinds in self.asked.values()]
        return len(asked) > 1 and bool(set.intersection(*asked))

    def __str__(self) -> str:
        request, status = self.response.request, self.response.status_code
        return f"{request.method} {request.url.path}: {status} after {self.seconds:.1f} s: {self.response.text[:300]}"

    def tells_away(self, service: str) -> bool:
        """Names the service that is away, and when to come again."""
        if self.response.status_code != 503:
            return False
        return bool(self.response.json()["service"] == service and int(self.response.headers["retry-after"]) > 0)

    def tellers(self) -> set[str]:
        """The services whose parts are in a story."""
        entries = self.response.json().get("entries", []) if isinstance(self.response.json(), dict) else []
        return {entry["service"] for entry in entries}


class Listener:
    """Knows what the gateway asked for a call, by the call's id."""

    def __init__(self) -> None:
        self.asked: dict[str, dict[str, set[type[Request[Any]]]]] = defaultdict(lambda: defaultdict(set))

    def listen(self, patch: pytest.MonkeyPatch) -> None:
        ask = Bus.ask

        async def ask_and_tell(bus: Bus, request: Request[Any], *, of: str | None = None) -> Any:
            if call_id := get_contextvars().get("request_id"):
                self.asked[call_id][service_of(of or request.area()) or ""].add(type(request))
            return await ask(bus, request, of=of)

        patch.setattr(Bus, "ask", ask_and_tell)


@dataclass(frozen=True)
class Installed:
    """Services that run, and calls to the gateway among them with the answers they have when all is well."""

    services: Services
    client: httpx.AsyncClient
    listener: Listener
    calls: list[Call]
    well: dict[Call, Answer]


async def walk(client: httpx.AsyncClient, listener: Listener, calls: list[Call]) -> dict[Call, Answer]:
    """Make all calls, some at once."""
    some = asyncio.Semaphore(CALLS_AT_ONCE)

    async def make(call: Call) -> Answer:
        async with some:
            call_id, began = uuid4().hex, time.monotonic()
            response = await client.request(
                call.method, call.path, json=call.body, headers={"X-Request-Id": call_id}, timeout=60
            )
            return Answer(response, time.monotonic() - began, dict(listener.asked[call_id]))

    return dict(zip(calls, await asyncio.gather(*(make(call) for call in calls)), strict=True))


async def walk_twice(
    client: httpx.AsyncClient, listener: Listener, calls: list[Call], wrong: Callable[[Call, Answer], str]
) -> dict[Call, Answer]:
    """Make all calls, and those that were answered wrong once more: a busy machine may stand still for seconds."""
    answers = await walk(client, listener, calls)
    return answers | await walk(client, listener, [call for call, answer in answers.items() if wrong(call, answer)])


async def calls_of_all(client: httpx.AsyncClient) -> list[Call]:
    """Every path that can be read, and every change of what does not exist."""
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
    """The path with ids in it, once for each value of a parameter that is one of a few."""
    parameters = operation.get("parameters", [])
    names = [each["name"] for each in parameters if each["in"] == "path"]
    values = [each["schema"].get("enum") or [known.get(each["name"], str(uuid4()))] for each in parameters
              if each["in"] == "path"]  # fmt: skip
    query = "?query=oz" if any(each["name"] == "query" and each["in"] == "query" for each in parameters) else ""
    return [path.format(**dict(zip(names, chosen, strict=True))) + query for chosen in product(*values)]


def _body(operation: dict[str, Any]) -> Any:
    return (
        operation["requestBody"]["content"]["application/json"].get("example", {})
        if "requestBody" in operation
        else None
    )


@pytest.fixture(scope="module")
def installation() -> Iterator[tuple[Installation, dict[str, str]]]:
    with (
        passing_folder() as folder,
        sandbox_process(SANDBOX / "worlds" / "small.json", folder / "sandbox") as sandbox_settings,
        Installation(folder) as made,
    ):
        yield made, {**DEMO_SETTINGS, **sandbox_settings(), "HEALTH_PORT": str(free_port())}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def installed(installation: tuple[Installation, dict[str, str]]) -> AsyncIterator[Installed]:
    """All services, with a library that was scanned, and the answers when all is well."""
    made, given = installation
    address, listener = f"http://{LOOPBACK}:{given['HEALTH_PORT']}", Listener()
    with pytest.MonkeyPatch.context() as patch:
        listener.listen(patch)
        async with (
            all_services(made, given) as services,
            httpx.AsyncClient(base_url=address, headers={"X-Api-Key": made.api_key}, limits=NO_KEEPING) as client,
        ):
            await asyncio.to_thread(_fill, Api(address, made.api_key))
            gap = (await client.get("/api/books/missing")).json()["items"][0]
            (await client.post("/api/downloads", json={"missing_book_id": gap["id"]})).raise_for_status()
            calls = await calls_of_all(client)
            well = await walk_twice(client, listener, calls, server_fault)
            yield Installed(services, client, listener, calls, well)


def _fill(api: Api) -> None:
    for task in ("library_scan", "series_completion"):
        api.follow(api.run_task(task), lambda _run: None)
    api.close()


@pytest.mark.parametrize("part", [part for part in PARTS if part.name != "gateway"], ids=lambda part: part.name)
async def test_only_the_paths_that_need_a_service_fail_while_it_is_away(installed: Installed, part: Part) -> None:
    await installed.services.stop(part)
    try:
        answers = await walk_twice(
            installed.client, installed.listener, installed.calls, partial(fault, installed, part)
        )
    finally:
        await installed.services.start(part)

    assert [words for call, answer in answers.items() if (words := fault(installed, part, call, answer))] == []
    assert any(answer.tells_away(part.name) for answer in answers.values())


async def test_every_path_answers_while_all_services_run(installed: Installed) -> None:
    assert [words for call, answer in installed.well.items() if (words := server_fault(call, answer))] == []


def fault(installed: Installed, part: Part, call: Call, answer: Answer) -> str:
    """What is wrong with an answer while a service is away; nothing when it is as it should be."""
    well, service = installed.well[call], part.name
    as_ever = answer.response.status_code == well.response.status_code
    if service not in answer.asked:
        passed_on = not as_ever and any(service in ASKS[each] for each in answer.asked)
        right = answer.tells_away(service) if passed_on else as_ever
    elif answer.composed and not (service in well.tellers() and answer.tells_away(service)):
        right = as_ever and service in answer.response.text
    else:  # of a story, too, when only the service that is away knows the id that was asked for
        right = answer.tells_away(service)
    return "" if right and answer.seconds < well.seconds + WITHIN_SECONDS else str(answer)


def server_fault(_call: Call, answer: Answer) -> str:
    return str(answer) if answer.response.is_server_error else ""
