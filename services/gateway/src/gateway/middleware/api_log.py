"""Writes one row for each call to `api_logs`, in batches in the background.

The content of paths, queries, headers and bodies is not stored: the endpoint is the template of the route.
"""

import asyncio
import time
from collections import deque
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from prometheus_client import CollectorRegistry, Counter
from shared.chassis.database import Transaction, Transactions
from shared.chassis.logging import logger
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.paths import Paths
from gateway.middleware.rate_limits import address_of
from gateway.postgres.tables import ApiLogRow

MAX_WAITING = 10_000
BATCH = 1_000
WRITE_EVERY_SECONDS = 1.0
NO_ROUTE = "none"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class ApiLog:
    """The queue of rows. If Postgres is unavailable for long, new rows are dropped and counted."""

    def __init__(self, transaction: Transactions[Transaction], registry: CollectorRegistry) -> None:
        self._transaction = transaction
        self._waiting: deque[dict[str, Any]] = deque()
        self.dropped = Counter("gapless_api_log_dropped", "calls that could not be logged", registry=registry)

    def add(self, row: dict[str, Any]) -> None:
        """Queue a row, or drop it if the queue is full. Never waits."""
        if len(self._waiting) >= MAX_WAITING:
            self.dropped.inc()
        else:
            self._waiting.append(row)

    async def write(self) -> None:
        """Write queued rows at regular intervals, until cancelled."""
        log = logger(service="gateway")
        while True:
            await asyncio.sleep(WRITE_EVERY_SECONDS)
            try:
                await self.write_now()
            except (SQLAlchemyError, OSError) as error:
                log.warning("api_log_delayed", waiting=len(self._waiting), because=type(error).__name__)

    async def write_now(self) -> None:
        """Write all queued rows. A row leaves the queue only after its commit."""
        while batch := list(islice(self._waiting, BATCH)):
            async with self._transaction() as tx:
                await tx.session.execute(insert(ApiLogRow), batch)
            for _ in batch:
                self._waiting.popleft()


class ApiLogging:
    """Logs each call after its response, and a stream after its end."""

    def __init__(self, app: ASGIApp, log: ApiLog, paths: Paths) -> None:
        self._app = app
        self._log = log
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        status, at, begun = 500, datetime.now(UTC), time.monotonic()

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            return await self._app(scope, receive, send_and_see)
        finally:
            milliseconds = round((time.monotonic() - begun) * 1000)
            endpoint = getattr(scope.get("route"), "path", None)
            if endpoint is None:  # answered before routing
                endpoint = self._paths.template(scope["path"]) or NO_ROUTE
            self._log.add(_row(scope, status) | {"endpoint": endpoint, "at": at, "milliseconds": milliseconds})


def _row(scope: Scope, status: int) -> dict[str, Any]:
    state, method = scope["state"], scope["method"]
    caller = state.get("caller")
    return {
        "method": method if method in METHODS else "other",
        "key_id": caller.key_id if caller else None,
        "address": address_of(scope),
        "status": status,
        "request_id": state["request_id"],
    }
