"""The folders that a template gives to books of the library."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from downloader.domain.path_template import DEFAULT, PathTemplate
from downloader.domain.refusals import BadPathTemplate
from downloader.handlers.preview_paths import PreviewPathsHandler
from shared.chassis.errors import RemoteUnavailable, ServiceUnavailable
from shared.contracts.downloads.imports import PreviewPaths
from shared.contracts.library.books import Book
from shared.contracts.values import SeriesPlace

from .library import FakeLibrary

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
OZMA = Book(
    id=uuid4(),
    title="Ozma of Oz",
    authors=["L. Frank Baum"],
    narrators=["Tom Reed"],
    series=[SeriesPlace(name="Oz", sequence="3")],
    published_year="1907",
    path="Baum/Ozma",
    added_at=NOON,
    updated_at=NOON,
)


async def test_the_folders_of_real_books_are_previewed_by_a_template_or_the_setting() -> None:
    handler = PreviewPathsHandler(FakeLibrary(owned=[OZMA]), PathTemplate(DEFAULT))
    default = await handler.preview(PreviewPaths())
    other = await handler.preview(PreviewPaths(template="{Author}/<{Year} - >{Title}"))
    assert (default.template, default.total) == (DEFAULT, 1)
    assert [each.path for each in default.items] == ["L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}"]
    assert [(each.current_path, each.path) for each in other.items] == [
        ("Baum/Ozma", "L. Frank Baum/1907 - Ozma of Oz")
    ]


async def test_a_template_that_is_not_valid_is_refused() -> None:
    handler = PreviewPathsHandler(FakeLibrary(owned=[OZMA]), PathTemplate(DEFAULT))
    with pytest.raises(BadPathTemplate, match=r"needs \{Title\} once"):
        await handler.preview(PreviewPaths(template="{Author}"))


async def test_a_preview_is_refused_while_the_library_is_unavailable() -> None:
    library = FakeLibrary(error=RemoteUnavailable("library", "no answer"))
    with pytest.raises(ServiceUnavailable):
        await PreviewPathsHandler(library, PathTemplate(DEFAULT)).preview(PreviewPaths())
