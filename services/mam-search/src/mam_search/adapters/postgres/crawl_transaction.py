"""One step of a crawl in one transaction: the figures of the crawl, and the pages to fetch."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from shared.chassis.database import Transaction
from shared.contracts.mam.crawler import CrawlState
from sqlalchemy import ColumnElement, case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from mam_search.adapters.postgres.guide_tables import CrawlPageRow, CrawlRow, GuideRow
from mam_search.adapters.postgres.store_guide import delete_guide, store_guide
from mam_search.domain.crawl import Crawl, CrawlRules, Link, PageAddress, PageKind, WaitingPage, followed
from mam_search.domain.guide_ports import CrawledPage

WAITING, FETCHED, FAILED = "waiting", "fetched", "failed"
CRAWLS_KEPT = 20
MAX_PROBLEM = 500
_ORDER = case({kind.value: number for number, kind in enumerate(PageKind)}, value=CrawlPageRow.kind)


class PostgresCrawlTransaction(Transaction):
    """One step of a crawl: its changes and messages are committed together."""

    async def crawl(self, run_id: UUID) -> Crawl | None:
        """The crawl of a run, locked; None if it has not started."""
        row = await self.session.get(CrawlRow, run_id, with_for_update=True)
        return None if row is None else _crawl(row)

    async def start(self, run_id: UUID, rules: CrawlRules, now: datetime) -> Crawl:
        """Start a crawl: add the lists, what failed and what is too old to the waiting pages. Others end."""
        others = update(CrawlRow).where(CrawlRow.state == CrawlState.RUNNING)
        await self.session.execute(
            others.values(state=CrawlState.STOPPED, ended_at=now, problem="another run has started")
        )
        newest = select(CrawlRow.run_id).order_by(CrawlRow.started_at.desc()).limit(CRAWLS_KEPT)
        await self.session.execute(delete(CrawlRow).where(CrawlRow.run_id.not_in(newest)))
        crawl = Crawl(run_id, now)
        self.session.add(CrawlRow(**asdict(crawl)))
        await self.session.execute(delete(CrawlPageRow).where(CrawlPageRow.state != FETCHED, _of_other_boards(rules)))
        await self._add([(WaitingPage(each, 0, _board(each)), Link(each)) for each in rules.seeds()])
        await self.session.execute(update(CrawlPageRow).where(_is_due(rules, now)).values(state=WAITING))
        return crawl

    async def due(self, rules: CrawlRules, now: datetime) -> list[str]:
        """The addresses of the known pages that a crawl would fetch, in their order."""
        known = select(CrawlPageRow.address).where(or_(CrawlPageRow.state == WAITING, _is_due(rules, now)))
        found = await self.session.scalars(known.order_by(CrawlPageRow.failures, _ORDER, CrawlPageRow.found))
        return list(dict.fromkeys([*(each.path for each in rules.seeds()), *found]))

    async def next_page(self) -> WaitingPage | None:
        """The page to fetch next; None if there is none. Lists come first, pages that failed before last."""
        found = (
            select(CrawlPageRow)
            .where(CrawlPageRow.state == WAITING)
            .order_by(CrawlPageRow.failures, _ORDER, CrawlPageRow.found)
            .limit(1)
        )
        row = await self.session.scalar(found)
        if row is None:
            return None
        return WaitingPage(PageAddress(PageKind(row.kind), row.whole, row.page), row.depth, row.board)

    async def waiting(self) -> int:
        """The number of pages to fetch."""
        counted = select(func.count()).select_from(CrawlPageRow).where(CrawlPageRow.state == WAITING)
        return await self.session.scalar(counted) or 0

    async def fetched(self, page: WaitingPage, content: CrawledPage, rules: CrawlRules, now: datetime) -> int:
        """Store a page and add the pages that it leads to. Returns how many listed pages have not changed."""
        if content.text is not None:
            await store_guide(self.session, content.text, now)
        done = {"state": FETCHED, "fetched_at": now, "failures": 0, "problem": ""}
        await self.session.execute(update(CrawlPageRow).where(CrawlPageRow.address == page.address.path).values(done))
        targets = followed(page, content.links, rules)
        new = await self._add(targets)
        changed, unchanged = await self._changed([each for each in targets if each[0].address.path not in new])
        if page.address.kind is PageKind.BOARD and (new or changed):
            following = PageAddress(PageKind.BOARD, page.address.whole, page.address.page + 1)
            changed.append(following.path)
        await self.session.execute(update(CrawlPageRow).where(CrawlPageRow.address.in_(changed)).values(state=WAITING))
        return unchanged

    async def failed(self, page: WaitingPage, problem: str) -> None:
        """Record that a page could not be read. The next crawl fetches it last."""
        values = {"state": FAILED, "failures": CrawlPageRow.failures + 1, "problem": problem[:MAX_PROBLEM]}
        await self.session.execute(update(CrawlPageRow).where(CrawlPageRow.address == page.address.path).values(values))

    async def gone(self, page: WaitingPage) -> None:
        """Delete a page that no longer exists, and its text."""
        await self.session.execute(delete(CrawlPageRow).where(CrawlPageRow.address == page.address.path))
        await delete_guide(self.session, GuideRow.address == page.address.path)

    async def update(self, crawl: Crawl) -> None:
        """Store the figures of a crawl."""
        values = asdict(crawl) | {"problem": crawl.problem[:MAX_PROBLEM]}
        await self.session.execute(update(CrawlRow).where(CrawlRow.run_id == crawl.run_id).values(values))

    async def _add(self, targets: Sequence[tuple[WaitingPage, Link]]) -> set[str]:
        """Add pages that are not known yet. Returns their addresses."""
        rows = [
            {
                "address": page.address.path,
                "kind": page.address.kind,
                "whole": page.address.whole,
                "page": page.address.page,
                "board": page.board,
                "depth": page.depth,
                "state": WAITING,
                "mark": link.mark,
            }
            for page, link in targets
        ]
        if not rows:
            return set()
        added = insert(CrawlPageRow).on_conflict_do_nothing().returning(CrawlPageRow.address)
        return set(await self.session.scalars(added, rows))

    async def _changed(self, known: Sequence[tuple[WaitingPage, Link]]) -> tuple[list[str], int]:
        """The addresses to fetch again because their marks differ, and the number of pages with the same mark.

        A topic with new posts is fetched from its last known page on: the earlier pages are full.
        """
        marks = {page.address.path: link.mark for page, link in known if link.mark is not None}
        stored = select(CrawlPageRow.address, CrawlPageRow.whole, CrawlPageRow.mark, CrawlPageRow.state)
        rows = (await self.session.execute(stored.where(CrawlPageRow.address.in_(marks)))).all()
        other = [row for row in rows if row.mark != marks[row.address]]
        for row in other:
            await self.session.execute(
                update(CrawlPageRow).where(CrawlPageRow.address == row.address).values(mark=marks[row.address])
            )
        pages = select(CrawlPageRow.address).ext(distinct_on(CrawlPageRow.whole))
        last = pages.where(CrawlPageRow.whole.in_([row.whole for row in other]))
        changed = await self.session.scalars(last.order_by(CrawlPageRow.whole, CrawlPageRow.page.desc()))
        return list(changed), sum(1 for row in rows if row.mark == marks[row.address] and row.state == FETCHED)


def _of_other_boards(rules: CrawlRules) -> ColumnElement[bool]:
    return CrawlPageRow.board.is_not(None) & CrawlPageRow.board.not_in(rules.boards)


def _is_due(rules: CrawlRules, now: datetime) -> ColumnElement[bool]:
    """Whether a page is fetched in every crawl, could not be read, or was fetched too long ago."""
    old = CrawlPageRow.kind.in_([PageKind.GUIDE, PageKind.TOPIC]) & (
        CrawlPageRow.fetched_at < now - rules.refetch_after
    )
    seeds = CrawlPageRow.address.in_([each.path for each in rules.seeds()])
    return or_(seeds, CrawlPageRow.state == FAILED, old) & ~_of_other_boards(rules)


def _board(address: PageAddress) -> int | None:
    return address.number if address.kind is PageKind.BOARD else None


def _crawl(row: CrawlRow) -> Crawl:
    return Crawl(
        run_id=row.run_id,
        started_at=row.started_at,
        state=CrawlState(row.state),
        ended_at=row.ended_at,
        fetched=row.fetched,
        unchanged=row.unchanged,
        failed=row.failed,
        failures_in_a_row=row.failures_in_a_row,
        problem=row.problem,
    )
