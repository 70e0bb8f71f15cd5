"""The database as a whole, as far as any role may see it."""

from pydantic import BaseModel, Field
from shared.chassis.database import Transaction, Transactions
from sqlalchemy import text

_SEEN = text("""
    select current_setting('server_version') as server_version,
        pg_database_size(current_database()) as size_bytes,
        (select count(*) from pg_stat_activity where datname = current_database()) as connections,
        current_setting('max_connections')::int as connections_limit
""")


class DatabaseState(BaseModel):
    """Postgres. What each service uses of it stands with the service."""

    server_version: str = Field(examples=["18.0"])
    size_bytes: int
    connections: int = Field(description="to this database, of all services")
    connections_limit: int = Field(description="of the whole server")


async def read_database(transaction: Transactions[Transaction]) -> DatabaseState:
    """How it is now. Raises `SQLAlchemyError` and `OSError`."""
    async with transaction() as tx:
        return DatabaseState.model_validate(dict((await tx.session.execute(_SEEN)).mappings().one()))
