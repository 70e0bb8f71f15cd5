"""What a service uses of Postgres: its schema, its connections and its outbox."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.system import PostgresShare

_SHARE = """
    select
        (select coalesce(sum(pg_total_relation_size(oid)), 0)::bigint from pg_class
            where relnamespace = cast(:schema as regnamespace) and relkind = 'r') as schema_bytes,
        (select count(*) from pg_stat_activity where usename = current_user and datname = current_database())
            as connections,
        (select extract(epoch from max(clock_timestamp() - xact_start))::float8 from pg_stat_activity
            where usename = current_user and datname = current_database() and pid <> pg_backend_pid())
            as oldest_transaction_seconds,
        (select extract(epoch from clock_timestamp() - min(available_at))::float8 from {outbox}
            where available_at <= clock_timestamp()) as outbox_oldest_seconds
"""


async def read_postgres_share(connection: AsyncConnection, schema: str) -> PostgresShare:
    """What the role of this connection uses of Postgres now."""
    statement = text(_SHARE.format(outbox=f'"{schema}".outbox'))
    row = (await connection.execute(statement, {"schema": f'"{schema}"'})).mappings().one()
    return PostgresShare.model_validate(dict(row))
