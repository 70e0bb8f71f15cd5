"""Works of a list that are known only in print."""

from collections.abc import Sequence

from shared.books.text.titles import fold, main_title
from shared.contracts.metadata.bibliographies import CataloguedWork

MAX_TITLES = 20


def known_in_print_alone(works: Sequence[CataloguedWork]) -> list[str]:
    """Titles of works that no provider lists as an audiobook; at most 20, the most popular first."""
    audio = {_key(work) for work in works if work.is_audio is not False}
    print_only = sorted((work for work in works if work.is_audio is False), key=lambda work: -work.popularity)
    titles = {_key(work): work.title for work in reversed(print_only) if _key(work) not in audio}
    wanted = [work.title for work in print_only if titles.get(_key(work)) == work.title]
    return list(dict.fromkeys(wanted))[:MAX_TITLES]


def _key(work: CataloguedWork) -> str:
    return fold(main_title(work.title), drop_article=True)
