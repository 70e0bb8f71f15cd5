"""Finds the passages that may answer a question: candidates by index, then ranked by how much their words tell."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from mam_search.domain.passage_ranking import HEADING, SYNONYM, TEXT, TITLE, CandidatePassage, Term, ranked, rarity
from mam_search.domain.synonyms import ASKING, synonyms

MAX_CANDIDATES = 400
FREQUENT = 0.2
"""A word in more than this share of the guides finds no candidates, if the question has rarer words."""
MAX_TERMS = 24

_WORDS = text("""
    select word, (ts_lexize('english_stem', word))[1] as stem
    from unnest(tsvector_to_array(to_tsvector('simple', :question))) word
""")
_STEMS = text("select word, (ts_lexize('english_stem', word))[1] as stem from unnest(cast(:words as text[])) word")
_FREQUENCIES = text("""
    select stem, sum(guides) as guides, (select count(*) from mam.guides) as total
    from mam.guide_words where stem = any(:stems) group by stem
""")
_CANDIDATES = text("""
    select passage.guide_id, passage.number, length(passage.search) as length,
        (select jsonb_object_agg(lexeme, to_jsonb(weights))
         from unnest(passage.search) as words(lexeme, positions, weights) where lexeme = any(:stems)) as found
    from mam.guide_passages passage
    where passage.search @@ cast(:query as tsquery)
    order by ts_rank(passage.search, cast(:query as tsquery)) desc, passage.guide_id, passage.number
    limit :limit
""")
_SHOWN = text("""
    select passage.guide_id, passage.title, passage.heading, passage.text, guide.address
    from unnest(cast(:guides as uuid[]), cast(:numbers as int[])) with ordinality as best(guide_id, number, place)
    join mam.guide_passages passage on passage.guide_id = best.guide_id and passage.number = best.number
    join mam.guides guide on guide.id = best.guide_id
    order by best.place
""")
_FIELDS = {"A": TITLE, "B": HEADING, "D": TEXT}


async def search_passages(session: AsyncSession, question: str, limit: int) -> list[dict[str, Any]]:
    """The best passages for a question, the best first."""
    terms = await _terms(session, question)
    stems = sorted({stem for term in terms for stem in term.stems})
    rows = (await session.execute(_FREQUENCIES, {"stems": stems})).all()
    guides = rows[0].total if rows else 0
    frequencies = {row.stem: min(row.guides, guides) for row in rows}
    rare = [stem for stem, number in frequencies.items() if number <= max(2, FREQUENT * guides)]
    query = " | ".join(f"'{_quoted(stem)}'" for stem in rare or frequencies)
    if not query:
        return []
    found = await session.execute(_CANDIDATES, {"stems": stems, "query": query, "limit": MAX_CANDIDATES})
    candidates = [
        CandidatePassage(
            str(row.guide_id),
            row.number,
            {stem: sum(_FIELDS[weight] for weight in weights) for stem, weights in row.found.items()},
            row.length,
        )
        for row in found
    ]
    rarities = {stem: rarity(number, guides) for stem, number in frequencies.items()}
    best = ranked(terms, candidates, rarities)[:limit]
    places = {"guides": [each.guide for each in best], "numbers": [each.number for each in best]}
    return [dict(row) for row in (await session.execute(_SHOWN, places)).mappings()]


async def _terms(session: AsyncSession, question: str) -> list[Term]:
    """The words of a question that tell something, each with its synonyms."""
    words = {row.word: row.stem for row in await session.execute(_WORDS, {"question": question}) if row.stem}
    words = {word: stem for word, stem in words.items() if word not in ASKING} or words
    others = {word: synonyms(word) | synonyms(stem) for word, stem in words.items()}
    every = sorted({each for group in others.values() for each in group})
    stem_of = {row.word: row.stem or row.word for row in await session.execute(_STEMS, {"words": every})}
    terms = {
        stem: Term({**{stem_of[each]: SYNONYM for each in others[word]}, stem: 1.0}) for word, stem in words.items()
    }
    return list(terms.values())[:MAX_TERMS]


def _quoted(stem: str) -> str:
    return stem.replace("\\", "\\\\").replace("'", "''")
