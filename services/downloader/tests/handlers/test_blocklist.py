"""Blocked releases."""

from collections.abc import Callable
from typing import Any

import pytest
from shared.chassis.errors import NotFound
from shared.contracts.downloads.blocklist import BlockRelease, ListBlocklist, UnblockRelease
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
