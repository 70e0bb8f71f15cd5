"""The SQL of the rate limiter. It is composed once, because every request to an outside system executes it."""

from typing import LiteralString

from psycopg import sql

from shared.chassis.rate_limit_state import Account, Line
from shared.chassis.session_lock import Statement


class RateLimitStatements:
    """The SQL for the tables of one schema."""

    def __init__(self, schema: str) -> None:
        accounts, lines = (sql.Identifier(schema, f"rate_limited_{each}") for each in ("accounts", "lines"))

        def on(table: sql.Identifier, statement: LiteralString) -> bytes:
            return sql.SQL(statement).format(table).as_bytes()

        self.add_account = on(accounts, "insert into {} (name, fingerprint) values (%s, %s) on conflict do nothing")
        self.add_line = on(
            lines, "insert into {} (account, name, next_request_at) values (%s, %s, %s) on conflict do nothing"
        )
        self.account = on(accounts, "select * from {} where name = %s")
        self.line = on(lines, "select * from {} where account = %s and name = %s")
        self.store_account = on(
            accounts,
            "update {} set fingerprint = %s, health = %s, detail = %s, failures_in_a_row = %s, last_answer_at = %s,"
            " paused_until = %s where name = %s",
        )
        self.store_line = on(
            lines,
            "update {} set next_request_at = %s, minute_began_at = %s, sent_in_minute = %s, day_began_at = %s,"
            " sent_in_day = %s where account = %s and name = %s",
        )
        begin_request = sql.SQL(
            "update {} set next_request_at = %s, minute_began_at = %s, sent_in_minute = %s, day_began_at = %s,"
            " sent_in_day = %s where account = %s and name = %s and not exists"
            " (select from {} as stopped where stopped.name = %s and stopped_at is not null) returning name"
        )
        self.begin_request = begin_request.format(lines, accounts).as_bytes()
        self.reset_counts = on(
            lines,
            "update {} set minute_began_at = null, sent_in_minute = 0, day_began_at = null, sent_in_day = 0"
            " where account = %s",
        )

    def stored_line(self, account: str, line: Line) -> Statement:
        """The statement that stores the pace and the counts."""
        counts = [line.minute.began_at, line.minute.sent, line.day.began_at, line.day.sent]
        return self.store_line, [line.next_request_at, *counts, account, line.name]

    def begun_request(self, account: str, line: Line) -> Statement:
        """The statement that stores the same, and returns a row, unless a person has stopped all requests."""
        _, values = self.stored_line(account, line)
        return self.begin_request, [*values, account]

    def stored_account(self, account: Account) -> Statement:
        """The statement that stores the health and the pause."""
        outcome = [account.health, account.detail, account.failures_in_a_row]
        return self.store_account, [
            account.fingerprint, *outcome, account.last_answer_at, account.paused_until, account.name,
        ]  # fmt: skip
