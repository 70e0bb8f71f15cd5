"""The state of the whole database, as far as any role can see it."""

from shared.chassis.database import Transaction, Transactions
from shared.contracts.gateway.diagnostics import DatabaseState
from sqlalchemy import text

_SEEN = text("""
    select current_setting('server_version') as server_version,
        pg_database_size(current_database()) as size_bytes,
        (select count(*) from pg_stat_activity where datname = current_database()) as connections,
        current_setting('max_connections')::int as connections_limit
""")


async def read_database(transaction: Transactions[Transaction]) -> DatabaseState:
    """Query the current state. Raises `SQLAlchemyError` and `OSError`."""
    async with transaction() as tx:
        return DatabaseState.model_validate(dict((await tx.session.execute(_SEEN)).mappings().one()))
