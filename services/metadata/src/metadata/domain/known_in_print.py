"""Works that a list tells in print alone."""

from collections.abc import Sequence

from shared.books.text.titles import fold, main_title
from shared.contracts.metadata.bibliographies import CataloguedWork

MOST_TITLES = 20


def known_in_print_alone(works: Sequence[CataloguedWork]) -> list[str]:
    """Titles of works that are told, but by nobody as an audiobook; at most 20, the most read first."""
    heard = {_key(work) for work in works if work.is_audio is not False}
    silent = sorted((work for work in works if work.is_audio is False), key=lambda work: -work.popularity)
    titles = {_key(work): work.title for work in reversed(silent) if _key(work) not in heard}
    wanted = [work.title for work in silent if titles.get(_key(work)) == work.title]
    return list(dict.fromkeys(wanted))[:MOST_TITLES]


def _key(work: CataloguedWork) -> str:
    return fold(main_title(work.title), drop_article=True)
