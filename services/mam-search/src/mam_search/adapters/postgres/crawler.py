"""The state of the crawl, for a person."""

from shared.chassis.database import Transactions
from shared.contracts.mam.crawler import CrawlerStatus, CrawlState
from shared.contracts.mam.guides import GuideKind
from sqlalchemy import func, select, update

from mam_search.adapters.postgres.crawl_transaction import WAITING, PostgresCrawlTransaction
from mam_search.adapters.postgres.guide_tables import CrawlPageRow, CrawlRow, GuideRow


class PostgresCrawler:
    """Shows and resets the state of the crawl."""

    def __init__(self, transaction: Transactions[PostgresCrawlTransaction]) -> None:
        self._transaction = transaction

    async def status(self) -> CrawlerStatus:
        """The state, the figures of the current or last crawl, and what is stored."""
        async with self._transaction() as tx:
            counted = select(GuideRow.kind, func.count()).group_by(GuideRow.kind)
            stored = {kind: number for kind, number in await tx.session.execute(counted)}
            following = await tx.next_page()
            status = CrawlerStatus(
                state=CrawlState.NEVER_RUN,
                waiting=await tx.waiting(),
                next_address=following.address.path if following else None,
                guides=stored.get(GuideKind.GUIDE, 0),
                topic_pages=stored.get(GuideKind.TOPIC, 0),
            )
            last = await tx.session.scalar(select(CrawlRow).order_by(CrawlRow.started_at.desc()).limit(1))
            if last is None:
                return status
            state, problem = CrawlState(last.state), last.problem
            # The message of a cancelled run is not handled any more, so its crawl does not end by itself.
            if state is CrawlState.RUNNING and await tx.runs.cancelled(last.run_id):
                state, problem = CrawlState.STOPPED, "it was cancelled"
        return status.model_copy(
            update={
                "state": state,
                "problem": problem,
                "run_id": last.run_id,
                "started_at": last.started_at,
                "ended_at": last.ended_at,
                "fetched": last.fetched,
                "unchanged": last.unchanged,
                "failed": last.failed,
            }
        )

    async def reset(self) -> None:
        """Add every known page to the waiting pages, as if it had never been fetched."""
        forgotten = {"state": WAITING, "mark": None, "fetched_at": None, "failures": 0, "problem": ""}
        async with self._transaction() as tx:
            await tx.session.execute(update(CrawlPageRow).values(forgotten))
