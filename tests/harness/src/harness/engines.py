"""Keeps the engine of each database for the next test with the same database.

An engine compiles each statement at its first use and keeps the result. It also asks the server about types at its
first connection. In a test of a handler, this takes a sixth of the processor time.
"""

from typing import Any

import pytest
from shared.chassis import database
from shared.chassis.database import Database
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

MAX_UNUSED = 16
"""Engines that are kept. Each can take several megabytes for its compiled statements."""


def keep_engines(patch: pytest.MonkeyPatch) -> None:
    """Let a new `Database` use the engine of a closed one with the same address and options."""
    unused: list[tuple[str, AsyncEngine]] = []
    keys: dict[AsyncEngine, str] = {}
    close = Database.aclose

    def engine(url: URL, **options: Any) -> AsyncEngine:
        key = f"{url.render_as_string(hide_password=False)} {sorted(options.items())}"
        kept = next((each for each in reversed(unused) if each[0] == key), None)
        if kept is None:
            made = create_async_engine(url, **options)
        else:
            unused.remove(kept)
            made = kept[1]
        keys[made] = key
        return made

    async def aclose(closed: Database) -> None:
        await close(closed)
        key = keys.pop(closed.engine, None)
        if key is not None:
            unused.append((key, closed.engine))
            del unused[:-MAX_UNUSED]

    patch.setattr(database, "create_async_engine", engine)
    patch.setattr(Database, "aclose", aclose)
