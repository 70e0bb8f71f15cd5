"""Which of Prowlarr's indexers are searched, and in which categories."""

from datetime import UTC, datetime
from typing import Any

import pytest
from downloader.adapters.indexers.prowlarr.indexer_list import audiobook_categories, divide, hosts_of, is_mam
from downloader.adapters.indexers.prowlarr.schemas import IndexerRow

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def an_indexer(*categories: tuple[int, str], **fields: Any) -> IndexerRow:
    listed = [{"id": number, "name": name, "subCategories": []} for number, name in categories]
    return IndexerRow.model_validate({"id": 1, "name": "Shelf", "capabilities": {"categories": listed}} | fields)


@pytest.mark.parametrize(
    ("categories", "searched"),
    [
        ([(3030, "Audio/Audiobook"), (7000, "Books")], (3030,)),
        ([(3030, "Audio/Audiobook"), (100_113, "AudioBooks - Fantasy"), (100_200, "Music")], (3030, 100_113)),
        ([(100_021, "Hörbücher"), (3000, "Audio")], (100_021,)),
        ([(3000, "Audio"), (3010, "Audio/MP3")], (3000,)),
        ([(2000, "Movies"), (7000, "Books")], ()),
        ([], (3030,)),
    ],
)
def test_an_indexer_is_searched_in_its_categories_of_audiobooks(
    categories: list[tuple[int, str]], searched: tuple[int, ...]
) -> None:
    assert audiobook_categories(an_indexer(*categories)) == searched


def test_a_category_below_another_is_found() -> None:
    audio = {"id": 3000, "name": "Audio", "subCategories": [{"id": 3030, "name": "Audio/Audiobook"}]}
    row = IndexerRow.model_validate({"id": 1, "capabilities": {"categories": [audio]}})
    assert audiobook_categories(row) == (3030,)


def test_an_indexer_without_audiobooks_is_left_out_but_has_not_failed() -> None:
    searched, left_out = divide([an_indexer((2000, "Movies")), an_indexer(protocol="usenet")], [], NOON)
    assert searched == []
    assert [(str(each), each.failed) for each in left_out] == [("Shelf has no category for audiobooks", False)]


def test_the_hosts_of_an_indexer_are_those_of_its_addresses() -> None:
    row = an_indexer(
        indexerUrls=["https://www.shelf.example/", "https://[broken"],
        fields=[
            {"name": "baseUrl", "value": "http://mirror.example:8080/x"},
            {"name": "cookie", "value": "https://no"},
        ],
    )
    assert hosts_of(row) == {"shelf.example", "mirror.example"}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"name": "My mouse", "implementation": "MyAnonamouse"}, True),
        ({"name": "My mouse", "indexerUrls": ["https://www.myanonamouse.net/"]}, True),
        ({"fields": [{"name": "baseUrl", "value": "https://t.myanonamouse.net/"}]}, True),
        ({"name": "Other", "implementation": "Cardigann", "indexerUrls": ["https://notmyanonamouse.net/"]}, False),
        ({}, False),
    ],
)
def test_myanonamouse_is_recognised_whatever_a_person_named_it(fields: dict[str, Any], found: bool) -> None:
    assert is_mam(an_indexer(**fields)) is found
