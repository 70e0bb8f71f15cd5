-- Creates or updates the role and the schema of one service in the current database. Safe to repeat.
-- Reads the session settings gapless.role, gapless.schema, gapless.connections and gapless.password. Needs a superuser.
-- The role can access only its own schema. It owns the schema, so that the service can migrate its tables.

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
    -- Set for the role, not for the role in this database, so that it also applies to copies of the database.
    EXECUTE format('ALTER ROLE %I SET search_path = %I, public', role, home);
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', home, role);
END
$$;
