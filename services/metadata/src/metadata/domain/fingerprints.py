"""Hashes everything that a decision about a book depends on, except the providers' answers."""

from collections.abc import Sequence
from hashlib import sha256

from shared.contracts.library.books import Book
from shared.contracts.metadata.matches import Match

FIELDS = {
    "title", "subtitle", "authors", "narrators", "series", "series_evidence", "series_in_abs", "isbn", "asin",
    "publisher", "published_year", "language", "description", "genres", "duration_seconds", "abridged", "path",
    "metadata_source", "locked_fields", "added_at", "cover", "chapters",
}  # fmt: skip


def fingerprint(book: Book, rules: Sequence[str], match: Match | None = None, *, fill_only: bool) -> str:
    """A hash of the book's fields, the mode, `rules` (providers, weights, addresses and the code's version), and what a
    person decided about the book."""
    decided = f"{match.decision.value} {match.decided_at.isoformat()}" if match else ""
    parts = [book.model_dump_json(include=FIELDS), *rules, decided, str(fill_only)]
    return sha256("\n".join(parts).encode()).hexdigest()
