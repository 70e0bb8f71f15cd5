"""The texts with which a book is searched at the indexers behind Prowlarr."""

from shared.books.releases.search_words import (
    bare_title,
    distinct_surnames,
    distinct_titles,
    significant_words,
    unambiguous_words,
)
from shared.books.text.titles import fold
from shared.contracts.library.missing_books import MissingBook

_MAX_QUERIES = 6


def queries(wanted: MissingBook) -> list[str]:
    """Title and author, then the words that have only one spelling, then the title alone.

    Trackers match every word, so small words are left out.
    """
    titles = distinct_titles((wanted.title, *wanted.other_titles))
    surnames = distinct_surnames((*wanted.authors, *wanted.other_authors))
    words = [" ".join(significant_words(fold(bare_title(title)).split())) for title in titles]
    texts = [f"{title} {' '.join(surnames[:1])}" for title in words]
    if words and surnames:
        texts += [f"{words[0]} {other}" for other in surnames[1:2]]
        if sure := fold(" ".join(unambiguous_words(titles[0]))):
            texts.append(f"{sure} {surnames[0]}")
    texts += words[:1]
    return list(dict.fromkeys(text for query in texts if (text := query.strip())))[:_MAX_QUERIES]
