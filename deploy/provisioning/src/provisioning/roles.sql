-- One service's role and schema in the current database. Safe to run again, and with a new password.
-- Reads the settings gapless.role, gapless.schema, gapless.connections and gapless.password of its session; needs a
-- superuser.
-- The role reaches its own schema and nothing else. It owns it, so that a service migrates its own tables.

DO $$
DECLARE
    role text := current_setting('gapless.role');
    home text := current_setting('gapless.schema');
BEGIN
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
    CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
        EXECUTE format('CREATE ROLE %I', role);
    END IF;
    EXECUTE format(
        'ALTER ROLE %I LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT %s PASSWORD %L',
        role, current_setting('gapless.connections'), current_setting('gapless.password'));
    -- Said of the role, not of the role in this database: a copy of the database then keeps it.
    EXECUTE format('ALTER ROLE %I SET search_path = %I, public', role, home);
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', home, role);
END
$$;
