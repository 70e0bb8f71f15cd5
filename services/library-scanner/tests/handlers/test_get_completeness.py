"""The completeness report."""

from datetime import UTC, datetime
from uuid import uuid4

from library_builders import the_check
from library_scanner.adapters.postgres.completeness_report import CompletenessReport
from library_scanner.adapters.postgres.tables import BOOKS
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.get_completeness import GetCompletenessHandler
from shared.chassis.database import Database, Transaction
from shared.contracts.library.completeness import GetCompleteness
from shared.contracts.library.findings import CheckLibrary, FindingKind
from shared.testing.clocks import ManualClock
from sqlalchemy import insert

NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def store(database: Database, **changes: object) -> None:
    row = {
        "id": uuid4(), "abs_id": str(uuid4()), "library_id": "lib", "abs_updated_ms": 0, "title": "Ozma of Oz",
        "path": "Oz", "status": "active", "added_at": NOW, "updated_at": NOW,
    }  # fmt: skip
    async with database.transactions(Transaction)() as tx:
        await tx.session.execute(insert(BOOKS).values({**row, **changes}))


async def test_active_books_are_counted_by_their_filled_fields(database: Database) -> None:
    series = [{"name": "Oz", "sequence": "3"}]
    await store(database, narrators=["Tom Reed"], isbn="9780306406157", series=series)
    await store(database, subtitle=" ", series=series, series_evidence="its folder", incomplete=True)
    await store(database, series=series, series_evidence="its folder", series_in_abs=[{"name": "Oz"}], incomplete=True)
    await store(database, narrators=["Tom Reed"], status="archived")
    answer = await GetCompletenessHandler(CompletenessReport(database.transactions(Transaction))).get(GetCompleteness())
    assert (answer.books, answer.complete, answer.percent) == (3, 1, 33.3)
    fields = {each.field: (each.books, each.percent) for each in answer.fields}
    assert fields["title"] == (3, 100.0)
    assert fields["subtitle"] == (0, 0.0)
    assert fields["narrators"] == fields["isbn"] == (1, 33.3)
    assert fields["series"] == (2, 66.7)
    assert "abridged" not in fields


async def test_findings_say_what_to_do(database: Database, transaction: Transactions, clock: ManualClock) -> None:
    await store(database, path="E. Nesbit", title="E. Nesbit", contents=["Five Children and It.m4b", "The Amulet.m4b"])
    await store(database, path="Baum/Oz", title="The Wonderful Wizard of Oz", contents=["2 - Ozma of Oz/"])
    for number in range(1, 26):
        await store(database, path=f"Away/{number:02d}", files_missing_since=NOW)
    await store(database, path="Twice")
    await store(database, path="Twice", status="duplicate")
    await store(database, path="By hand", status="duplicate", abs_id=None)
    await the_check(transaction, clock).check(CheckLibrary())
    answer = await CompletenessReport(database.transactions(Transaction)).report()
    found = {each.kind: each for each in answer.findings}
    assert {kind: each.count for kind, each in found.items()} == {
        FindingKind.FILES_MISSING: 25, FindingKind.FOLDER_SHOWN_TWICE: 1, FindingKind.BOOK_INSIDE_BOOK: 1,
        FindingKind.SEVERAL_BOOKS_IN_ONE_ITEM: 1,
    }  # fmt: skip
    assert len(found[FindingKind.FILES_MISSING].books) == 20
    (oz,) = found[FindingKind.BOOK_INSIDE_BOOK].books
    (nesbit,) = found[FindingKind.SEVERAL_BOOKS_IN_ONE_ITEM].books
    assert "such as “Baum/Oz/The Wonderful Wizard of Oz”" in oz.words
    assert "“E. Nesbit/Five Children and It.m4b” to “E. Nesbit/Five Children and It/Five Children and It.m4b”" in (
        nesbit.words
    )


async def test_an_empty_library_is_complete(database: Database) -> None:
    answer = await CompletenessReport(database.transactions(Transaction)).report()
    assert (answer.books, answer.percent) == (0, 100.0)
