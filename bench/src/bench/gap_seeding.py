"""Adds lists of works with missing books to the series of a seeded library, because comparisons would take minutes."""

import psycopg

SERIES = 2_000
"""They lack 5,000 books."""

_COMPARED = """
with compared as (select id, name, authors, owned, number, 2 + mod(number, 2)::int as gaps from (
    select id, name, authors, owned, row_number() over (order by name, id) as number
    from library.series where owned > 0
) as numbered where number <= %(series)s)
"""
_MISSING = """
insert into library.missing_books (id, natural_key, author_key, title, authors, series_id, series, sequence, language,
    reason, source, status, priority, identified_at, updated_at)
select gen_random_uuid(), id || ' ' || gap, lower(authors[1]), 'The Missing Volume of ' || name || ' ' || gap, authors,
    id, name, (owned + gap)::text, 'english', 'series_gap', 'AUDIBLE', 'identified', 50 + mod(number, 50),
    now() - number * interval '1 minute', now()
from compared, generate_series(1, gaps) as gap
"""
_ENTRIES = """
insert into library.work_entries (id, of, subject_id, place, title, authors, kind, state, why, providers, book_id,
    missing_book_id)
select gen_random_uuid(), 'series', compared.id, link.sequence, book.title, book.authors, 'primary', 'owned',
    'the library has it', array['AUDIBLE'], book.id, null::uuid
from compared join library.book_series as link on link.series_id = compared.id
    join library.books as book on book.id = link.book_id
union all
select gen_random_uuid(), 'series', compared.id, missing.sequence, missing.title, missing.authors, 'primary', 'missing',
    'no book of the library is this work', array['AUDIBLE'], null::uuid, missing.id
from compared join library.missing_books as missing on missing.series_id = compared.id
"""
_LISTS = "insert into library.work_lists (of, subject_id, compared_at) select 'series', id, now() from compared"
_COUNTS = """
update library.series set missing = gaps, total = series.owned + gaps, last_checked_at = now(),
    completion_percent = 100.0 * series.owned / (series.owned + gaps),
    completion_status = case when series.owned >= gaps then 'partial' else 'incomplete' end
from compared where compared.id = series.id
"""


def seed_gaps(url: str, series: int = SERIES) -> None:
    """Give the first series a list of works of which two or three are missing.

    `url` is the address of the database for the library's role. The library must have that many series.
    """
    with psycopg.connect(url) as connection:
        for statement in (_MISSING, _ENTRIES, _LISTS, _COUNTS):
            connection.execute(f"{_COMPARED} {statement}".encode(), {"series": series})
    with psycopg.connect(url, autocommit=True) as connection:
        for table in ("missing_books", "work_entries", "work_lists", "series"):
            connection.execute(f"vacuum analyze library.{table}".encode())
