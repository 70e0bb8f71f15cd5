"""Stores and deletes a guide, with its passages and the count of its words. Postgres updates the search index."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from mam_search.adapters.postgres.guide_tables import GuideRow, PassageRow, WordRow
from mam_search.domain.guide import GuideText, passages

_WORDS = "select unnest(tsvector_to_array(search_simple)) as word from mam.guides where id = :id"
_ADD_WORDS = text(f"""
    insert into mam.guide_words (word, stem, guides)
    select word, coalesce((ts_lexize('english_stem', word))[1], word), 1 from ({_WORDS}) words
    where length(word) between 2 and 40 order by word
    on conflict (word) do update set guides = guide_words.guides + 1
""")  # noqa: S608 - constants of this module
_REMOVE_WORDS = text(f"""
    update mam.guide_words set guides = guide_words.guides - 1 from ({_WORDS}) words
    where guide_words.word = words.word
""")  # noqa: S608


async def store_guide(session: AsyncSession, guide: GuideText, now: datetime) -> None:
    """Store a guide. If its content has not changed, only the time at which it was fetched is stored."""
    known = await session.scalar(select(GuideRow.content_hash).where(GuideRow.id == guide.id))
    if known == guide.content_hash:
        await session.execute(update(GuideRow).where(GuideRow.id == guide.id).values(fetched_at=now))
        return
    if known is not None:
        await _remove_words(session, guide.id)
    row = {
        "id": guide.id,
        "kind": guide.kind.value,
        "address": guide.address,
        "title": guide.title,
        "page": guide.page,
        "author": guide.author,
        "tags": guide.tags,
        "board": guide.board,
        "dated_at": guide.dated_at,
        "fetched_at": now,
        "content_hash": guide.content_hash,
        "markdown": guide.markdown,
        "links": guide.links,
        "torrents": [each.model_dump() for each in guide.torrents],
    }
    await session.execute(upsert(GuideRow).values(row).on_conflict_do_update(index_elements=["id"], set_=row))
    await session.execute(delete(PassageRow).where(PassageRow.guide_id == guide.id))
    parts = [
        {"guide_id": guide.id, "number": number, "title": guide.title, "heading": each.heading, "text": each.text}
        for number, each in enumerate(passages(guide), 1)
    ]
    if parts:
        await session.execute(insert(PassageRow), parts)
    await session.execute(_ADD_WORDS, {"id": guide.id})


async def delete_guide(session: AsyncSession, condition: ColumnElement[bool]) -> None:
    """Delete the guides that match a condition."""
    for guide_id in list(await session.scalars(select(GuideRow.id).where(condition))):
        await _remove_words(session, guide_id)
        await session.execute(delete(GuideRow).where(GuideRow.id == guide_id))


async def _remove_words(session: AsyncSession, guide_id: UUID) -> None:
    await session.execute(_REMOVE_WORDS, {"id": guide_id})
    await session.execute(delete(WordRow).where(WordRow.guides <= 0))
