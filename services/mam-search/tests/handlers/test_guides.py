"""Guides are searched by words and phrases, with marked snippets, also with typing errors."""

from uuid import uuid4

import pytest
from mam_search.adapters.postgres.guide_search import PostgresGuides
from mam_search.adapters.postgres.guide_tables import GuideRow, WordRow
from mam_search.adapters.postgres.store_guide import delete_guide, store_guide
from mam_search.domain.guide import GuideText
from mam_search.handlers.guides import GuideHandlers
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import NotFound
from shared.contracts.mam.guides import GetGuide, GuideKind, ListGuides
from shared.testing.clocks import ManualClock
from sqlalchemy import func, select


@pytest.fixture
def guides(stored_guides: Database) -> GuideHandlers:
    return GuideHandlers(PostgresGuides(stored_guides.transactions(Transaction), "http://mam"))


async def titles(guides: GuideHandlers, query: str, **options: object) -> list[str]:
    found = await guides.list(ListGuides.model_validate({"query": query, **options}))
    return [each.title for each in found.items]


async def test_the_best_match_comes_first(guides: GuideHandlers) -> None:
    assert (await titles(guides, "vip membership"))[0] == "VIP membership"
    assert (await titles(guides, "seeding rules"))[0] == "Seeding rules and hit-and-run"


async def test_words_are_found_in_other_forms(guides: GuideHandlers) -> None:
    assert "Moving your torrents to another machine" in await titles(guides, "moved machines")


async def test_phrases_alternatives_and_excluded_words_are_understood(guides: GuideHandlers) -> None:
    assert await titles(guides, '"carrier-grade NAT"') == ["Being connectable: opening your port"]
    assert set(await titles(guides, "BT_backup or CGNAT")) == {"Moving your torrents to another machine"}
    assert "Setting up qBittorrent" not in await titles(guides, "queueing -qbittorrent")


async def test_a_snippet_is_escaped_and_marks_the_words(guides: GuideHandlers) -> None:
    found = await guides.list(ListGuides(query="anonymous mode"))
    assert "<mark>anonymous</mark> <mark>mode</mark>" in found.items[0].snippet
    assert found.total == len(found.items)


async def test_a_hostile_text_cannot_add_markup_to_a_snippet(stored_guides: Database) -> None:
    hostile = 'zebra <img src=x onerror=alert(1)> "zebra" & </mark><script>zebra</script>'
    text = GuideText(GuideKind.GUIDE, "/guides/?gid=66", "Zebra", hostile)
    async with stored_guides.transactions(Transaction)() as tx:
        await store_guide(tx.session, text, ManualClock().now())
    guides = PostgresGuides(stored_guides.transactions(Transaction), "http://mam")
    (found,) = (await guides.find("zebra", None, limit=5, offset=0)).items
    assert found.snippet.replace("<mark>", "").replace("</mark>", "").count("<") == 0
    assert "<mark>" in found.snippet


async def test_a_query_with_typing_errors_is_corrected(guides: GuideHandlers) -> None:
    found = await guides.list(ListGuides(query="seedng torents"))
    assert found.searched_for == "seeding torrents"
    assert found.total > 1


async def test_nothing_is_found_for_a_word_that_is_like_no_other(guides: GuideHandlers) -> None:
    found = await guides.list(ListGuides(query="xylophone"))
    assert (found.items, found.total, found.searched_for) == ([], 0, None)


@pytest.mark.parametrize("query", ["what is it", "&|!", "'", '"', "a:* <-> b", "\\", "-", "or or or", "((("])
async def test_any_query_is_answered(guides: GuideHandlers, query: str) -> None:
    await guides.list(ListGuides(query=query))


async def test_the_list_has_pages_and_can_be_limited_to_topics(guides: GuideHandlers) -> None:
    first = await guides.list(ListGuides(query="torrent", limit=3))
    second = await guides.list(ListGuides(query="torrent", limit=3, offset=3))
    past_the_end = await guides.list(ListGuides(query="torrent", limit=3, offset=300))
    assert len({each.id for each in (*first.items, *second.items)}) == 6
    assert first.total == second.total == past_the_end.total > 6
    topics = await guides.list(ListGuides(kind=GuideKind.TOPIC, limit=50))
    assert {each.kind for each in topics.items} == {GuideKind.TOPIC}
    dates = [each.dated_at for each in topics.items if each.dated_at]
    assert dates == sorted(dates, reverse=True)


async def test_a_guide_is_shown_with_its_text_links_and_torrents(guides: GuideHandlers) -> None:
    listed = (await guides.list(ListGuides(query="gluetun"))).items[0]
    guide = await guides.get(GetGuide(id=listed.id))
    assert guide.address == "http://mam/f/t/5004/p/1"
    assert [each.id for each in guide.torrents] == ["900001"]
    assert "listen_port" in guide.markdown
    with pytest.raises(NotFound):
        await guides.get(GetGuide(id=uuid4()))


async def test_the_list_of_words_follows_every_change(stored_guides: Database) -> None:
    transactions = stored_guides.transactions(Transaction)

    async def words() -> int | None:
        async with transactions() as tx:
            return await tx.session.scalar(select(func.sum(WordRow.guides)))

    before = await words()
    text = GuideText(GuideKind.GUIDE, "/guides/?gid=77", "Quokka", "quokka wombat")
    for each in (text, GuideText(GuideKind.GUIDE, "/guides/?gid=77", "Quokka", "quokka numbat"), text, text):
        async with transactions() as tx:
            await store_guide(tx.session, each, ManualClock().now())
    assert await words() == (before or 0) + 2
    async with transactions() as tx:
        await delete_guide(tx.session, GuideRow.address == "/guides/?gid=77")
    assert await words() == before
