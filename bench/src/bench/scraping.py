"""The cost of a scrape of each service at 50,000 books: the gauges that are read for it, and writing all metrics."""

import asyncio
import time

import psutil
import psycopg
from harness.trial import trial
from prometheus_client.exposition import generate_latest
from provisioning.roles import DATABASE
from provisioning.services import PARTS, Part
from pydantic import SecretStr
from sandbox.worldmaking.shipped import SANDBOX
from shared.chassis.metrics import Scrape, StoredGauges
from shared.chassis.service import Service
from sqlalchemy import text

from bench.figures import Figure
from bench.gap_seeding import seed_gaps
from bench.invented_library import invented_books
from bench.measurement import NotMeasured, ShowProgress
from bench.seeding import seed

BOOKS = 50_000
SECTION = f"scrape, {BOOKS:,} books"
WORLD = SANDBOX / "worlds" / "small.json"
SETTINGS = {"LOG_LEVEL": "WARNING", "TASK_LIBRARY_SCAN_CRON": "by hand", "TASK_LIBRARY_CHECK_CRON": "by hand"}
ROUNDS = 40
EVERY_SECONDS = 15.0
"""Prometheus scrapes four times a minute. The clock is put forward between two scrapes."""
_FILL = (
    """insert into downloads.downloads (id, title, wanted, status, source, grabbed_at, size_bytes, progress)
    select gen_random_uuid(), 'Oz ' || n, '{}', case when n <= 50000 then 'imported' else 'queued' end, 'MAM',
        case when n <= 50000 then now() end, 300000000, 1 from generate_series(1, 55000) as n""",
    """insert into downloads.candidates (download_id, indexer, release_id, release, verdict, score, reasons, judged_at)
    select id, 'MAM', n::text, jsonb_build_object('title', repeat('a release ', 100)),
        (array['accepted', 'doubtful', 'rejected'])[1 + n % 3], 0.5, '[]', now()
    from downloads.downloads, generate_series(1, case status when 'queued' then 10 else 1 end) as n""",
    """insert into downloads.failed_attempts (task, item, error_type, reason, first_attempt_at, last_attempt_at)
    select 'search', n::text, (array['network', 'client'])[1 + n % 2], 'it was unavailable', now(), now()
    from generate_series(1, 20000) as n""",
    """insert into metadata.corrections (id, book_id, book_title, field, old, new, source, confidence, reasons, status,
        made_by, made_at)
    select gen_random_uuid(), gen_random_uuid(), 'Oz', 'subtitle', '"a"', '"b"', 'AUDIBLE', 'HIGH', '[]', 'applied',
        'gapless', now() from generate_series(1, 100000) as n""",
    """insert into metadata.proposals (id, book_id, book_title, field, old, new, kind, source, confidence, score,
        reasons, status, made_at)
    select gen_random_uuid(), gen_random_uuid(), 'Oz', 'subtitle', '"a"', '"b"', 'fill', 'AUDIBLE', 'MEDIUM',
        0.5, '[]', 'open', now() from generate_series(1, 20000) as n""",
    """insert into library.findings (id, kind, key, fingerprint, book_ids, words, status, found_at, changed_at)
    select gen_random_uuid(), (array['no_cover', 'odd_title'])[1 + n % 2], n::text, '', array[]::uuid[], 'found',
        'open', now(), now()
    from generate_series(1, 20000) as n""",
    """insert into scheduler.runs (id, task, status, by, due_at, started_at, ended_at)
    select gen_random_uuid(), task, 'completed', 'schedule', now() - n * interval '1 minute', now(), now()
    from scheduler.schedules, generate_series(1, 2000) as n""",
)
"""What an installation with that many books has stored after a year. Nothing but the gauges reads these rows."""


def measure_scrapes(show_progress: ShowProgress) -> list[Figure]:
    """Measure on an installation of its own. Raises `NotMeasured` if its tables have other columns."""
    show_progress(f"scrapes: seeding {BOOKS:,} books")
    with trial(WORLD, SETTINGS, on_disk=True) as installed:
        installed.wait_until_healthy()
        environments = {part.name: installed.processes.installation.environment(part) for part in PARTS}
        for part in PARTS:
            installed.processes.kill(part.name)
        library = environments["library-scanner"]["DATABASE_URL"]
        seed(library, list(invented_books(BOOKS)))
        seed_gaps(library)
        try:
            with psycopg.connect(
                installed.processes.installation.postgres.url(DATABASE), autocommit=True
            ) as connection:
                for statement in _FILL:
                    connection.execute(statement.encode())
                connection.execute("vacuum analyze")
        except psycopg.Error as error:
            raise NotMeasured(f"the tables could not be filled: {error}") from error
        show_progress("scrapes: reading the metrics")
        measured = [asyncio.run(_measure(part, environments[part.name]["DATABASE_URL"])) for part in PARTS]
    return [figure for each in measured for figure in each]


async def _measure(part: Part, url: str) -> list[Figure]:
    """The processor time of a scrape in the service and in Postgres: the mean of ten minutes, and the first one.

    The first scrape reads every gauge. The processor time does not depend on what else the machine does.
    """
    settings = part.settings.example().model_copy(update={"database_url": SecretStr(url)})
    service = Service.of(part.spec, settings)
    part.build(settings, service)
    now = [0.0]
    stored = StoredGauges(service.database, service.gauges, monotonic=lambda: now[0])
    async with service.database.engine.connect() as connection:  # the only one of the pool, which is used again
        backend = psutil.Process((await connection.execute(text("select pg_backend_pid()"))).scalar_one())

    async def scrape() -> None:
        page = generate_latest(Scrape(service.registry, await stored.metrics()))
        if b"gapless_gauges_readable 1.0" not in page:
            raise NotMeasured(f"the gauges of {part.name} could not be read")

    def seconds() -> float:
        times = backend.cpu_times()
        return time.process_time() + times.user + times.system

    started = seconds()
    await scrape()
    first = seconds() - started
    started = seconds()
    for number in range(1, ROUNDS + 1):
        now[0] = number * EVERY_SECONDS
        await scrape()
    mean = (seconds() - started) / ROUNDS
    await service.database.aclose()
    return [
        Figure(SECTION, f"{part.name}, processor time, first", 1000 * first, "ms"),
        Figure(SECTION, f"{part.name}, processor time", 1000 * mean, "ms"),
    ]
