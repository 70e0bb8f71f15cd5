"""The least that can answer with the same rows: FastAPI and SQLAlchemy in one process, no broker between.

Run as a program with `uvicorn --factory`; DATABASE_URL names the database.
"""

import os
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from library_scanner.adapters.postgres.tables import BOOKS
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine


def create() -> FastAPI:
    """`/books` gives a page of fifty, newest first, with their number; `/books/{id}` gives one."""
    engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=8)
    app = FastAPI()

    @app.get("/books")
    async def page(limit: int = 50, offset: int = 0) -> dict[str, Any]:
        active = BOOKS.c.status == "active"
        rows = select(BOOKS).where(active).order_by(BOOKS.c.added_at.desc(), BOOKS.c.id).limit(limit).offset(offset)
        async with engine.connect() as connection:
            items = [dict(row) for row in (await connection.execute(rows)).mappings()]
            total = await connection.scalar(select(func.count()).select_from(BOOKS).where(active))
        return {"items": items, "total": total}

    @app.get("/books/{book_id}")
    async def one(book_id: UUID) -> dict[str, Any]:
        async with engine.connect() as connection:
            return dict((await connection.execute(select(BOOKS).where(BOOKS.c.id == book_id))).mappings().one())

    return app
