"""A client of the REST API, for the command line."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError
from shared.contracts.downloads.candidates import Candidate
from shared.contracts.downloads.downloads import Download
from shared.contracts.gateway.api_keys import ApiKey, MadeApiKey, Scope
from shared.contracts.gateway.diagnostics import Diagnostics, IntegrationsReport
from shared.contracts.gateway.notifications import NotificationTarget
from shared.contracts.library.books import Book
from shared.contracts.library.completeness import Completeness
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.metadata.corrections import Correction
from shared.contracts.page import Page
from shared.contracts.problem import Problem
from shared.contracts.scheduler import Run, RunStatus, SchedulerStatus

PAGE = 500
POLL_SECONDS = (0.05, 0.5)
"""How soon a run is looked at again: short ones are seen to end at once, long ones cost few questions."""
PATIENCE_SECONDS = 45.0
"""How long a gateway or service that is away is waited for, within a cycle."""

ItemT = TypeVar("ItemT", bound=BaseModel)
AnswerT = TypeVar("AnswerT")


class ApiProblem(Exception):
    """The API refused, or did not answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.title}: {problem.detail}" if problem.detail else problem.title)
        self.problem = problem


class Api:
    """The REST API at one address, with one key. Waits out services that are away for a moment."""

    def __init__(self, url: str, key: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self.silent: set[str] = set()
        """Services, or their areas, that are known not to answer: nobody waits for them."""
        self.url = url
        self._patience_seconds = patience_seconds
        self._client = httpx.Client(base_url=url, headers={"X-Api-Key": key}, timeout=60.0)

    def close(self) -> None:
        self._client.close()

    def diagnostics(self) -> Diagnostics:
        return self._ask("GET", "/api/system/diagnostics", TypeAdapter(Diagnostics))

    def integrations(self) -> IntegrationsReport:
        return self._ask("POST", "/api/system/integrations/test", TypeAdapter(IntegrationsReport))

    def data_quality(self) -> Completeness:
        return self._ask("GET", "/api/system/data-quality", TypeAdapter(Completeness))

    def scheduler_status(self) -> SchedulerStatus:
        return self._ask("GET", "/api/scheduler/status", TypeAdapter(SchedulerStatus))

    def notification_targets(self) -> list[NotificationTarget]:
        return self._ask("GET", "/api/notifications/targets", TypeAdapter(list[NotificationTarget]))

    def keys(self) -> list[ApiKey]:
        return list(self._pages("/api/system/keys", Page[ApiKey]))

    def make_key(self, name: str, scope: Scope) -> MadeApiKey:
        body = {"name": name, "scopes": [scope.value]}
        return self._ask("POST", "/api/system/keys", TypeAdapter(MadeApiKey), json=body)

    def remove_key(self, key_id: UUID) -> None:
        self._request("DELETE", f"/api/system/keys/{key_id}")

    def count_books(self) -> int:
        return self._ask("GET", "/api/books", TypeAdapter(Page[Book]), params={"limit": 1}).total

    def books(self) -> Iterator[Book]:
        return self._pages("/api/books", Page[Book], sort="added_at")

    def missing_books(self) -> Iterator[MissingBook]:
        return self._pages("/api/books/missing", Page[MissingBook], sort="identified_at")

    def downloads(self) -> Iterator[Download]:
        return self._pages("/api/downloads", Page[Download], sort="created_at")

    def candidates(self, download_id: UUID) -> list[Candidate]:
        return list(self._pages(f"/api/downloads/{download_id}/candidates", Page[Candidate]))

    def corrections(self, **filters: str) -> Iterator[Correction]:
        return self._pages("/api/metadata/corrections", Page[Correction], sort="made_at", **filters)

    def count_corrections(self, status: str) -> int:
        params = {"limit": 1, "status": status}
        return self._ask("GET", "/api/metadata/corrections", TypeAdapter(Page[Correction]), params=params).total

    def series_changed_since(self, moment: datetime) -> bool:
        """Whether a correction made since then, and written, changed a book's series or authors."""
        for name in ("series", "authors"):
            params = {"limit": 1, "sort": "-made_at", "status": "applied", "field": name}
            newest = self._ask("GET", "/api/metadata/corrections", TypeAdapter(Page[Correction]), params=params).items
            if newest and newest[0].made_at >= moment:
                return True
        return False

    def run_task(self, name: str, parameters: dict[str, Any] | None = None) -> Run:
        """Begin a run of a task; a run of it that is under way is waited for first."""
        deadline = time.monotonic() + PATIENCE_SECONDS * 20
        pauses = _pauses()
        while True:
            try:
                return self._ask("POST", f"/api/scheduler/tasks/{name}/run", TypeAdapter(Run), json=parameters or {})
            except ApiProblem as refusal:
                if refusal.problem.code != "run_under_way" or time.monotonic() > deadline:
                    raise
                time.sleep(next(pauses))

    def follow(self, run: Run, told: Callable[[Run], None]) -> Run:
        """Wait until a run has ended, telling how it goes on."""
        pauses = _pauses()
        while True:
            now = self._ask("GET", f"/api/scheduler/runs/{run.id}", TypeAdapter(Run))
            told(now)
            if now.status not in (RunStatus.SCHEDULED, RunStatus.RUNNING):
                return now
            time.sleep(next(pauses))

    def _pages(self, path: str, shape: type[Page[ItemT]], **params: str) -> Iterator[ItemT]:
        offset = 0
        while True:
            page = self._ask("GET", path, TypeAdapter(shape), params={"limit": PAGE, "offset": offset, **params})
            yield from page.items
            offset += len(page.items)
            if not page.items or offset >= page.total:
                return

    def _ask(self, method: str, path: str, shape: TypeAdapter[AnswerT], **options: Any) -> AnswerT:
        content = self._request(method, path, **options)
        try:
            return shape.validate_json(content)
        except ValidationError as error:
            words = f"{path}: the answer is not that of this version of Gapless ({error.error_count()} differences)"
            raise ApiProblem(Problem(code="nonsense", title="Not understood", status=502, detail=words)) from error

    def _request(self, method: str, path: str, **options: Any) -> bytes:
        deadline = time.monotonic() + self._patience_seconds
        while True:
            problem = None
            try:
                response = self._client.request(method, path, **options)
            except httpx.HTTPError as error:
                problem = Problem(
                    code="gateway_away", title="The gateway does not answer", status=503, detail=str(error)
                )
            else:
                if response.is_success:
                    return response.content
                problem = _problem(response)
            if problem.status != 503 or problem.service in self.silent or time.monotonic() >= deadline:
                raise ApiProblem(problem)
            time.sleep(1.0)


def _pauses() -> Iterator[float]:
    pause, longest = POLL_SECONDS
    while True:
        yield pause
        pause = min(pause * 1.5, longest)


def _problem(response: httpx.Response) -> Problem:
    try:
        return Problem.model_validate_json(response.content)
    except ValidationError:
        return Problem(code="http", title=f"HTTP {response.status_code}", status=response.status_code)
