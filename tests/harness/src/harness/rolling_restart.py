"""Restarts a cluster part by part, as an upgrade does, while requests that change something arrive."""

import itertools
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx
import psycopg
from provisioning.roles import DATABASE
from shared.contracts.library.field_values import MANUAL
from shared.contracts.metadata.corrections import CorrectionStatus

from harness.trial import Trial

FIELDS = ("publisher", "subtitle", "description")
PAUSE_SECONDS = 0.2
READY_WITHIN_SECONDS = 300.0
APPLIED_WITHIN_SECONDS = 240.0
_CORRECTIONS = (
    "select count(*), count(distinct (book_id, field)), count(*) filter (where status = any(%s))"
    " from metadata.corrections where id = any(%s::uuid[])"
)
_UNWRITTEN = (
    "select status, status_detail, field, book_id::text, made_at, sent_at from metadata.corrections"
    " where id = any(%s::uuid[]) and status <> %s"
)
_TWICE = "select book_id, field from metadata.corrections where source = %s group by 1, 2 having count(*) > 1"


class Load:
    """Corrects one field of one book after another by hand, at any gateway that answers."""

    def __init__(self, installed: Trial, gateways: Iterable[str]) -> None:
        self._installed = installed
        self._gateways = itertools.cycle(gateways)
        self._stop = threading.Event()
        self.accepted: list[str] = []
        """The ids of the corrections whose request was answered with 201."""
        self.refused: list[int] = []
        """The status of each answer with which a request was refused."""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Send requests within this context."""
        thread = threading.Thread(target=self._send_all, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _send_all(self) -> None:
        with psycopg.connect(self._installed.processes.installation.postgres.url(DATABASE)) as connection:
            books = [str(row[0]) for row in connection.execute("select id from library.books order by id").fetchall()]
        for number, (field, book) in enumerate(itertools.product(FIELDS, books)):
            if self._stop.wait(PAUSE_SECONDS):
                return
            self._send({"book_id": book, "field": field, "value": f"Number {number}"})

    def _send(self, correction: dict[str, str]) -> None:
        """Send a request once, to the next gateway; a gateway that is away was asked for nothing."""
        address = self._installed.processes.address(next(self._gateways))
        headers = {"X-Api-Key": self._installed.processes.installation.api_key, "Idempotency-Key": str(uuid4())}
        try:
            answer = httpx.post(f"{address}/api/metadata/corrections", json=correction, headers=headers, timeout=60)
        except httpx.TransportError:
            return
        if answer.status_code == httpx.codes.CREATED:
            self.accepted.append(answer.json()["id"])
        else:
            self.refused.append(answer.status_code)

    def assert_nothing_lost(self) -> None:
        """Check that every accepted correction was written, and that none was made twice."""
        wanted = len(self.accepted)
        assert wanted, f"no request was accepted; refused with {self.refused}"
        deadline = time.monotonic() + APPLIED_WITHIN_SECONDS
        with psycopg.connect(
            self._installed.processes.installation.postgres.url(DATABASE), autocommit=True
        ) as connection:
            values = [[CorrectionStatus.APPLIED.value], self.accepted]
            while (found := connection.execute(_CORRECTIONS, values).fetchone()) != (wanted, wanted, wanted):
                if time.monotonic() > deadline:
                    left = connection.execute(_UNWRITTEN, [self.accepted, CorrectionStatus.APPLIED.value]).fetchall()
                    raise AssertionError(f"of {wanted} accepted corrections: {found}; not applied: {left}")
                time.sleep(0.5)
            assert connection.execute(_TWICE, [MANUAL]).fetchall() == []


def restart_each(installed: Trial, names: Iterable[str]) -> None:
    """Stop and start these parts one after another; each is ready before the next one stops."""
    for name in names:
        before = _starts(installed, name)
        installed.processes.stop(name)
        installed.processes.restart(name)
        _wait_until_ready(installed, name, before)


def _wait_until_ready(installed: Trial, name: str, starts_before: int) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    server = installed.processes.installation.nats_servers.get(name)
    while True:
        if server is not None:
            answer = httpx.get(f"{server.monitor_url}/healthz", timeout=120, trust_env=False)
            ready = answer.status_code == httpx.codes.OK
        else:
            ready = _starts(installed, name) > starts_before
        if ready:
            return
        assert time.monotonic() < deadline, f"{name} was not ready within {READY_WITHIN_SECONDS:g} s"
        time.sleep(0.05)


def _starts(installed: Trial, name: str) -> int:
    """How often a service has started, by its log."""
    if name in installed.processes.installation.nats_servers:
        return 0
    return installed.processes.log(name).read_text(errors="replace").count("service_started")
