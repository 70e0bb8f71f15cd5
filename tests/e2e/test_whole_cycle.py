"""One cycle on each shipped world ends with the results that the truth of the world lists."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from cli.cycle.phases import PhaseOutcome
from cli.main import app
from demo.guides import crawl_guides
from gapless_client import every
from gapless_client.models import DownloadStatus
from harness.recorder import Recorder, recorder
from harness.secret_search import known_secrets, secrets_in_clear
from harness.trial import Trial, trial
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from sandbox.server import Credentials
from sandbox.worldmaking.shipped import SANDBOX
from shared.contracts.mam.guides import GuideAnswer, GuideList
from typer.testing import CliRunner


@pytest.fixture(scope="module")
def collector() -> Iterator[Recorder]:
    """The collector of the traces of the small world."""
    with recorder() as recorded:
        yield recorded


@pytest.fixture(scope="module")
def small(collector: Recorder) -> Iterator[Trial]:
    """The small world. Each service is started from its command and migrates its empty schema, unlike elsewhere."""
    settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address}
    with trial(SANDBOX / "worlds" / "small.json", settings) as installed:
        yield installed


def test_a_cycle_on_the_small_world_ends_with_its_truth_and_a_second_changes_nothing(
    small: Trial, collector: Recorder
) -> None:
    first = small.cycle()

    assert [phase.outcome for phase in first.phases].count(PhaseOutcome.FAILED) == 0
    score = small.score(first)
    assert score.perfect, score

    second = small.cycle()

    assert second.books_before == first.books_after == second.books_after
    assert [each.missing.id for each in second.decisions] == [each.missing.id for each in first.decisions]
    assert len(second.corrections) == len(first.corrections)
    assert small.score(second).perfect

    assert secrets_in_clear(small.processes, {"a name that is no secret": small.world.account.username})
    assert small.secrets_in_clear() == []

    exported = b"".join(each.body for each in collector.received)
    assert b"GET Audiobookshelf" in exported
    secrets = known_secrets(small.processes, small.world)
    assert [what for what, value in secrets.items() if value.encode() in exported] == []


def test_a_call_over_the_api_is_one_trace_down_to_the_outside_request_and_the_transaction(
    small: Trial, collector: Recorder
) -> None:
    trace_id, caller = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    headers = {"X-Api-Key": small.processes.installation.api_key, "traceparent": f"00-{trace_id}-{caller}-01"}
    with httpx.Client(base_url=f"http://127.0.0.1:{small.processes.port}", headers=headers, timeout=60) as api:
        api.post("/api/scheduler/tasks/library_scan/run").raise_for_status()
        problem = api.get("/api/books/00000000-0000-4000-8000-000000000000").json()
    outside, deadline = "GET Audiobookshelf", time.monotonic() + 240
    expected = {outside, "handle evt.runs.run_finished", "transaction"}

    # Each process exports its spans in batches of its own, so a parent may arrive after its children.
    walked: list[str] | None = None
    while walked is None:
        assert time.monotonic() < deadline, {each.name for each in spans_of(collector, trace_id)}
        time.sleep(0.2)
        spans = spans_of(collector, trace_id)
        if expected <= {each.name for each in spans}:
            walked = path_to(caller, spans, outside)

    assert problem["trace_id"] == trace_id
    assert walked[:2] == [outside, "handle cmd.library.scan_library"]
    assert walked[-1] == "POST /api/scheduler/tasks/{name}/run"


def path_to(caller: str, spans: list[Span], name: str) -> list[str] | None:
    """The names of the spans from the first of a name up to those of a caller; None while a span is missing."""
    by_id, path = {each.span_id.hex(): each for each in spans}, []
    current = next(each.span_id.hex() for each in spans if each.name == name)
    while current != caller:
        if current not in by_id:
            return None
        path.append(by_id[current].name)
        current = by_id[current].parent_span_id.hex()
    return path


def spans_of(collector: Recorder, trace_id: str) -> list[Span]:
    """The exported spans of one trace."""
    return [each for each in collector.spans() if each.trace_id.hex() == trace_id]


def test_the_library_is_used_on_the_command_line(small: Trial) -> None:
    commands = CommandLine(small)
    for task in ("library_scan", "series_completion"):
        assert commands.run("tasks", "run", task).startswith(f"{task}: completed")

    book = commands.json("books", "list", "--limit", "1")["items"][0]
    assert commands.json("books", "show", book["id"])["title"] == book["title"]
    assert book["title"] in commands.run("books", "show", book["id"])
    assert commands.json("books", "history", book["id"])["entries"]

    series = commands.json("series", "list")["items"][0]
    assert f"{series['name']}: " in commands.run("series", "show", series["id"])

    pending = [f"--status={each}" for each in ("identified", "queued", "failed")]
    wanted = commands.json("wanted", "list", *pending)["items"][0]
    assert wanted["title"] in commands.run("wanted", "why", wanted["id"])
    assert commands.run("wanted", "ignore", wanted["id"]) == f"{wanted['title']} is ignored\n"
    assert commands.json("wanted", "why", wanted["id"])["status"] == "ignored"
    assert commands.run("wanted", "want", wanted["id"]) == f"{wanted['title']} is wanted\n"
    assert commands.json("wanted", "why", wanted["id"])["status"] == "identified"
    assert commands.json("search", "--wanted", wanted["id"])["problems"] == []

    assert commands.run("tasks", "run", "cleanup", "--dry-run").startswith("cleanup: completed")
    assert "cleanup" in commands.run("tasks", "list")
    assert commands.json("tasks", "history", "library_scan")["total"] > 0
    assert "total" in commands.json("queue", "list", "--all")
    assert "total" in commands.json("corrections", "list")
    assert "standing" in commands.json("account", "show")


class CommandLine:
    """`gapless` with the address and the key of an installation."""

    def __init__(self, installed: Trial) -> None:
        processes = installed.processes
        self._environment = {
            "GAPLESS_URL": f"http://127.0.0.1:{processes.port}", "GAPLESS_API_KEY": processes.installation.api_key,
        }  # fmt: skip

    def run(self, *arguments: str) -> str:
        """The output of a command, which must succeed."""
        result = CliRunner().invoke(app, arguments, env=self._environment)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *arguments: str) -> Any:
        """The JSON that a command prints."""
        return json.loads(self.run(*arguments, "--json"))


def use_language_model(installed: Trial) -> None:
    """Restart mam-search with the language model of the sandbox."""
    settings = {
        "LANGUAGE_MODEL_API": "openai",
        "LANGUAGE_MODEL_URL": f"{installed.processes.sandbox_addresses['language_model']}/v1",
        "LANGUAGE_MODEL_KEY": Credentials().language_model_key,
        "LANGUAGE_MODEL": "sandbox-1",
    }
    installed.processes.stop("mam-search")
    installed.processes.start("mam-search", settings)
    installed.wait_until_healthy()


@pytest.mark.needs("chromium")
def test_a_crawl_with_the_browser_requests_each_page_once_and_its_guides_answer_questions(small: Trial) -> None:
    use_language_model(small)
    with httpx.Client(base_url=small.processes.sandbox_addresses["mam"], timeout=60) as site:
        for figures in ("requests", "traffic"):
            site.delete(f"/_sandbox/{figures}")
        report = crawl(small)
        requests = site.get("/_sandbox/requests").json()
        traffic = site.get("/_sandbox/traffic").json()

    assert report.startswith("Guides: 12 pages read, 7 guides and 0 pages of topics stored"), report
    assert "failed" not in report
    pages = Counter(
        f"{each['path']}?{each['query']}" for each in requests if each["path"].startswith(("/guides", "/f/"))
    )
    assert set(pages.values()) == {1}
    assert traffic["greatest_in_flight"] == 1

    key = {"X-Api-Key": small.processes.installation.api_key}
    with httpx.Client(base_url=f"http://127.0.0.1:{small.processes.port}", headers=key, timeout=120) as api:
        found = GuideList.model_validate_json(api.get("/api/guides", params={"query": "anonymous mode"}).content)
        question = {"question": "Why do I have to turn anonymous mode off in qBittorrent?"}
        answer = GuideAnswer.model_validate_json(api.post("/api/guides/ask", json=question).content)
        tested = api.post("/api/system/integrations/test").json()["integrations"]
    assert "<mark>anonymous</mark> <mark>mode</mark>" in found.items[0].snippet
    assert "the tracker cannot recognise it" in answer.passages[0].text
    assert answer.passages[0].address.endswith("/guides/?gid=1002")
    assert (answer.model, answer.note) == ("sandbox-1", "")
    assert {each["name"]: each["state"] for each in tested}["language model"] == "ok"
    assert "Turn anonymous mode off in qBittorrent. [1]" in (answer.answer or "")

    assert secrets_in_clear(small.processes, {"a passage that is no secret": "the tracker cannot recognise it"})
    assert small.secrets_in_clear() == []


def crawl(installed: Trial) -> str:
    """Crawl a few pages as the demo does, and return its report."""
    api = installed.processes.api
    try:
        return crawl_guides(api)
    finally:
        api.close()


def test_no_trap_leads_to_a_wrong_grab_or_correction_and_an_undo_restores_every_item(
    install: Callable[..., Trial],
) -> None:
    installed = install("traps")
    before = installed.items()

    score = installed.score(installed.cycle())

    assert score.nothing_wrong, score
    assert not score.not_found, score.not_found
    assert_one_torrent_filled_three_books(installed)
    assert sum(installed.items()[each] != item for each, item in before.items()) > 20

    undo_everything(installed)
    after = installed.items()
    assert {each: after[each] for each in before} == before


def assert_one_torrent_filled_three_books(installed: Trial) -> None:
    """The only releases of a series hold all its books. The missing ones come from one torrent, without other files.

    The album in the tags of these files is the title of the whole release, but each book has its own title and place.
    """
    missing = {"The Drowned Parish": "3", "Seven Herons": "4", "The Customs Clerk": "5"}
    with closing(installed.processes.api) as api:
        downloads = [
            each for each in every(api.downloads.list, sort="created_at") if each.series == "The Saltmarsh Cases"
        ]
    assert {each.title for each in downloads} == missing.keys()
    assert {each.status for each in downloads} == {DownloadStatus.IMPORTED}
    (info_hash,) = {each.info_hash for each in downloads}
    torrents = installed.processes.sandbox_folder / "downloads"
    assert {path.relative_to(torrents).parts[0] for path in torrents.rglob("The Saltmarsh Cases*")} == {info_hash}
    assert {path.stem for path in (torrents / str(info_hash)).rglob("*.m4b")} == missing.keys()

    metadata = [item["media"]["metadata"] for item in installed.items().values()]
    books = [each for each in metadata if "Cornelius Thwaite" in each["authorName"]]
    places = {each["title"]: [(one["name"], one["sequence"]) for one in each["series"]] for each in books}
    owned = {"The Eel Catcher": "1", "A Light on the Dyke": "2"}
    assert len(books) == 5
    assert places == {title: [("The Saltmarsh Cases", place)] for title, place in {**owned, **missing}.items()}


def undo_everything(installed: Trial) -> None:
    """Undo every correction over the API, and wait until all are undone."""
    key = {"X-Api-Key": installed.processes.installation.api_key}
    with httpx.Client(base_url=f"http://127.0.0.1:{installed.processes.port}", headers=key, timeout=60) as api:
        begun = api.post("/api/metadata/corrections/undo", json={"filter": {"made_by": "gapless"}}).raise_for_status()
        assert begun.json()["undoing"] > 20
        assert begun.json()["remaining"] == 0
        deadline = time.monotonic() + 240
        while corrections(api, "undoing"):
            assert time.monotonic() < deadline, "waited 240 s for every correction to be undone"
            time.sleep(0.1)
        assert [*corrections(api, "applied"), *corrections(api, "proposed")] == []


def corrections(api: httpx.Client, status: str) -> list[str]:
    """The corrections with this status: book, field, and the detail of the status."""
    listed = api.get("/api/metadata/corrections", params={"status": status, "limit": 500}).json()["items"]
    return [f"{each['book_title']}: {each['field']}: {each['status_detail']}" for each in listed]
