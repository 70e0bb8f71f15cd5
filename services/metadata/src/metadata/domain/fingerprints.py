"""What a decision about a book depends on, apart from what the providers told: one text that changes with any of it."""

from collections.abc import Sequence
from hashlib import sha256

from shared.contracts.library.books import Book

READ = {
    "title", "subtitle", "authors", "narrators", "series", "series_evidence", "series_in_abs", "isbn", "asin",
    "publisher", "published_year", "language", "description", "genres", "duration_seconds", "abridged", "path",
    "metadata_source", "added_at",
}  # fmt: skip


def fingerprint(book: Book, rules: Sequence[str], *, fill_only: bool) -> str:
    """`rules` name by what is decided: the providers, their weights and addresses, and the version of the code."""
    told = [book.model_dump_json(include=READ), *rules, str(fill_only)]
    return sha256("\n".join(told).encode()).hexdigest()
