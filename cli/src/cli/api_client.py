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
from shared.contracts.gateway.doctor import Diagnosis
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingCounts
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.account import Account
from shared.contracts.mam.crawler import CrawlerStatus
from shared.contracts.mam.top_lists import WeeklyTopLists
from shared.contracts.metadata.corrections import Correction
from shared.contracts.metadata.proposals import Proposal
from shared.contracts.page import Page
from shared.contracts.problem import Problem
from shared.contracts.scheduler import Run, RunStatus

PAGE = 500
POLL_SECONDS = (0.05, 0.5)
"""The first and the longest pause between two polls of a run: short for short runs, few requests for long ones."""
RETRY_SECONDS = 45.0
"""How long a request in a cycle is retried while the gateway or a service is unavailable."""

ItemT = TypeVar("ItemT", bound=BaseModel)
AnswerT = TypeVar("AnswerT")


class ApiProblem(Exception):
    """The API refused a request or did not answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.title}: {problem.detail}" if problem.detail else problem.title)
        self.problem = problem


class Api:
    """The REST API at one address, with one key. Retries while the gateway or a service is unavailable.

    Every method raises `ApiProblem` when the API refuses the request, does not answer in `retry_seconds`, or
    answers with something that this version does not understand.
    """

    def __init__(self, url: str, key: str, retry_seconds: float = RETRY_SECONDS) -> None:
        self.unavailable: set[str] = set()
        """Services that are known to be down: requests that need them are not retried."""
        self.url = url
        self._retry_seconds = retry_seconds
        self._client = httpx.Client(base_url=url, headers={"X-Api-Key": key}, timeout=60.0)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def diagnostics(self) -> Diagnostics:
        """The reports of all services, and of Postgres, NATS and the folders."""
        return self._fetch("GET", "/api/system/diagnostics", TypeAdapter(Diagnostics))

    def diagnosis(self) -> Diagnosis:
        """What the doctor finds. Tests every outside system."""
        return self._fetch("POST", "/api/system/doctor", TypeAdapter(Diagnosis))

    def integrations(self) -> IntegrationsReport:
        """Check every outside system now; the state of each."""
        return self._fetch("POST", "/api/system/integrations/test", TypeAdapter(IntegrationsReport))

    def account(self) -> Account:
        """What is known about the account at MyAnonamouse."""
        return self._fetch("GET", "/api/account", TypeAdapter(Account))

    def weekly_top_lists(self) -> WeeklyTopLists:
        """The top lists of the enabled genres."""
        return self._fetch("GET", "/api/top10/weekly", TypeAdapter(WeeklyTopLists))

    def crawler(self) -> CrawlerStatus:
        """The state of the crawler of guides."""
        return self._fetch("GET", "/api/crawler", TypeAdapter(CrawlerStatus))

    def keys(self) -> list[ApiKey]:
        """All API keys, without their secrets."""
        return list(self._pages("/api/system/keys", Page[ApiKey]))

    def make_key(self, name: str, scope: Scope) -> MadeApiKey:
        """Create a key; only this answer contains it."""
        body = {"name": name, "scopes": [scope.value]}
        return self._fetch("POST", "/api/system/keys", TypeAdapter(MadeApiKey), json=body)

    def revoke_key(self, key_id: UUID) -> None:
        """Delete a key, so that it is no longer accepted."""
        self._request("DELETE", f"/api/system/keys/{key_id}")

    def count_books(self) -> int:
        """The number of books in the library."""
        return self._fetch("GET", "/api/books", TypeAdapter(Page[Book]), params={"limit": 1}).total

    def books(self) -> Iterator[Book]:
        """All books, oldest first; fetches page by page."""
        return self._pages("/api/books", Page[Book], sort="added_at")

    def missing_books(self) -> Iterator[MissingBook]:
        """All missing books, oldest first; fetches page by page."""
        return self._pages("/api/books/missing", Page[MissingBook], sort="identified_at")

    def downloads(self) -> Iterator[Download]:
        """All downloads, oldest first; fetches page by page."""
        return self._pages("/api/downloads", Page[Download], sort="created_at")

    def candidates(self, download_id: UUID) -> list[Candidate]:
        """The releases that were judged for a download."""
        return list(self._pages(f"/api/downloads/{download_id}/candidates", Page[Candidate]))

    def corrections(self, **filters: str) -> Iterator[Correction]:
        """The corrections that match the filters of the API, oldest first; fetches page by page."""
        return self._pages("/api/metadata/corrections", Page[Correction], sort="made_at", **filters)

    def count_corrections(self, status: str) -> int:
        """The number of corrections with this status."""
        params = {"limit": 1, "status": status}
        return self._fetch("GET", "/api/metadata/corrections", TypeAdapter(Page[Correction]), params=params).total

    def finding_counts(self) -> FindingCounts:
        """The findings of the library by kind and status."""
        return self._fetch("GET", "/api/findings/counts", TypeAdapter(FindingCounts))

    def open_proposals(self) -> Iterator[Proposal]:
        """The proposals that wait for a decision."""
        return self._pages("/api/metadata/proposals", Page[Proposal], sort="made_at")

    def series_changed_since(self, moment: datetime) -> bool:
        """Whether a correction that was made since then and is applied changed a book's series or authors."""
        for name in ("series", "authors"):
            params = {"limit": 1, "sort": "-made_at", "status": "applied", "field": name}
            newest = self._fetch("GET", "/api/metadata/corrections", TypeAdapter(Page[Correction]), params=params).items
            if newest and newest[0].made_at >= moment:
                return True
        return False

    def run_task(self, name: str, parameters: dict[str, Any] | None = None) -> Run:
        """Start a run of a task. If one is already in progress, wait until it ends, up to 15 minutes."""
        deadline = time.monotonic() + RETRY_SECONDS * 20
        pauses = _pauses()
        while True:
            try:
                return self._fetch("POST", f"/api/scheduler/tasks/{name}/run", TypeAdapter(Run), json=parameters or {})
            except ApiProblem as refusal:
                if refusal.problem.code != "run_under_way" or time.monotonic() > deadline:
                    raise
                time.sleep(next(pauses))

    def cancel_run(self, run_id: UUID) -> None:
        """Cancel a run that is in progress. Work that has started is finished."""
        self._request("POST", f"/api/scheduler/runs/{run_id}/cancel")

    def follow(self, run: Run, on_progress: Callable[[Run], None]) -> Run:
        """Poll a run until it has ended, and return it; `on_progress` gets each state that was read."""
        pauses = _pauses()
        while True:
            now = self._fetch("GET", f"/api/scheduler/runs/{run.id}", TypeAdapter(Run))
            on_progress(now)
            if now.status not in (RunStatus.SCHEDULED, RunStatus.RUNNING):
                return now
            time.sleep(next(pauses))

    def _pages(self, path: str, shape: type[Page[ItemT]], **params: str) -> Iterator[ItemT]:
        offset = 0
        while True:
            page = self._fetch("GET", path, TypeAdapter(shape), params={"limit": PAGE, "offset": offset, **params})
            yield from page.items
            offset += len(page.items)
            if not page.items or offset >= page.total:
                return

    def _fetch(self, method: str, path: str, shape: TypeAdapter[AnswerT], **options: Any) -> AnswerT:
        content = self._request(method, path, **options)
        try:
            return shape.validate_json(content)
        except ValidationError as error:
            detail = (
                f"{path}: the response does not have the format of this version ({error.error_count()} differences)."
                " Use the same version of Gapless for the command line and the services"
            )
            problem = Problem(code="nonsense", title="The response cannot be read", status=502, detail=detail)
            raise ApiProblem(problem) from error

    def _request(self, method: str, path: str, **options: Any) -> bytes:
        deadline = time.monotonic() + self._retry_seconds
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
            if problem.status != 503 or problem.service in self.unavailable or time.monotonic() >= deadline:
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
