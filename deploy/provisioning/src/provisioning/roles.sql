-- Creates or updates the role and the schema of one service in the current database. Safe to repeat.
-- Reads the session settings gapless.role, gapless.schema, gapless.connections and gapless.password. Needs a superuser.
-- The role can access only its own schema. It owns the schema, so that the service can migrate its tables.

DO $$
DECLARE
    role text := current_setting('gapless.role');
    home text := current_setting('gapless.schema');
    lock_function record;
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

    -- Advisory locks belong to the database, not to a schema, so that any role could hold the lock that another one needs.
    -- Each role gets functions whose locks contain the id of its schema, and may not use Postgres' own.
    FOR lock_function IN
        SELECT name, result, postgres_function FROM (VALUES
            ('lock_for_session', 'void', 'pg_advisory_lock'),
            ('try_lock_for_session', 'boolean', 'pg_try_advisory_lock'),
            ('unlock_for_session', 'boolean', 'pg_advisory_unlock'),
            ('lock_for_transaction', 'void', 'pg_advisory_xact_lock'),
            ('try_lock_for_transaction', 'boolean', 'pg_try_advisory_xact_lock')
        ) AS functions (name, result, postgres_function)
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE FUNCTION %I.%I(name text) RETURNS %s LANGUAGE sql VOLATILE SECURITY DEFINER'
            ' SET search_path = pg_catalog AS $f$ SELECT %I(%s, hashtext(name)) $f$',
            home, lock_function.name, lock_function.result, lock_function.postgres_function, home::regnamespace::oid::int4);
        EXECUTE format('REVOKE ALL ON FUNCTION %I.%I(text) FROM PUBLIC', home, lock_function.name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I.%I(text) TO %I', home, lock_function.name, role);
    END LOOP;
    FOR lock_function IN
        SELECT oid::regprocedure AS signature FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_(xact_)?lock(_shared)?$'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', lock_function.signature);
    END LOOP;
END
$$;
