"""Blocked releases."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from shared.chassis.errors import NotFound
from shared.contracts.downloads.blocklist import BlockCandidate, BlockRelease, ListBlocklist, UnblockRelease
from shared.contracts.downloads.candidates import ListCandidates, Verdict
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import ErrorType
from shared.contracts.values import Indexer

from .conftest import Bench

Make = Callable[..., Any]


async def test_a_release_is_blocked_listed_and_unblocked(bench: Bench) -> None:
    blocked = await bench.blocklist.block(
        BlockRelease(indexer=Indexer.MAM, release_id="12", title="Oz 100%", reason="reads another book")
    )

    found = [
        (await bench.blocklist.list_blocklist(query)).total
        for query in (
            ListBlocklist(query="100%"), ListBlocklist(query="another"), ListBlocklist(query="tarzan"),
            ListBlocklist(indexer=Indexer.PROWLARR),
        )
    ]  # fmt: skip
    await bench.blocklist.unblock(UnblockRelease(id=blocked.id))

    assert found == [1, 1, 0, 0]
    assert (await bench.blocklist.list_blocklist(ListBlocklist())).total == 0
    with pytest.raises(NotFound):
        await bench.blocklist.unblock(UnblockRelease(id=blocked.id))


async def test_the_reason_of_a_block_keeps_its_code_unless_a_person_wrote_it(bench: Bench) -> None:
    by_hand = BlockRelease(indexer=Indexer.MAM, release_id="12", title="Oz")
    written = by_hand.model_copy(update={"release_id": "13", "reason": "wrong book"})
    answers = [await bench.blocklist.block(each) for each in (by_hand, written)]

    listed = (await bench.blocklist.list_blocklist(ListBlocklist())).items
    for found in (answers, sorted(listed, key=lambda each: each.release_id)):
        codes = [{name: parts.code for name, parts in each.translatable.items()} for each in found]
        assert codes == [{"reason": "release.blocked_by_person"}, {}]


async def test_a_candidate_is_blocked_without_grabbing_it(bench: Bench, stored: Make, a_release: Make) -> None:
    bench.mam.releases = [a_release(snatched_before=True)]
    download_id = await stored()
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    (candidate,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))).items
    assert (await bench.download(download_id)).waiting_for is not None

    blocked = await bench.blocklist.block_candidate(BlockCandidate(candidate_id=candidate.id, reason="wrong book"))

    assert (blocked.indexer, blocked.release_id, blocked.title) == (Indexer.MAM, "900001", candidate.release.title)
    (rejected,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))).items
    assert rejected.verdict is Verdict.REJECTED
    assert (rejected.reasons[-1].rule, rejected.reasons[-1].verdict) == ("blocklist", Verdict.REJECTED)
    assert "wrong book" in rejected.reasons[-1].words
    await bench.deliver()
    searched = await bench.download(download_id)
    assert (searched.waiting_for, searched.error_type) == (None, ErrorType.NO_RELEASE)


async def test_a_release_that_was_blocked_after_it_was_chosen_is_not_grabbed(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    bench.mam.releases = [a_release()]
    download_id = await stored()
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    await bench.blocklist.block(BlockRelease(indexer=Indexer.MAM, release_id="900001", title="Oz"))
    await bench.deliver()

    assert (await bench.download(download_id)).error_type is ErrorType.NO_RELEASE
    assert bench.adds() == 0


async def test_an_unknown_candidate_cannot_be_blocked(bench: Bench) -> None:
    with pytest.raises(NotFound):
        await bench.blocklist.block_candidate(BlockCandidate(candidate_id=uuid4()))
