"""The search in 10,000 guide pages over the API, compared with a bare query of the same table."""

import random
import statistics
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx
import psycopg
from embedded.process import LOOPBACK
from harness.processes import Processes
from provisioning.services import PARTS

from bench.figures import Figure
from bench.measurement import NotMeasured, ShowProgress

SECTION = "guides"
MAM_SEARCH = next(part for part in PARTS if part.name == "mam-search")
PAGES, CALLS, WORDS_OF_A_PAGE = 10_000, 40, 200
BARE = """
    select id, title from mam.guides, websearch_to_tsquery('english', %(query)s) wanted where search @@ wanted
    order by ts_rank_cd(search, wanted, 1) desc, id limit 20
"""
INSERT = """
    insert into mam.guides (id, kind, address, title, fetched_at, content_hash, markdown)
    values (%s, 'guide', %s, %s, now(), '', %s)
"""
DELETE = "delete from mam.guides where address like '/bench/%'"


def measure_guides(processes: Processes, show_progress: ShowProgress) -> list[Figure]:
    """Searches for two words, of which each is in about one page in 34. The pages are deleted afterwards.

    Raises `NotMeasured` if a search fails or finds nothing.
    """
    show_progress(f"searching {PAGES:,} guide pages")
    random_ = random.Random(11)
    words = [_word(random_) for _ in range(8_000)]
    queries = [" ".join(random_.sample(words[:400], 2)) for _ in range(CALLS + 1)]
    with psycopg.connect(processes.installation.environment(MAM_SEARCH)["DATABASE_URL"], autocommit=True) as database:
        try:
            with database.transaction(), database.cursor() as cursor:
                cursor.executemany(INSERT, _pages(random_, words))
            database.execute("analyze mam.guides")
            bare = statistics.median(_bare(database, query) for query in queries[1:])
            ours = _over_the_api(processes, queries)
        finally:
            database.execute(DELETE)
    return [Figure(SECTION, "10,000 pages searched, median", ours, "ms", bare, "a bare query of the same table")]


def _word(random_: random.Random) -> str:
    return "".join(random_.choice("bdfglmnprstvz") + random_.choice("aeiou") for _ in range(4))


def _pages(random_: random.Random, words: list[str]) -> Iterator[tuple[str, str, str, str]]:
    for number in range(PAGES):
        text = " ".join(random_.choices(words[:400], k=WORDS_OF_A_PAGE // 20) + random_.choices(words, k=190))
        yield str(uuid4()), f"/bench/{number}", f"Guide {number}", text


def _bare(database: psycopg.Connection, query: str) -> float:
    started = time.perf_counter()
    database.execute(BARE, {"query": query}).fetchall()
    return 1000 * (time.perf_counter() - started)


def _over_the_api(processes: Processes, queries: list[str]) -> float:
    """The median duration of the searches after the first, in ms."""
    headers = {"X-Api-Key": processes.installation.api_key}
    durations, found = [], 0
    with httpx.Client(
        base_url=f"http://{LOOPBACK}:{processes.port}", headers=headers, timeout=60, trust_env=False
    ) as client:
        for query in queries:
            started = time.perf_counter()
            response = client.get("/api/guides", params={"query": query, "limit": 20})
            durations.append(1000 * (time.perf_counter() - started))
            if response.status_code != 200:
                raise NotMeasured(f"a search of guides failed with status {response.status_code}")
            found += response.json()["total"]
    if not found:
        raise NotMeasured("no search found a guide")
    return statistics.median(durations[1:])
