"""Goodreads' suggestions: parsing, requests to the stand-in, and challenges, at which requests stop."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.providers.goodreads.parsing import works
from metadata.adapters.providers.goodreads.schema import Suggestion
from metadata.domain.failures import advised
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteBlockedUs
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.system import IntegrationState
from shared.testing.clocks import ManualClock

RECORD = a_record(format="print", description="A boy named Tip.")


def read(**changes: Any) -> CataloguedWork:
    fields = {"bookId": "17", "title": "The Glass Harbour (Tide Wardens, #2)", "author": {"name": "Ada Quill"}}
    (work,) = works([Suggestion.model_validate(fields | changes)])
    return work


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    return catalogues(a_world(providers={"goodreads": [RECORD]}), providers="goodreads")


@pytest.mark.parametrize(
    ("title", "bare", "series"),
    [
        ("The Glass Harbour (Tide Wardens, #2)", "The Glass Harbour", [("Tide Wardens", "2")]),
        ("The Glass Harbour (Tide Wardens #2.5)", "The Glass Harbour", [("Tide Wardens", "2.5")]),
        ("Dawn (Tide Wardens, #2; Lanterns, #5)", "Dawn", [("Tide Wardens", "2"), ("Lanterns", "5")]),
        ("Tide Wardens Box Set (Tide Wardens, #1-3)", "Tide Wardens Box Set", [("Tide Wardens", "1-3")]),
        ("The Glass Harbour (Unabridged)", "The Glass Harbour (Unabridged)", []),
        ("The Glass Harbour", "The Glass Harbour", []),
    ],
)  # fmt: skip
def test_the_series_is_read_from_the_title(title: str, bare: str, series: list[tuple[str, str]]) -> None:
    work = read(title=title)
    assert work.title == bare
    assert [(each.name, each.sequence) for each in work.series] == series
    assert work.compilation is (True if "1-3" in title else None)


def test_a_suggestion_is_never_an_audiobook_and_a_cut_description_is_left_out() -> None:
    work = read(ratingsCount="12", description={"html": "It beg", "truncated": True}, bookTitleBare="The Glass Harbour")
    assert (work.is_audio, work.description, work.popularity) == (False, None, 12)
    assert read(description={"html": "A <b>harbour</b>.", "truncated": False}).description == "<p>A <b>harbour</b>.</p>"


@pytest.mark.parametrize("fields", [{"bookId": None}, {"title": ""}, {"author": None}, {"author": {"name": None}}])
def test_a_suggestion_that_names_no_book_is_left_out(fields: dict[str, Any]) -> None:
    suggestion = {"bookId": "17", "title": "The Glass Harbour", "author": {"name": "Ada Quill"}} | fields
    assert works([Suggestion.model_validate(suggestion)]) == []


async def test_a_title_is_searched_with_one_request(made: Any) -> None:
    (found,) = (await made.provider("goodreads").search(RECORD.title, RECORD.authors)).works
    assert (found.title, found.authors, found.description) == (RECORD.title, RECORD.authors, RECORD.description)
    assert [(each.name, each.sequence) for each in found.series] == [("Oz", "2")]
    (request,) = made.stand_ins["goodreads"].outcomes.requests
    assert (request.path, request.query) == ("/book/auto_complete", "format=json&q=The+Marvelous+Land+of+Oz")


async def test_a_title_that_other_authors_use_is_searched_again_with_the_author(catalogues: Callable[..., Any]) -> None:
    others = [a_record(id=str(each), title="Dawn", authors=[f"Writer {each}"], popularity=900) for each in range(6)]
    mine = a_record(id="9", title="Dawn", authors=["Ada Quill"], popularity=1)
    made = catalogues(a_world(providers={"goodreads": [*others, mine]}), providers="goodreads")
    (found,) = (await made.provider("goodreads").search("Dawn", ["Ada Quill"])).works
    assert found.authors == ["Ada Quill"]
    assert len(made.stand_ins["goodreads"].outcomes.requests) == 2


@pytest.mark.parametrize("kind", ["challenge", "captcha_page", "sign_in", "waf_block"])
async def test_requests_stop_for_hours_at_a_challenge_and_nothing_is_cached(
    made: Any, database: Database, clock: ManualClock, kind: str
) -> None:
    provider, site = made.provider("goodreads"), made.stand_ins["goodreads"]
    site.outcomes.switch_on(Outcome(kind=kind))
    for _ in range(3):
        with pytest.raises(RemoteBlockedUs):
            await provider.search(RECORD.title, RECORD.authors)
        clock.forward(hours=1)
    with pytest.raises(RemoteBlockedUs) as blocked:
        await provider.check()
    assert len(site.outcomes.requests) == 1
    (shown,) = await ProviderStates(database.transactions(Transaction), made.registry, clock).all()
    assert shown.health == "blocked"
    assert "does not try to get round it" in shown.remedy
    assert shown.blocked_until == clock.now() + timedelta(hours=3)
    assert IntegrationState.of_failure(blocked.value.code) is IntegrationState.BLOCKED
    assert "does not try to get round it" in advised(blocked.value.code, blocked.value.detail)
    site.outcomes.clear()
    clock.forward(hours=3)
    assert (await provider.search(RECORD.title, RECORD.authors)).works


async def test_each_further_challenge_stops_requests_for_longer(made: Any, clock: ManualClock) -> None:
    made.stand_ins["goodreads"].outcomes.switch_on(Outcome(kind="challenge"))
    for hours in (6, 12, 24, 48, 48):
        for _ in range(2):
            with pytest.raises(RemoteBlockedUs):
                await made.provider("goodreads").search(RECORD.title, RECORD.authors)
        clock.forward(hours=hours)
    assert len(made.stand_ins["goodreads"].outcomes.requests) == 5


def test_goodreads_is_not_used_unless_a_person_lists_it(catalogues: Callable[..., Any]) -> None:
    made = catalogues(a_world(providers={"goodreads": [RECORD]}))
    assert "goodreads" not in [each.provider.name for each in made.registry.enabled]
