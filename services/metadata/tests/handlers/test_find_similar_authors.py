"""Similar authors by the providers, with what the library has of them."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import pytest
from metadata.handlers.find_similar_authors import FindSimilarAuthorsHandler
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.contracts.library.authors import KnownAuthor
from shared.contracts.metadata.similar_authors import FindSimilarAuthors, SimilarAuthors

BOOKS = [
    a_record(id=name, asin=asin, authors=[name], genres=["Fantasy"])
    for name, asin in (("L. Frank Baum", "B0OZ000002"), ("E. Nesbit", "B0NESBIT01"), ("George MacDonald", "B0GOBLIN01"))
]
NESBIT = KnownAuthor(name="E. Nesbit", author_id=uuid4(), owned=3)


class Authors:
    """A library with books by E. Nesbit."""

    async def authors_by_name(self, names: Sequence[str]) -> list[KnownAuthor]:
        """What the library has of each."""
        return [NESBIT if name == NESBIT.name else KnownAuthor(name=name) for name in names]


@pytest.fixture
def find(catalogues: Callable[..., Any]) -> Callable[..., Any]:
    async def found(name: str, providers: str = "audnexus:1", outcome: Outcome | None = None) -> SimilarAuthors:
        made = catalogues(a_world(providers={"audnexus": BOOKS, "audible": BOOKS}), providers=providers)
        if outcome is not None:
            made.stand_ins["audnexus"].outcomes.switch_on(outcome)
        handler = FindSimilarAuthorsHandler(Authors(), made.registry.enabled)
        return await handler.find(FindSimilarAuthors(name=name))

    return found


async def test_each_similar_author_shows_what_the_library_has_of_them(find: Callable[..., Any]) -> None:
    found = await find("L. Frank Baum")
    assert found.asin
    assert [(each.name, each.author_id, each.owned) for each in found.authors] == [
        ("E. Nesbit", NESBIT.author_id, 3),
        ("George MacDonald", None, 0),
    ]
    assert all(each.asin for each in found.authors)


async def test_an_author_whom_no_provider_knows_is_an_answer_without_authors(find: Callable[..., Any]) -> None:
    assert await find("Jane Austen") == SimilarAuthors(answered=["audnexus"])


async def test_a_provider_that_fails_is_named_with_the_reason(find: Callable[..., Any]) -> None:
    found = await find("L. Frank Baum", outcome=Outcome(kind="forbidden"))
    assert (found.authors, found.answered, list(found.failures)) == ([], [], ["audnexus"])


async def test_without_a_provider_of_such_lists_nobody_answers(find: Callable[..., Any]) -> None:
    assert await find("L. Frank Baum", providers="audible:1") == SimilarAuthors()
