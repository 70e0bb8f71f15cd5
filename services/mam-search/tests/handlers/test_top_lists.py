"""Top lists are read with few requests, show what the library knows, and become missing books."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from mam_search.adapters.postgres.top_lists import PostgresGenreStore, PostgresTopListStore
from mam_search.domain.top_list import Screening
from mam_search.handlers.discover_top_lists import AutomaticDownloads, DiscoverTopListsHandler
from mam_search.handlers.genres import GenreHandlers
from mam_search.handlers.top_lists import GetWeeklyTopListsHandler
from mam_search.workflow.cached_search import CachedSearch
from mam_search.workflow.top_list_reader import TopListReader, TopListRules
from sandbox.testing import a_world, an_offer
from sandbox.world import Offer
from shared.chassis.clock import SystemClock
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import NotFound, RemoteUnavailable, ServiceUnavailable, TryAgainLater
from shared.contracts.library.listed_works import AddedWork, AddListedWorks, KnownWork, ListedWork, WorkState
from shared.contracts.mam.releases import Release
from shared.contracts.mam.top_lists import (
    DiscoverTopLists,
    Genre,
    GenreUpdate,
    GetWeeklyTopLists,
    ListGenres,
    TopListEntry,
    TopListSource,
    UpdateGenre,
)
from shared.contracts.values import Indexer
from sqlalchemy import text


def _new(**fields: Any) -> Offer:
    return an_offer(**{"series": [], **fields})


OFFERS = [
    _new(id="901", title="Ozma of Oz", snatched=90, seeders=60, added_days_ago=1),
    _new(id="902", title="Sky Island", snatched=80, seeders=9, added_days_ago=2),
    _new(id="903", title="The Sea Fairies", snatched=70, added_days_ago=3, category=0, new_categories=[13]),
    _new(id="904", title="Test upload", authors=[], snatched=60, added_days_ago=1),
    _new(id="905", title="The Master Key", snatched=500, added_days_ago=30),
    _new(id="906", title="A Princess of Mars", authors=["E. R. Burroughs"], category=47, added_days_ago=1),
    _new(id="907", title="Queen Zixi of Ix", snatched=50, seeders=0, added_days_ago=1),
]
FANTASY, OZMA = "Fantasy", "Ozma of Oz"


@dataclass
class FakeLibrary:
    """A library that owns Sky Island, with what it was asked."""

    away: bool = False
    looked_up: list[list[ListedWork]] = field(default_factory=list)
    added: list[AddListedWorks] = field(default_factory=list)

    async def look_up(self, works: list[ListedWork]) -> list[KnownWork]:
        self._check()
        self.looked_up.append(works)
        return [KnownWork(state=_state(work)) for work in works]

    async def add(self, request: AddListedWorks) -> list[AddedWork]:
        self._check()
        self.added.append(request)
        return [AddedWork(state=_state(work), added=_state(work) is WorkState.ABSENT) for work in request.works]

    def _check(self) -> None:
        if self.away:
            raise ServiceUnavailable("library-scanner", "library-scanner is not running")


def _state(work: ListedWork) -> WorkState:
    return WorkState.OWNED if work.title == "Sky Island" else WorkState.ABSENT


class Scene:
    """The handlers of one replica, with the stand-in of the tracker."""

    def __init__(self, tracker: Any, cache: Any, database: Database, **options: Any) -> None:
        self.tracker, self.database, self.library = tracker, database, FakeLibrary()
        self.transaction = database.transactions(Transaction)
        store = PostgresGenreStore(self.transaction)
        rules = TopListRules(screening=options.pop("screening", Screening()))
        searches = CachedSearch(tracker.replica(), cache, SystemClock())
        reader = TopListReader(searches, PostgresTopListStore(self.transaction), SystemClock(), rules, **options)
        self.genres = GenreHandlers(store)
        self.weekly = GetWeeklyTopListsHandler(reader, store, self.library)
        self.discovery = DiscoverTopListsHandler(reader, store, self.library, self.transaction, AutomaticDownloads())

    async def titles(self, **request: Any) -> dict[str, list[str]]:
        answer = await self.weekly.get(GetWeeklyTopLists(**request))
        return {each.genre: [entry.title for entry in each.entries] for each in answer.lists}

    async def finished(self, run_id: UUID) -> dict[str, Any]:
        """The announced end of a run."""
        async with self.transaction() as tx:
            rows = await tx.session.execute(text("select payload from mam.outbox where subject like '%run_finished'"))
            ends = [json.loads(row) for (row,) in rows]
        (found,) = [end for end in ends if end["run_id"] == str(run_id)]
        return dict(found)


@pytest.fixture
def a_scene(a_tracker_of: Any, cache: Any, database: Database) -> Callable[..., Scene]:
    tracker = a_tracker_of(a_world(offers=[each.model_dump() for each in OFFERS]))
    return lambda **options: Scene(tracker, cache, database, **options)


async def test_the_list_of_a_genre_has_the_releases_of_the_week_in_categories_of_both_kinds(
    a_scene: Callable[..., Scene],
) -> None:
    scene = a_scene()
    found = await scene.titles()
    assert found[FANTASY] == [OZMA, "Sky Island", "The Sea Fairies", "Test upload"]
    assert found["Science Fiction"] == ["A Princess of Mars"]
    assert found["Urban Fantasy"] == []
    # One search for each genre, and one for the newer categories of all genres.
    assert scene.tracker.requests == 4
    assert await scene.titles() == found
    assert scene.tracker.requests == 4


async def test_what_the_library_knows_is_asked_once_for_all_lists(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    answer = await scene.weekly.get(GetWeeklyTopLists())
    states = {entry.title: entry.state for each in answer.lists for entry in each.entries}
    assert (states["Sky Island"], states[OZMA], states["Test upload"]) == (WorkState.OWNED, WorkState.ABSENT, None)
    assert len(scene.library.looked_up) == 1
    assert not answer.problems


async def test_without_the_library_the_lists_are_shown_with_a_problem(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    scene.library.away = True
    answer = await scene.weekly.get(GetWeeklyTopLists(genre="fantasy"))
    assert answer.lists[0].entries[0].state is None
    assert answer.problems == ["what the library knows is unknown: library-scanner is not running"]


async def test_a_site_that_is_away_leaves_the_stored_lists_with_a_problem(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    before = await scene.titles(genre=FANTASY)
    scene.tracker.fails("broken")
    answer = await scene.weekly.get(GetWeeklyTopLists(genre=FANTASY, max_age_seconds=0))
    assert [entry.title for entry in answer.lists[0].entries] == before[FANTASY]
    assert len(answer.problems) == 1


async def test_a_genre_can_be_changed_and_an_unknown_one_is_refused(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    changed = await scene.genres.update(UpdateGenre(name="fantasy", update=GenreUpdate(top10_count=1, min_seeders=50)))
    assert changed in await scene.genres.list(ListGenres())
    await scene.genres.update(UpdateGenre(name="Science Fiction", update=GenreUpdate(enabled=False)))
    assert await scene.titles() == {FANTASY: [OZMA], "Urban Fantasy": []}
    with pytest.raises(NotFound, match="no genre 'Poetry'"):
        await scene.genres.update(UpdateGenre(name="Poetry", update=GenreUpdate()))
    with pytest.raises(NotFound):
        await scene.titles(genre="Poetry")


async def test_the_page_of_the_site_is_read_if_the_search_is_refused(a_scene: Callable[..., Scene]) -> None:
    class Page:
        async def releases(self, *, person_waits: bool = False) -> list[Release]:
            assert person_waits
            values = {"indexer": Indexer.MAM, "authors": ["L. Frank Baum"], "size_bytes": 1, "seeders": 5}
            return [
                Release.model_validate(values | {"id": "7", "title": OZMA, "category_id": 41}),
                Release.model_validate(values | {"id": "8", "title": "Other", "category_id": 98}),
            ]

    scene = a_scene(page=Page())
    scene.tracker.fails("forbidden")
    answer = await scene.weekly.get(GetWeeklyTopLists(genre=FANTASY))
    (found,) = answer.lists
    assert (found.source, [entry.release_id for entry in found.entries]) == (TopListSource.PAGE, ["7"])


async def test_the_page_of_the_site_is_read_once_for_all_genres(a_scene: Callable[..., Scene]) -> None:
    class Page:
        read = 0

        async def releases(self, *, person_waits: bool = False) -> list[Release]:
            assert not person_waits
            self.read += 1
            return []

    page = Page()
    scene = a_scene(page=page)
    scene.tracker.fails("forbidden")
    await scene.discovery.discover(DiscoverTopLists(run_id=uuid4()))
    assert page.read == 1


async def test_an_external_catalogue_is_a_second_source(a_scene: Callable[..., Scene]) -> None:
    class Catalogue:
        async def top(self, genre: Genre) -> list[TopListEntry] | None:
            if genre.name == "Urban Fantasy":
                raise RemoteUnavailable("top list catalogue", "it is away")
            entry = TopListEntry(rank=0, title="The Magical Monarch of Mo", authors=["L. Frank Baum"])
            return [entry] if genre.name == FANTASY else None

    scene = a_scene(catalogue=Catalogue())
    answer = await scene.weekly.get(GetWeeklyTopLists())
    assert [each.genre for each in answer.lists if each.source is TopListSource.CATALOGUE] == [FANTASY]
    assert answer.problems == ["Urban Fantasy: it is away"]


async def test_what_the_library_lacks_is_added_and_the_rest_is_reported(a_scene: Callable[..., Scene]) -> None:
    scene, run_id = a_scene(screening=Screening(blocked=("Fairies",))), uuid4()
    await scene.discovery.discover(DiscoverTopLists(run_id=run_id))
    request = scene.library.added[0]
    assert [work.title for work in request.works] == [OZMA, "Sky Island"]
    assert (request.max_automatic, request.min_seeders, request.dry_run) == (3, 50, False)
    end = await scene.finished(run_id)
    assert (end["outcome"], end["tally"]["succeeded"]) == ("completed", 3)
    assert end["details"]["added"] == [
        f"{OZMA} by L. Frank Baum (Fantasy 1)",
        "A Princess of Mars by E. R. Burroughs (Science Fiction 1)",
    ]
    assert end["details"]["known"] == {"owned": 1}
    assert end["details"]["left_out"] == [
        "The Sea Fairies by L. Frank Baum: it contains the blocked word 'Fairies'",
        "Test upload: it is a test entry",
    ]


async def test_a_dry_run_reports_a_plan(a_scene: Callable[..., Scene]) -> None:
    scene, run_id = a_scene(), uuid4()
    await scene.discovery.discover(DiscoverTopLists(run_id=run_id, genres=["Fantasy"], dry_run=True))
    assert [each.dry_run for each in scene.library.added] == [True]
    end = await scene.finished(run_id)
    assert end["details"]["plan"]["counts"] == {"identify_gap": 2}


async def test_a_run_waits_for_the_library_and_then_reads_nothing_again(a_scene: Callable[..., Scene]) -> None:
    scene, command = a_scene(), DiscoverTopLists(run_id=uuid4())
    scene.library.away = True
    with pytest.raises(TryAgainLater):
        await scene.discovery.discover(command)
    scene.library.away = False
    await scene.discovery.discover(command)
    assert scene.tracker.requests == 4


async def test_a_run_fails_if_no_list_could_be_read(a_scene: Callable[..., Scene]) -> None:
    scene, run_id = a_scene(), uuid4()
    scene.tracker.fails("broken")
    await scene.discovery.discover(DiscoverTopLists(run_id=run_id))
    end = await scene.finished(run_id)
    assert end["outcome"] == "failed"
    assert len(end["problems"]) == 3
    assert scene.library.added == []
