"""What the library scanner answers, as the downloader uses it."""

from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from downloader.adapters.library_scanner import LibraryScanner
from shared.chassis.bus import Bus
from shared.contracts.library.series import SearchSeries, Series
from shared.contracts.page import Page

OZ, OTHER_OZ, LAND = uuid4(), uuid4(), uuid4()


class SeriesBus:
    """Answers a search for series with these."""

    def __init__(self, *found: tuple[UUID, str, str]) -> None:
        self._found = found

    async def ask(self, request: Any) -> Page[Series]:
        assert isinstance(request, SearchSeries)
        items = [Series(id=each, name=name, authors=[author], owned=2, missing=0) for each, name, author in self._found]
        return Page(items=items, total=len(items), limit=request.limit, offset=0)


@pytest.mark.parametrize(
    ("found", "series_id"),
    [
        ([(LAND, "Land of Oz", "L. Frank Baum"), (OZ, "OZ", "L. Frank Baum"), (OTHER_OZ, "Oz", "Bert Speaker")], OZ),
        ([(OTHER_OZ, "Oz", "Bert Speaker")], None),
        ([(OZ, "Oz", "L. Frank Baum"), (OTHER_OZ, "Oz", "L. Frank Baum")], None),
        ([], None),
    ],
)
async def test_a_series_is_found_by_its_name_and_an_author_if_it_is_the_only_one(
    found: list[tuple[UUID, str, str]], series_id: UUID | None
) -> None:
    library = LibraryScanner(cast(Bus, SeriesBus(*found)))

    assert await library.series_id("Oz", ["L. Frank Baum", "Ruth Plumly Thompson"]) == series_id
