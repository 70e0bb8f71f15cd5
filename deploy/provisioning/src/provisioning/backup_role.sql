-- Creates or updates the role that reads all schemas for backups, in the current database. Safe to repeat.
-- Reads the session settings gapless.role, gapless.password and gapless.schemas. Needs a superuser.
-- It gets single grants instead of pg_read_all_data, which may also read the password hashes of all roles.

DO $$
DECLARE
    role text := current_setting('gapless.role');
    home record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
        EXECUTE format('CREATE ROLE %I', role);
    END IF;
    EXECUTE format(
        'ALTER ROLE %I LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 4 PASSWORD %L',
        role, current_setting('gapless.password'));
    EXECUTE format('ALTER ROLE %I SET default_transaction_read_only = on', role);
    FOR home IN
        SELECT nspname AS schema, pg_get_userbyid(nspowner) AS owner FROM pg_namespace
        WHERE nspname = ANY (string_to_array(current_setting('gapless.schemas'), ','))
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', home.schema, role);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', home.schema, role);
        EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', home.schema, role);
        -- For the tables that later migrations create.
        EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT ON TABLES TO %I',
            home.owner, home.schema, role);
        EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT ON SEQUENCES TO %I',
            home.owner, home.schema, role);
    END LOOP;
END
$$;
