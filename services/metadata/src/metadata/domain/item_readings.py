"""The ways to read what an item is: by its title and authors, and by its folder where they do not say it."""

from dataclasses import replace

from shared.books.description import BookDescription
from shared.books.series.folder_names import leaf_text
from shared.books.series.people_in_folders import authors_in_path
from shared.books.text.missing_titles import is_no_title
from shared.books.text.titles import fold, main_title


def readings_of(item: BookDescription) -> list[BookDescription]:
    """Descriptions of the item to search for, the most likely first.

    A placeholder is no title. An author may be named by a folder. If the folder of the item has another title than the
    item, it is searched too: tags may contain the title of the series, or of a chapter.
    """
    title = "" if is_no_title(item.title, has_series=bool(item.series)) else item.title
    own = replace(item, title=title, subtitle=item.subtitle if title else None)
    by_folder = [] if own.authors else [replace(own, authors=(name,)) for name in authors_in_path(item.path)]
    first = by_folder[:1] or [own]
    another_title = [replace(first[0], title="", subtitle=None)] if title and _folder_differs(title, item.path) else []
    return [*first, *another_title, *by_folder[1:], *([own] if by_folder else [])]


def _folder_differs(title: str, path: str | None) -> bool:
    """Whether the item's own folder has words of its own, and lacks words of the title."""
    leaf = fold(leaf_text((path or "").rstrip("/").rsplit("/", 1)[-1]))
    words = {word for word in leaf.split() if word.isalpha()}
    return bool(words) and not set(fold(main_title(title)).split()) <= set(leaf.split())
