"""Recognizes the item of an import that Audiobookshelf shows at another path than the downloader placed it.

That happens when LIBRARY_PATH is above or below the folder of the Audiobookshelf library, or a link to it.
"""

from datetime import datetime, timedelta
from pathlib import PurePosixPath

from shared.books.text.titles import fold
from shared.contracts.library.imports import ConfirmImport

from library_scanner.domain.item import Item

_CLOCKS_DIFFER_BY = timedelta(minutes=1)


def is_imported_item(item: Item, command: ConfirmImport, placed_at: datetime) -> bool:
    """Whether the item appeared since the import, and has the name of its folder, or its title and an author."""
    if item.missing or item.added_at < placed_at - _CLOCKS_DIFFER_BY:
        return False
    if fold(PurePosixPath(item.path).name) == fold(PurePosixPath(command.relative_path).name):
        return True
    authors = {fold(author) for author in command.authors}
    return fold(item.title) == fold(command.title) and any(fold(author) in authors for author in item.authors)
