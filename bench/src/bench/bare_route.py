"""The minimal server with the same JSON of the same rows: FastAPI and SQLAlchemy in one process, without a broker.

Run as a program with `uvicorn --factory`; DATABASE_URL names the database.
"""

import os
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI
from library_scanner.adapters.postgres.tables import BOOKS
from shared.chassis.database import async_url
from shared.contracts.library.books import Book
from shared.contracts.page import Page
from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

ENGINE = {"pool_size": 10, "max_overflow": 5}
"""The pool of the services."""


def create() -> FastAPI:
    """The server. `/books` gives a page, newest first, with the total number; `/books/{id}` gives one book."""
    sessions = async_sessionmaker(create_async_engine(async_url(os.environ["DATABASE_URL"]), **ENGINE))

    async def session() -> AsyncIterator[AsyncSession]:
        async with sessions() as opened:
            yield opened

    app = FastAPI()
    SessionDep = Annotated[AsyncSession, Depends(session)]

    @app.get("/books")
    async def page(session: SessionDep, limit: int = 50, offset: int = 0) -> Page[Book]:
        active = BOOKS.c.status == "active"
        newest = select(BOOKS).where(active).order_by(BOOKS.c.added_at.desc(), BOOKS.c.id.desc())
        rows = (await session.execute(newest.limit(limit).offset(offset))).mappings()
        total = await session.scalar(select(func.count()).select_from(BOOKS).where(active))
        return Page(items=[_book(row) for row in rows], total=total or 0, limit=limit, offset=offset)

    @app.get("/books/{book_id}")
    async def one(session: SessionDep, book_id: UUID) -> Book:
        return _book((await session.execute(select(BOOKS).where(BOOKS.c.id == book_id))).mappings().one())

    return app


def _book(row: RowMapping) -> Book:
    return Book.model_validate(dict(row))
