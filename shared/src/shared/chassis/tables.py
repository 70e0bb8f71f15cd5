"""The chassis tables in the schema of every service: outbox, inbox, failed messages, deliveries, runs and settings."""

from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass(frozen=True)
class ChassisTables:
    """The chassis tables in the schema of one service."""

    schema: str
    outbox: Table
    inbox: Table
    failed_messages: Table
    begun_deliveries: Table
    run_ledgers: Table
    run_items: Table
    stored_settings: Table


@dataclass(frozen=True)
class RateLimitTables:
    """The tables of the rate limiter, in the schemas of the services that have one."""

    schema: str
    accounts: Table
    lines: Table


def service_metadata(schema: str) -> MetaData:
    """The `MetaData` for the tables of a service, with stable names of constraints."""
    return MetaData(schema=schema, naming_convention=NAMING)


def chassis_tables(metadata: MetaData) -> ChassisTables:
    """Declare the chassis tables in the metadata of a service. Call it once, where the service declares its tables."""
    now = text("now()")
    outbox = Table(
        "outbox",
        metadata,
        Column("id", Integer, Identity(always=True), primary_key=True),
        Column("message_id", Uuid, nullable=False, server_default=func.gen_random_uuid()),
        Column("subject", Text, nullable=False),
        Column("payload", Text, nullable=False),
        Column("headers", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
        Column("created_at", DateTime(timezone=True), nullable=False, server_default=now),
        Column("available_at", DateTime(timezone=True), nullable=False, server_default=now),
        Column("attempts", Integer, nullable=False, server_default=text("0")),
    )
    Index("ix_outbox_available_at_id", outbox.c.available_at, outbox.c.id)
    inbox = Table(
        "inbox",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("message_id", Text, primary_key=True),
        Column("handled_at", DateTime(timezone=True), nullable=False, server_default=now),
    )
    failed = Table(
        "failed_messages",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("message_id", Text, primary_key=True),
        Column("subject", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("error", Text, nullable=False),
        Column("attempts", Integer, nullable=False, server_default=text("1")),
        Column("final", Boolean, nullable=False, server_default=text("false")),
        Column("first_failed_at", DateTime(timezone=True), nullable=False, server_default=now),
        Column("last_failed_at", DateTime(timezone=True), nullable=False, server_default=now),
    )
    begun = Table(
        "begun_deliveries",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("message_id", Text, primary_key=True),
        Column("times", Integer, nullable=False, server_default=text("1")),
        Column("last_begun_at", DateTime(timezone=True), nullable=False, server_default=now),
    )
    ledgers = Table(
        "run_ledgers",
        metadata,
        Column("run_id", Uuid, primary_key=True),
        Column("expected", Integer, nullable=False),
        Column("processed", Integer, nullable=False, server_default=text("0")),
        Column("succeeded", Integer, nullable=False, server_default=text("0")),
        Column("failed", Integer, nullable=False, server_default=text("0")),
        Column("started_at", DateTime(timezone=True), nullable=False, server_default=now),
        Column("finished_at", DateTime(timezone=True)),
    )
    items = Table(
        "run_items",
        metadata,
        Column("run_id", Uuid, primary_key=True),
        Column("item", Text, primary_key=True),
        Column("succeeded", Boolean),
        Column("words", Text),
        Column("translatable", JSONB),
    )
    settings = Table(
        "stored_settings",
        metadata,
        Column("only_row", Boolean, primary_key=True, server_default=text("true")),
        Column("version", Integer, nullable=False, server_default=text("0")),
        Column("plain", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
        Column("sealed", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
        CheckConstraint("only_row", name="only_row"),
    )
    return ChassisTables(metadata.schema or "public", outbox, inbox, failed, begun, ledgers, items, settings)


def rate_limit_tables(metadata: MetaData) -> RateLimitTables:
    """Declare the tables of the rate limiter in the metadata of a service."""
    moment = DateTime(timezone=True)
    accounts = Table(
        "rate_limited_accounts",
        metadata,
        Column("name", Text, primary_key=True),
        Column("fingerprint", Text, nullable=False),
        Column("health", Text, nullable=False, server_default=text("'unknown'")),
        Column("detail", Text, nullable=False, server_default=text("''")),
        Column("failures_in_a_row", Integer, nullable=False, server_default=text("0")),
        Column("last_answer_at", moment),
        Column("paused_until", moment),
        Column("stopped_at", moment),
        Column("stopped_by", Text),
        CheckConstraint("health in ('unknown', 'ok', 'away', 'throttled', 'refused', 'blocked')", name="health"),
    )
    lines = Table(
        "rate_limited_lines",
        metadata,
        Column("account", Text, primary_key=True),
        Column("name", Text, primary_key=True),
        Column("next_request_at", moment, nullable=False),
        Column("minute_began_at", moment),
        Column("sent_in_minute", Integer, nullable=False, server_default=text("0")),
        Column("day_began_at", moment),
        Column("sent_in_day", Integer, nullable=False, server_default=text("0")),
    )
    return RateLimitTables(metadata.schema or "public", accounts, lines)


def create_first(schema: str) -> list[str]:
    """SQL for the first migration of a service: the chassis tables in their first version. It must never change."""
    s = f'"{schema}"'
    return [
        f"""create table {s}.outbox (
            id integer generated always as identity constraint pk_outbox primary key,
            message_id uuid not null default gen_random_uuid(), subject text not null, payload text not null,
            headers jsonb not null default '{{}}'::jsonb, created_at timestamptz not null default now(),
            available_at timestamptz not null default now(), attempts integer not null default 0)""",
        f"create index ix_outbox_available_at_id on {s}.outbox (available_at, id)",
        f"""create table {s}.inbox (consumer text, message_id text, handled_at timestamptz not null default now(),
            constraint pk_inbox primary key (consumer, message_id))""",
        f"""create table {s}.failed_messages (consumer text, message_id text, subject text not null, body text not null,
            error text not null, attempts integer not null default 1, final boolean not null default false,
            first_failed_at timestamptz not null default now(), last_failed_at timestamptz not null default now(),
            constraint pk_failed_messages primary key (consumer, message_id))""",
        f"""create table {s}.run_ledgers (run_id uuid constraint pk_run_ledgers primary key, expected integer not null,
            processed integer not null default 0, succeeded integer not null default 0,
            failed integer not null default 0, started_at timestamptz not null default now(),
            finished_at timestamptz)""",
        f"""create table {s}.run_items (run_id uuid, item text, succeeded boolean, words text,
            constraint pk_run_items primary key (run_id, item))""",
        f"""create function {s}.tell_outbox() returns trigger language plpgsql as
            $$ begin perform pg_notify('outbox_{schema}', ''); return null; end $$""",
        f"""create trigger outbox_told after insert on {s}.outbox
            for each statement execute function {s}.tell_outbox()""",
    ]


def create_begun_deliveries(schema: str) -> str:
    """SQL for a migration of each service: the table of started deliveries. It must never change."""
    return f"""create table "{schema}".begun_deliveries (consumer text, message_id text,
        times integer not null default 1, last_begun_at timestamptz not null default now(),
        constraint pk_begun_deliveries primary key (consumer, message_id))"""


def create_stored_settings(schema: str) -> list[str]:
    """SQL for a migration of each service: the settings that are stored over the API. It must never change."""
    return [
        f"""create table "{schema}".stored_settings (
            only_row boolean default true constraint pk_stored_settings primary key, version integer not null default 0,
            plain jsonb not null default '{{}}'::jsonb, sealed jsonb not null default '{{}}'::jsonb,
            constraint ck_stored_settings_only_row check (only_row))""",
        f'insert into "{schema}".stored_settings default values',
    ]


def add_codes_of_run_items(schema: str) -> str:
    """SQL for a migration of each service: the code and figures of the words of run items. It must never change."""
    return f'alter table "{schema}".run_items add column translatable jsonb'


def create_rate_limits(schema: str) -> list[str]:
    """SQL for a migration of a service with a rate limiter. It must never change."""
    s = f'"{schema}"'
    return [
        f"""create table {s}.rate_limited_accounts (name text constraint pk_rate_limited_accounts primary key,
            fingerprint text not null, health text not null default 'unknown', detail text not null default '',
            failures_in_a_row integer not null default 0, last_answer_at timestamptz, paused_until timestamptz,
            stopped_at timestamptz, stopped_by text, constraint ck_rate_limited_accounts_health
            check (health in ('unknown', 'ok', 'away', 'throttled', 'refused')))""",
        f"""create table {s}.rate_limited_lines (account text, name text, next_request_at timestamptz not null,
            minute_began_at timestamptz, sent_in_minute integer not null default 0,
            day_began_at timestamptz, sent_in_day integer not null default 0,
            constraint pk_rate_limited_lines primary key (account, name))""",
    ]


def allow_blocked_accounts(schema: str) -> list[str]:
    """SQL for a migration of a service with a rate limiter: the health `blocked`. It must never change."""
    table, constraint = f'"{schema}".rate_limited_accounts', "ck_rate_limited_accounts_health"
    allowed = "'unknown', 'ok', 'away', 'throttled', 'refused', 'blocked'"
    return [
        f"alter table {table} drop constraint {constraint}",
        f"alter table {table} add constraint {constraint} check (health in ({allowed}))",
    ]
