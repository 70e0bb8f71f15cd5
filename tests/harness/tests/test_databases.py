"""A database that was used before equals its template."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from harness.databases import IDLE, Copies, Copy, Template
from harness.plugin import PASSWORDS, PostgresServer
from provisioning.roles import bootstrap, on_database

TABLES = """
create table authors (id integer generated always as identity primary key, name text unique);
create table books (id serial primary key, author integer not null references authors, shelf integer default 1);
create table notes (text text);
insert into authors (name) values ('Baum'), ('Stratemeyer');
insert into books (author) values (1), (2);
"""
CONTENTS = """
select (select array_agg(a::text order by id) from authors a), (select array_agg(b::text order by id) from books b),
       (select count(*) from notes)
"""


@pytest.fixture(scope="module")
def copies(postgres_server: PostgresServer) -> Iterator[Copies]:
    with psycopg.connect(postgres_server.admin_url, autocommit=True) as admin:
        made = Copies(postgres_server.admin_url, admin)
        yield made
        made.close()


@pytest.fixture(scope="module")
def template(postgres_server: PostgresServer, copies: Copies) -> Iterator[Template]:
    name = "template_of_authors"
    with psycopg.connect(postgres_server.admin_url, autocommit=True) as admin:
        bootstrap(postgres_server.admin_url, PASSWORDS, database=name)
        with psycopg.connect(on_database(postgres_server.admin_url, name)) as inside:
            inside.execute(TABLES)
        yield copies.template(name)
        admin.execute(f"drop database {name}")


def used(postgres_server: PostgresServer, copies: Copies, template: Template, *statements: str) -> Copy:
    """A copy that was given back after these statements."""
    copy = copies.take(template)
    with psycopg.connect(on_database(postgres_server.admin_url, copy.name), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
    copies.give_back(copy)
    return copy


@pytest.mark.parametrize(
    "statement",
    [
        "insert into authors (name) values ('Fitzhugh')",
        "insert into notes values ('a note')",
        "update authors set name = 'Fitzhugh' where id = 1",
        "update books set shelf = 2",
        "delete from books",
        "with gone as (delete from books) insert into notes select 'a note' from generate_series(1, 300)",
        "select nextval('books_id_seq')",
        "select",
    ],
)
def test_rows_and_sequences_are_as_in_the_template(
    postgres_server: PostgresServer, copies: Copies, template: Template, statement: str
) -> None:
    first = used(postgres_server, copies, template, statement)
    again = copies.take(template)
    assert again is first
    with psycopg.connect(on_database(postgres_server.admin_url, again.name)) as connection:
        assert connection.execute(CONTENTS).fetchone() == (["(1,Baum)", "(2,Stratemeyer)"], ["(1,1,1)", "(2,2,1)"], 0)
        assert connection.execute("insert into authors (name) values ('x') returning id").fetchone() == (3,)
        assert connection.execute("insert into books (author) values (1) returning id").fetchone() == (3,)
    copies.give_back(again)


@pytest.mark.parametrize(
    "statement",
    [
        "alter table books add title text",
        "create index on books (shelf)",
        "create temporary table draft ()",
        "truncate notes",
        "grant select on books to public",
        "alter table books alter shelf set default 3",
        "create function one() returns integer language sql as 'select 1'",
        "analyze books; update books set shelf = 2",
        "do $$ begin execute format('alter database %I set work_mem = ''1MB''', current_database()); end $$",
        "do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$",
        "insert into notes select repeat('x', 100) from generate_series(1, 2000)",
    ],
)
def test_a_database_with_more_than_changed_rows_is_not_used_again(
    postgres_server: PostgresServer, copies: Copies, template: Template, statement: str
) -> None:
    first = used(postgres_server, copies, template, statement)
    again = copies.take(template)
    assert again is not first
    with psycopg.connect(postgres_server.admin_url) as admin:
        assert admin.execute("select from pg_database where datname = %s", [first.name]).fetchone() is None
    copies.give_back(again)


def test_a_change_that_was_not_committed_leaves_the_sequence_as_in_the_template(
    postgres_server: PostgresServer, copies: Copies, template: Template
) -> None:
    copy = copies.take(template)
    with psycopg.connect(on_database(postgres_server.admin_url, copy.name)) as connection:
        connection.execute("insert into authors (name) values ('x')")
        connection.rollback()
    copies.give_back(copy)
    with psycopg.connect(on_database(postgres_server.admin_url, copies.take(template).name)) as connection:
        assert connection.execute("insert into authors (name) values ('x') returning id").fetchone() == (3,)
    copies.give_back(copy)


def test_what_an_open_connection_wrote_is_gone_and_the_connection_is_closed(
    postgres_server: PostgresServer, copies: Copies, template: Template
) -> None:
    copy = copies.take(template)
    with psycopg.connect(on_database(postgres_server.admin_url, copy.name), autocommit=True) as left_open:
        left_open.execute("insert into notes values ('a note')")
        copies.give_back(copy)
        with pytest.raises(psycopg.OperationalError):
            left_open.execute("insert into notes values ('another')")
    assert copies.take(template) is copy
    with psycopg.connect(on_database(postgres_server.admin_url, copy.name)) as connection:
        assert connection.execute("select from notes").fetchone() is None
    copies.give_back(copy)


def test_a_test_that_drops_its_database_leaves_the_next_a_new_one(
    postgres_server: PostgresServer, copies: Copies, template: Template
) -> None:
    copy = copies.take(template)
    with psycopg.connect(postgres_server.admin_url, autocommit=True) as admin:
        admin.execute(f"drop database {copy.name} with (force)")
    copies.give_back(copy)
    assert copies.take(template) is not copy


def test_a_copy_of_another_template_is_not_used(copies: Copies, template: Template) -> None:
    copies.give_back(copy := copies.take(template))
    another = copies.take(replace(template))
    assert another is not copy
    copies.give_back(another)


def test_few_databases_are_kept(postgres_server: PostgresServer, copies: Copies, template: Template) -> None:
    taken = [copies.take(template) for _ in range(IDLE + 2)]
    for copy in taken:
        copies.give_back(copy)
    with psycopg.connect(postgres_server.admin_url) as admin:
        names = [each.name for each in taken]
        kept = admin.execute("select count(*) from pg_database where datname = any(%s)", [names]).fetchone()
    assert kept == (IDLE,)
