"""The support bundle over the API. `tests/e2e/test_restore.py` makes one of a complete installation."""

import json
import zipfile
from io import BytesIO

import pytest
from gateway.support_bundle.archive import MOST_BYTES, README, archive_of
from gateway.support_bundle.masking import Mask
from shared.contracts.library.authors import Author, ListAuthors
from shared.contracts.library.books import Book, ListBooks
from shared.contracts.page import Page

from .answering import answering
from .conftest import ADMIN_KEY, READ_KEY, SECRET, WRITE_KEY, Gateway

PATH = "/api/system/support-bundle"
NOON = "2026-03-01T12:00:00Z"
OZMA = Book(
    id="8a0ca0f5-3b43-4cf4-8d5e-05f0ab7ecb5e", title="Ozma of Oz", authors=["L. Frank Baum"], path="", added_at=NOON,
    updated_at=NOON,
)  # fmt: skip


def files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def test_a_bundle_has_what_can_be_read_without_secrets_and_says_what_is_missing(gateway: Gateway) -> None:
    answer = await gateway.call("GET", PATH, timeout=120)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["content-disposition"].startswith('attachment; filename="gapless-support-20')
    assert answer.headers["cache-control"] == "no-store"
    texts = files(answer.content)
    assert {"versions.json", "settings.json", "doctor.json", "logs.json", "metrics.txt"} <= texts.keys()
    assert "gapless_gauges_readable 1.0" in texts["metrics.txt"]
    assert "- doctor.json: what `gapless doctor` finds" in texts[README]
    assert "- tasks.json: " in texts[README].split("Not in it")[1]
    assert "- the names of books: " in texts[README].split("Not in it")[1]
    secrets = (ADMIN_KEY, SECRET, "the-secret-of-the-webhook")
    assert [name for name, text in texts.items() if any(each in text for each in secrets)] == []


@pytest.mark.parametrize("mask", [True, False])
async def test_titles_and_people_are_masked_unless_a_person_wants_them(gateway: Gateway, mask: bool) -> None:
    books = Page[Book](items=[OZMA], total=1, limit=500, offset=0)
    authors = Page[Author](items=[], total=0, limit=500, offset=0)
    async with (
        answering(gateway.nats_url, ListBooks, books),
        answering(gateway.nats_url, ListAuthors, authors) as asked,
    ):
        answer = await gateway.call("GET", PATH, params={"mask": str(mask).lower()}, timeout=120)
    assert bool(asked) is mask
    assert ("were masked" in files(answer.content)[README]) is mask


@pytest.mark.parametrize("key", [READ_KEY, WRITE_KEY])
async def test_only_an_administrator_downloads_one(gateway: Gateway, key: str) -> None:
    assert (await gateway.call("GET", PATH, key=key)).status_code == 403
    assert (await gateway.call("GET", PATH, key=None)).status_code == 401


def test_a_file_that_is_too_large_is_left_out_and_named() -> None:
    words = {"logs.json": "the last log records", "tasks.json": "the tasks"}
    read = {"logs.json": ["x" * MOST_BYTES], "tasks.json": [{"title": "Ozma of Oz", "text": "about Ozma of Oz"}]}
    texts = files(archive_of(words, read, {}, Mask([], ["Ozma of Oz"], private=True)))
    assert texts.keys() == {"tasks.json", README}
    assert "- logs.json: it is larger than 4 MiB" in texts[README]
    assert "Ozma" not in texts["tasks.json"]
    assert json.loads(texts["tasks.json"])[0].keys() == {"title", "text"}
