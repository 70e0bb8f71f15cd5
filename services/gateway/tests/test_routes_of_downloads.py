"""The routes of imports, quality profiles and seeding: what is forwarded, what is answered, and who may call."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import nats
from nats.aio.msg import Msg
from pydantic import BaseModel, TypeAdapter
from shared.chassis.bus import PROBLEM_HEADER
from shared.contracts.downloads.downloads import Download, DownloadStatus
from shared.contracts.downloads.imports import (
    DecideImport,
    FoundBooks,
    ImportChoice,
    ImportFolder,
    ListWaitingImports,
    PathPreview,
    PreviewPaths,
    ScanImportFolder,
    WaitingImport,
    WaitingImportKind,
)
from shared.contracts.downloads.quality_profiles import (
    CreateQualityProfile,
    DeleteQualityProfile,
    GetQualityProfile,
    ListQualityProfiles,
    QualityProfile,
    ReplaceQualityProfile,
)
from shared.contracts.downloads.seeding import ListSeeding, SeedingTorrent
from shared.contracts.message import Request
from shared.contracts.page import Page
from shared.contracts.problem import Problem
from shared.testing.flushing import flush

from .conftest import READ_KEY, WRITE_KEY, Gateway

NOW = datetime(2026, 5, 1, tzinfo=UTC)
ID = uuid4()
WAITING = WaitingImport(
    id=ID, download_id=uuid4(), kind=WaitingImportKind.NAME_TAKEN, title="Ozma of Oz", reasons=["the folder exists"],
    choices=[ImportChoice(key="beside", words="place it beside")], asked_at=NOW,
)  # fmt: skip
DOWNLOAD = Download(id=ID, title="Ozma of Oz", status=DownloadStatus.COMPLETED, created_at=NOW, updated_at=NOW)
PROFILE = QualityProfile(id=ID, name="Only M4B", is_default=False, created_at=NOW, updated_at=NOW)
NEW_PROFILE = {"name": "Only M4B", "formats": ["m4b"], "only_formats": True}
ANSWERS: dict[type[Request[Any]], Any] = {
    PreviewPaths: PathPreview(template="{Title}", items=[], total=0),
    ListWaitingImports: Page[WaitingImport](items=[WAITING], total=1, limit=50, offset=0),
    DecideImport: WAITING,
    ScanImportFolder: FoundBooks(books=[], truncated=False),
    ImportFolder: DOWNLOAD,
    ListQualityProfiles: [PROFILE],
    CreateQualityProfile: PROFILE,
    GetQualityProfile: PROFILE,
    ReplaceQualityProfile: PROFILE,
    DeleteQualityProfile: PROFILE,
    ListSeeding: Page[SeedingTorrent](items=[], total=0, limit=50, offset=0),
}
READS = [
    ("GET", "/api/imports/waiting?kind=name_taken&answered=true", None, ListWaitingImports, 200),
    ("GET", "/api/quality-profiles", None, ListQualityProfiles, 200),
    ("GET", f"/api/quality-profiles/{ID}", None, GetQualityProfile, 200),
    ("GET", "/api/seeding?state=stopped&safe_to_remove=false", None, ListSeeding, 200),
]
WRITES = [
    ("POST", "/api/imports/preview-paths", {"template": "{Title}", "limit": 5}, PreviewPaths, 200),
    ("POST", f"/api/imports/waiting/{ID}/decide", {"choice": "beside"}, DecideImport, 200),
    ("POST", "/api/imports/manual/scan", {"folder": "/data/incoming"}, ScanImportFolder, 200),
    ("POST", "/api/imports/manual", {"path": "/data/incoming/Ozma", "title": "Ozma of Oz"}, ImportFolder, 202),
    ("POST", "/api/quality-profiles", NEW_PROFILE, CreateQualityProfile, 201),
    ("PUT", f"/api/quality-profiles/{ID}", NEW_PROFILE, ReplaceQualityProfile, 200),
    ("DELETE", f"/api/quality-profiles/{ID}", None, DeleteQualityProfile, 204),
]
INVALID = [
    ("POST", "/api/imports/preview-paths", {"template": ""}, "body.template"),
    ("POST", "/api/imports/preview-paths", {"limit": 51}, "body.limit"),
    ("GET", "/api/imports/waiting?kind=unknown", None, "query.kind"),
    ("POST", "/api/imports/waiting/x/decide", {"choice": "beside"}, "path.waiting_id"),
    ("POST", f"/api/imports/waiting/{ID}/decide", {}, "body.choice"),
    ("POST", "/api/imports/manual/scan", {"folder": "incoming"}, "body.folder"),
    ("POST", "/api/imports/manual/scan", {"folder": "/a\x00b"}, "body.folder"),
    ("POST", "/api/imports/manual", {"path": "/data/incoming/Ozma"}, "missing_book_id or title"),
    ("POST", "/api/imports/manual", {"path": "/x", "title": "Oz", "missing_book_id": str(ID)}, "or title"),
    ("POST", "/api/quality-profiles", NEW_PROFILE | {"formats": []}, "formats"),
    ("POST", "/api/quality-profiles", NEW_PROFILE | {"upgrade_until": "mp3"}, "upgrade_until"),
    ("POST", "/api/quality-profiles", NEW_PROFILE | {"min_bitrate_kbps": 128, "max_bitrate_kbps": 64}, "min_bitrate"),
    ("PUT", f"/api/quality-profiles/{ID}", {"formats": ["m4b"]}, "name"),
    ("GET", "/api/quality-profiles/x", None, "path.profile_id"),
    ("GET", "/api/seeding?state=lost", None, "query.state"),
    ("GET", "/api/seeding?limit=0", None, "query.limit"),
]  # fmt: skip


@asynccontextmanager
async def downloader(url: str, problem: Problem | None = None) -> AsyncIterator[list[Request[Any]]]:
    """A service that answers these requests, or refuses them; and the requests that it got."""
    connection = await nats.connect(url)
    received: list[Request[Any]] = []

    async def respond(message: Msg) -> None:
        kind = next(each for each in ANSWERS if each.subject == message.subject)
        received.append(kind.model_validate_json(message.data))
        answer, headers = ANSWERS[kind], {"content-type": "application/json"}
        if problem is not None:
            answer, headers = problem, headers | {PROBLEM_HEADER: problem.code}
        await connection.publish(message.reply, content_of(answer), headers=headers)

    for each in ANSWERS:
        await connection.subscribe(each.subject, cb=respond)
    await flush(connection)
    yield received
    await connection.close()


def content_of(answer: Any) -> bytes:
    if isinstance(answer, BaseModel):
        return answer.model_dump_json().encode()
    return TypeAdapter(list[QualityProfile]).dump_json(answer)


async def test_each_route_asks_the_downloader_and_answers_what_it_says(gateway: Gateway) -> None:
    async with downloader(gateway.nats_url) as received:
        for method, path, body, _, status in (*READS, *WRITES):
            answer = await gateway.call(method, path, WRITE_KEY, json=body)
            assert answer.status_code == status, (path, answer.text)
    assert [type(each) for each in received] == [kind for _, _, _, kind, _ in (*READS, *WRITES)]
    by_kind = {type(each): each for each in received}
    assert by_kind[ListWaitingImports].model_dump(include={"kind", "answered"}) == {
        "kind": "name_taken",
        "answered": True,
    }
    assert by_kind[ListSeeding].model_dump(include={"state", "safe_to_remove"}) == {
        "state": "stopped",
        "safe_to_remove": False,
    }
    decision = by_kind[DecideImport]
    assert isinstance(decision, DecideImport)
    assert (decision.id, decision.choice, bool(decision.decided_by)) == (ID, "beside", True)
    replacement = by_kind[ReplaceQualityProfile]
    assert isinstance(replacement, ReplaceQualityProfile)
    assert (replacement.id, replacement.new.only_formats) == (ID, True)


async def test_what_was_made_has_an_address(gateway: Gateway) -> None:
    async with downloader(gateway.nats_url):
        download = await gateway.call("POST", "/api/imports/manual", json={"path": "/in/Oz", "title": "Oz"})
        profile = await gateway.call("POST", "/api/quality-profiles", json=NEW_PROFILE)
    assert download.headers["location"] == f"/api/downloads/{ID}"
    assert profile.headers["location"] == f"/api/quality-profiles/{ID}"


async def test_a_refusal_of_the_downloader_reaches_the_caller_of_each_route(gateway: Gateway) -> None:
    for status, code in ((404, "not_found"), (409, "not_now")):
        problem = Problem(code=code, title="Refused", status=status, detail="why not")
        async with downloader(gateway.nats_url, problem):
            for method, path, body, _, _ in (*READS, *WRITES):
                answer = await gateway.call(method, path, json=body)
                assert (answer.status_code, answer.json()["code"]) == (status, code), path
                assert answer.json()["detail"] == "why not"


async def test_an_invalid_call_is_not_forwarded(gateway: Gateway) -> None:
    async with downloader(gateway.nats_url) as received:
        for method, path, body, field in INVALID:
            answer = await gateway.call(method, path, json=body)
            assert answer.status_code == 422, (path, answer.text)
            assert field in answer.json()["detail"], (path, answer.text)
    assert received == []


async def test_a_key_that_only_reads_changes_nothing(gateway: Gateway) -> None:
    async with downloader(gateway.nats_url) as received:
        for method, path, body, _, status in READS:
            assert (await gateway.call(method, path, READ_KEY, json=body)).status_code == status
        for method, path, body, _, _ in WRITES:
            assert (await gateway.call(method, path, READ_KEY, json=body)).status_code == 403, path
            assert (await gateway.call(method, path, None, json=body)).status_code == 401, path
    assert len(received) == len(READS)
