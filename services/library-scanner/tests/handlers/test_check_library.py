"""Checks of the library: findings are stored, repaired by proposals, ignored, solved, and checked again by need."""

import asyncio
from collections.abc import Iterable
from uuid import UUID, uuid4

import pytest
from library_builders import sent_messages, the_check
from library_scanner.adapters.postgres.tables import BOOKS, FINDINGS
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers import check_library
from library_scanner.handlers.findings import FindingHandlers
from library_scanner.handlers.record_refresh import BookRefreshedHandler
from shared.chassis.database import Database
from shared.contracts.library.findings import (
    CheckLibrary,
    CountFindings,
    DecideFindings,
    Finding,
    FindingFilter,
    FindingKind,
    FindingStatus,
    ListFindings,
)
from shared.contracts.metadata.proposals import ProposalKind, ProposeChanges
from shared.contracts.metadata.refreshes import BookRefreshed, KnownEdition
from shared.contracts.runs import RunFinished
from shared.contracts.values import Confidence, SeriesPlace
from shared.testing.clocks import ManualClock
from sqlalchemy import func, insert, select, update


class Scene:
    """A stored library, and the handlers that check it."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock) -> None:
        self.database, self.clock = database, clock
        self.checks = the_check(transaction, clock)
        self.findings = FindingHandlers(transaction, transaction, clock)
        self.refreshes = BookRefreshedHandler(transaction, clock)

    async def owns(self, title: str, path: str, **changes: object) -> UUID:
        """Store a book that lacks nothing but what `changes` change."""
        row = {
            "id": uuid4(), "abs_id": str(uuid4()), "library_id": "lib", "abs_updated_ms": 0, "title": title,
            "path": path, "authors": ["L. Frank Baum"], "narrators": ["Tom Reed"], "language": "English",
            "contents_read": True, "cover": "/1.jpg",
            "status": "active", "added_at": self.clock.now(), "updated_at": self.clock.now(),
        }  # fmt: skip
        stored = {**row, **changes}
        async with self.database.engine.begin() as connection:
            await connection.execute(insert(BOOKS).values(stored))
        return UUID(str(stored["id"]))

    async def change(self, book_id: UUID, **changes: object) -> None:
        """Change a book, as a scan does."""
        self.clock.forward(minutes=5)
        values = {**changes, "updated_at": self.clock.now()}
        async with self.database.engine.begin() as connection:
            await connection.execute(update(BOOKS).where(BOOKS.c.id == book_id).values(values))
        self.clock.forward(minutes=5)

    async def check(self, **options: object) -> RunFinished:
        command = CheckLibrary.model_validate({"run_id": uuid4(), **options})
        await self.checks.check(command)
        return (await sent_messages(self.database, RunFinished))[-1]

    async def found(self, **filters: object) -> list[Finding]:
        return (await self.findings.list_findings(ListFindings.model_validate(filters))).items

    async def proposed(self) -> list[ProposeChanges]:
        return await sent_messages(self.database, ProposeChanges)


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


def oz(place: str | None) -> list[dict[str, str | None]]:
    return [{"name": "Oz", "sequence": place}]


def kinds(findings: Iterable[Finding]) -> list[FindingKind]:
    return sorted(each.kind for each in findings)


async def test_a_finding_names_the_evidence_and_its_proposals_repair_it(scene: Scene) -> None:
    await scene.owns("The Marvelous Land of Oz", "L. Frank Baum/Oz/02 - The Marvelous Land of Oz", series=oz("2"))
    book = await scene.owns("Oz 03 - Ozma of Oz", "L. Frank Baum/Oz/03 - Ozma of Oz")
    finished = await scene.check()
    assert finished.details["checked"] == 2
    title, series = sorted(await scene.found(book_id=str(book)), key=lambda each: each.kind, reverse=True)
    assert (series.kind, title.kind) == (FindingKind.SERIES_READ, FindingKind.TITLE_POLLUTED)
    assert series.evidence
    assert series.remedy
    assert series.repairable
    (command,) = await scene.proposed()
    changes = {change.kind: change for change in command.changes}
    assert changes[ProposalKind.SERIES_READ].new == [SeriesPlace(name="Oz", sequence="3")]
    assert changes[ProposalKind.SERIES_READ].finding_id == series.id
    assert changes[ProposalKind.SERIES_READ].confidence is Confidence.HIGH
    assert changes[ProposalKind.TITLE_CLEANED].new == "Ozma of Oz"
    assert book in command.judged_books


async def test_books_that_did_not_change_are_not_checked_again(scene: Scene) -> None:
    await scene.owns("Oz 03 - Ozma of Oz", "L. Frank Baum/Oz/03 - Ozma of Oz")
    assert (await scene.check()).details["checked"] == 1
    assert (await scene.check()).details["checked"] == 0
    assert (await scene.check(full=True)).details["checked"] == 1
    assert len(await scene.proposed()) == 1


async def test_a_finding_is_solved_when_the_book_is_corrected_and_its_proposals_are_withdrawn(scene: Scene) -> None:
    book = await scene.owns("Ozma of Oz (Unabridged)", "L. Frank Baum/Ozma of Oz")
    await scene.check()
    await scene.change(book, title="Ozma of Oz")
    await scene.check()
    assert await scene.found() == []
    (solved,) = await scene.found(status="solved")
    assert solved.kind is FindingKind.TITLE_POLLUTED
    last = (await scene.proposed())[-1]
    assert (last.changes, last.judged_books) == ([], [book])


async def test_a_book_that_is_gone_solves_its_findings(scene: Scene) -> None:
    book = await scene.owns("Ozma of Oz (Unabridged)", "L. Frank Baum/Ozma of Oz")
    await scene.check()
    await scene.change(book, status="archived")
    await scene.check()
    assert await scene.found() == []


async def test_a_copy_that_is_gone_solves_the_finding_of_both(scene: Scene) -> None:
    copies = [
        await scene.owns("Ozma of Oz", f"{folder}/Ozma of Oz", duration_seconds=20_000.0) for folder in ("Baum", "New")
    ]
    await scene.check()
    (finding,) = await scene.found()
    assert (finding.kind, set(finding.book_ids)) == (FindingKind.SAME_BOOK_TWICE, set(copies))
    await scene.change(copies[1], status="archived")
    await scene.check()
    assert await scene.found() == []


async def test_an_ignored_finding_stays_ignored_until_the_fact_changes(scene: Scene) -> None:
    book = await scene.owns("Ozma of Oz (Unabridged)", "L. Frank Baum/Ozma of Oz")
    await scene.check()
    (finding,) = await scene.found()
    chosen = FindingFilter(ids=[finding.id])
    decision = DecideFindings(chosen=chosen, status=FindingStatus.IGNORED, decided_by="my key")
    assert (await scene.findings.decide(decision)).ids == [finding.id]
    assert (await scene.proposed())[-1].changes == []
    await scene.change(book, narrators=["Ann Gale"])
    await scene.check(full=True)
    (ignored,) = await scene.found(status="ignored")
    assert (ignored.id, ignored.decided_by) == (finding.id, "my key")
    assert (await scene.proposed())[-1].changes == []
    await scene.change(book, title="Ozma of Oz [64k]")
    await scene.check()
    (reopened,) = await scene.found()
    assert (reopened.id, reopened.decided_by) == (finding.id, None)
    assert [change.new for change in (await scene.proposed())[-1].changes] == ["Ozma of Oz"]


async def test_findings_are_ignored_by_kind_and_opened_again(scene: Scene) -> None:
    for title in ("Sky Island", "The Master Key", "The Sea Fairies"):
        await scene.owns(f"{title} (Unabridged)", f"L. Frank Baum/{title}", language=None)
    await scene.check()
    decided = await scene.findings.decide(
        DecideFindings(chosen=FindingFilter(kind=FindingKind.NO_LANGUAGE), status=FindingStatus.IGNORED)
    )
    assert decided.changed == 3
    assert set(kinds(await scene.found())) == {FindingKind.TITLE_POLLUTED}
    decided = await scene.findings.decide(
        DecideFindings(chosen=FindingFilter(kind=FindingKind.NO_LANGUAGE), status=FindingStatus.OPEN)
    )
    assert decided.changed == 3
    assert len(await scene.found(kind="no_language")) == 3


async def test_a_field_that_a_person_set_is_found_but_not_proposed(scene: Scene) -> None:
    await scene.owns("Ozma of Oz (Unabridged)", "L. Frank Baum/Ozma of Oz", metadata_source={"title": "MANUAL"})
    await scene.check()
    (finding,) = await scene.found()
    assert not finding.repairable
    assert await scene.proposed() == []


async def test_counts_are_kept_by_day(scene: Scene) -> None:
    book = await scene.owns("Ozma of Oz (Unabridged)", "L. Frank Baum/Ozma of Oz")
    await scene.check()
    first_day = scene.clock.now().date()
    scene.clock.forward(days=1)
    await scene.change(book, title="Ozma of Oz")
    await scene.owns("Sky Island", "L. Frank Baum/Sky Island", language=None)
    await scene.check()
    counts = await scene.findings.count(CountFindings())
    assert {each.kind: (each.open, each.solved) for each in counts.kinds} == {
        FindingKind.NO_LANGUAGE: (1, 0), FindingKind.TITLE_POLLUTED: (0, 1),
    }  # fmt: skip
    assert [(each.day, each.open) for each in counts.days] == [
        (first_day, {FindingKind.TITLE_POLLUTED: 1}), (scene.clock.now().date(), {FindingKind.NO_LANGUAGE: 1}),
    ]  # fmt: skip
    assert counts.checked_at is not None


async def test_a_dry_run_reports_the_findings_and_stores_nothing(scene: Scene) -> None:
    await scene.owns("Ozma of Oz (Unabridged)", "L. Frank Baum/Ozma of Oz", files_missing_since=scene.clock.now())
    finished = await scene.check(dry_run=True)
    assert finished.details["plan"]["counts"] == {"open": 2}
    assert await scene.found() == []
    assert await scene.proposed() == []
    assert (await scene.check()).details["checked"] == 1


async def test_items_without_files_or_with_one_folder_are_found(scene: Scene) -> None:
    await scene.owns("Ozma of Oz", "Ozma", files_missing_since=scene.clock.now(), cover=None)
    await scene.owns("Sky Island", "Sky", narrators=["Ann Gale"], cover=None)
    await scene.owns("Sky Island", "Sky", narrators=["Ann Gale"], status="duplicate")
    await scene.check()
    assert kinds(await scene.found()) == [
        FindingKind.FILES_MISSING, FindingKind.FOLDER_SHOWN_TWICE, FindingKind.NO_COVER,
    ]  # fmt: skip


@pytest.mark.parametrize("at_once", [1, 2, 3, 500])
async def test_what_items_show_is_compared_page_by_page(
    scene: Scene, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_library, "ITEMS_CHECKED_AT_ONCE", at_once)
    monkeypatch.setattr(check_library, "KEYS_READ_AT_ONCE", at_once)
    books = [await scene.owns(title, title, cover=None) for title in ("Ozma", "Tip", "Jack", "Nick", "Mombi")]
    away = await scene.owns("Billina", "Billina", files_missing_since=scene.clock.now())
    assert (await scene.check()).details["changed"] == 6
    before = {each.id for each in await scene.found()}
    scene.clock.forward(minutes=1)
    again = (await scene.check()).details
    assert (again["findings"], again["changed"]) == (6, 0)
    assert {each.id for each in await scene.found()} == before
    for book in books[1:4]:
        await scene.change(book, cover="/1.jpg")
    await scene.change(away, files_missing_since=None)
    assert (await scene.check()).details["changed"] == 4
    assert {each.book_ids[0] for each in await scene.found()} == {books[0], books[4]}
    assert len(await scene.found(status="solved")) == 4


async def test_editions_of_providers_contradict_place_and_duration(scene: Scene) -> None:
    book = await scene.owns(
        "Ozma of Oz", "L. Frank Baum/Ozma", series=oz("7"), duration_seconds=6_000.0, asin="B000000001"
    )
    await scene.check()
    assert await scene.found() == []
    edition = KnownEdition(
        provider="AUDIBLE", id="AUDIBLE:B000000001", identified=True, duration_minutes=300, language="English",
        series=[SeriesPlace(name="Oz", sequence="3")],
    )  # fmt: skip
    event = BookRefreshed(book_id=book, confidence=Confidence.HIGH, corrections=0, editions=[edition])
    scene.clock.forward(minutes=1)
    await scene.refreshes.record(event)
    await scene.check()
    assert kinds(await scene.found()) == [FindingKind.DURATION_FAR, FindingKind.PLACE_CONTRADICTED]


async def test_an_unmarked_abridged_book_is_proposed_to_be_marked(scene: Scene) -> None:
    book = await scene.owns("Ozma of Oz", "L. Frank Baum/Ozma of Oz (Abridged)")
    await scene.check()
    (finding,) = await scene.found()
    assert (finding.kind, finding.repairable) == (FindingKind.ABRIDGED_UNMARKED, True)
    (change,) = (await scene.proposed())[-1].changes
    assert (change.field, change.old, change.new, change.kind) == (
        "abridged", False, True, ProposalKind.ABRIDGED_FOUND,
    )  # fmt: skip
    assert change.finding_id == finding.id
    await scene.change(book, abridged=True)
    await scene.check()
    assert await scene.found() == []
    assert (await scene.proposed())[-1].changes == []


async def test_a_finding_of_many_books_repairs_all_of_them(scene: Scene) -> None:
    for number in range(1, 61):
        await scene.owns(f"Tale of the {number} Hens", f"L. Frank Baum/{number}", series=oz(str(number)))
    late = await scene.owns(
        "Rinkitink", "L. Frank Baum/Rinkitink", series=[{"name": "The Oz Series", "sequence": "70"}]
    )
    await scene.check()
    (finding,) = await scene.found(kind="series_names")
    assert len(finding.book_ids) == 50
    changes = [change for command in await scene.proposed() for change in command.changes]
    assert [(change.book_id, change.new) for change in changes] == [(late, [SeriesPlace(name="Oz", sequence="70")])]


async def test_checks_at_the_same_time_agree_on_the_findings_of_proposals(scene: Scene) -> None:
    for number in range(1, 30):
        await scene.owns(f"Oz {number:02d} - Tale {number}", f"L. Frank Baum/Oz/{number:02d} - Tale {number}")
    await asyncio.gather(*(scene.check(full=True) for _ in range(4)))
    ids = {each.id for each in await scene.found(limit=100)}
    proposed = {change.finding_id for command in await scene.proposed() for change in command.changes}
    assert proposed
    assert proposed <= ids


async def test_a_library_without_books_has_no_findings(scene: Scene) -> None:
    assert (await scene.check()).details["findings"] == 0
    async with scene.database.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(FINDINGS)) == 0
