SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION scheduler.tell_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin perform pg_notify('outbox_scheduler', ''); return null; end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE scheduler.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE scheduler.begun_deliveries (
    consumer text NOT NULL,
    message_id text NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    last_begun_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE scheduler.failed_messages (
    consumer text NOT NULL,
    message_id text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    error text NOT NULL,
    attempts integer DEFAULT 1 NOT NULL,
    final boolean DEFAULT false NOT NULL,
    first_failed_at timestamp with time zone DEFAULT now() NOT NULL,
    last_failed_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE scheduler.inbox (
    consumer text NOT NULL,
    message_id text NOT NULL,
    handled_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE scheduler.outbox (
    id integer NOT NULL,
    message_id uuid DEFAULT gen_random_uuid() NOT NULL,
    subject text NOT NULL,
    payload text NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL
);
ALTER TABLE scheduler.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME scheduler.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE scheduler.run_items (
    run_id uuid NOT NULL,
    item text NOT NULL,
    succeeded boolean,
    words text
);
CREATE TABLE scheduler.run_ledgers (
    run_id uuid NOT NULL,
    expected integer NOT NULL,
    processed integer DEFAULT 0 NOT NULL,
    succeeded integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE scheduler.runs (
    id uuid NOT NULL,
    task text NOT NULL,
    status text NOT NULL,
    by text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    heard_at timestamp with time zone,
    ended_at timestamp with time zone,
    expected integer,
    processed integer DEFAULT 0 NOT NULL,
    succeeded integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    log jsonb DEFAULT '[]'::jsonb NOT NULL,
    problems jsonb DEFAULT '[]'::jsonb NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    dry_run boolean DEFAULT false NOT NULL,
    parameters jsonb DEFAULT '{}'::jsonb NOT NULL,
    sent_again_at timestamp with time zone
);
CREATE TABLE scheduler.schedules (
    task text NOT NULL,
    cron text NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    parameters jsonb DEFAULT '{}'::jsonb NOT NULL,
    next_due_at timestamp with time zone,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    ticked_at timestamp with time zone,
    caught_up integer DEFAULT 0 NOT NULL,
    merged integer DEFAULT 0 NOT NULL,
    missed integer DEFAULT 0 NOT NULL,
    overlapped integer DEFAULT 0 NOT NULL
);
CREATE TABLE scheduler.stored_settings (
    only_row boolean DEFAULT true NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    plain jsonb DEFAULT '{}'::jsonb NOT NULL,
    sealed jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT ck_stored_settings_only_row CHECK (only_row)
);
INSERT INTO scheduler.alembic_version (version_num) VALUES
	('0005');
INSERT INTO scheduler.begun_deliveries (consumer, message_id, times, last_begun_at) VALUES
	('text', 'text', 1, '2026-11-29 23:36:00.425762+00');
INSERT INTO scheduler.failed_messages (consumer, message_id, subject, body, error, attempts, final, first_failed_at, last_failed_at) VALUES
	('text', 'text', 'text', 'text', 'text', 1, false, '2026-11-29 23:36:00.429364+00', '2026-11-29 23:36:00.429364+00');
INSERT INTO scheduler.inbox (consumer, message_id, handled_at) VALUES
	('scheduler-evt-runs-run_progressed', '3f9987ee-35e4-4683-bc2a-962c86d58cbe', '2026-11-29 23:35:32.411661+00'),
	('scheduler-evt-runs-run_progressed', '1f4ef025-eee8-43a5-b0e4-d1bdbd277b19', '2026-11-29 23:35:33.387915+00'),
	('scheduler-evt-runs-run_progressed', '74683528-40e3-495e-909b-38ca0d04bc1b', '2026-11-29 23:35:35.756515+00'),
	('scheduler-evt-runs-run_progressed', 'e6072d0d-cea8-4acc-8a61-0f47f3362fd6', '2026-11-29 23:35:36.892062+00'),
	('scheduler-evt-runs-run_progressed', '2f5f84f4-6875-4217-bcff-91bbd20e76ca', '2026-11-29 23:35:39.94542+00'),
	('scheduler-evt-runs-run_progressed', '3b3b13df-ccdc-4e5c-b72b-af0712e100e1', '2026-11-29 23:35:40.817562+00'),
	('scheduler-evt-runs-run_progressed', '0ba04410-d010-470d-8284-0e1bee5545d4', '2026-11-29 23:35:48.06211+00');
INSERT INTO scheduler.outbox (id, message_id, subject, payload, headers, created_at, available_at, attempts) OVERRIDING SYSTEM VALUE VALUES
	(11, '069bc57f-6866-498a-8b7a-d32463ef52c4', 'evt.runs.run_alive', '{"run_id": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"}', '{}', '2026-11-29 23:36:00.431139+00', '2099-01-01 00:00:00+00', 0);
INSERT INTO scheduler.run_items (run_id, item, succeeded, words) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', NULL, NULL);
INSERT INTO scheduler.run_ledgers (run_id, expected, processed, succeeded, failed, started_at, finished_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 1, 0, 0, 0, '2026-11-29 23:36:00.450445+00', '2026-03-01 12:00:00+00');
INSERT INTO scheduler.runs (id, task, status, by, due_at, started_at, heard_at, ended_at, expected, processed, succeeded, failed, log, problems, details, dry_run, parameters, sent_again_at) VALUES
	('3b076216-3f81-4e64-ac8c-91b48c3a4435', 'library_scan', 'completed', 'person', '2026-11-29 23:35:31.491712+00', '2026-11-29 23:35:31.735986+00', '2026-11-29 23:35:32.668394+00', '2026-11-29 23:35:32.668394+00', NULL, 2, 2, 0, '["Audiobooks: 2 books seen"]', '[]', '{"seen": 2, "added": 2, "changed": 0, "seconds": 0.88, "vanished": 0, "without_files": 0}', false, '{}', NULL),
	('3bd163d1-346e-4c45-a27e-b4117fd80242', 'series_completion', 'completed', 'person', '2026-11-29 23:35:32.919458+00', '2026-11-29 23:35:33.374867+00', '2026-11-29 23:35:34.882739+00', '2026-11-29 23:35:34.882739+00', 1, 1, 1, 0, '[]', '[]', '{}', false, '{}', NULL),
	('1395ba8d-6ba8-41bd-aeb7-ef162856f041', 'author_completion', 'completed', 'person', '2026-11-29 23:35:35.339912+00', '2026-11-29 23:35:35.676944+00', '2026-11-29 23:35:35.85103+00', '2026-11-29 23:35:35.675637+00', 0, 0, 0, 0, '[]', '[]', '{}', false, '{}', NULL),
	('3493aa68-ac2a-46ec-b45c-3f2e4131180c', 'download_retry', 'completed', 'person', '2026-11-29 23:35:36.00307+00', '2026-11-29 23:35:36.300949+00', '2026-11-29 23:35:36.33354+00', '2026-11-29 23:35:36.33354+00', 0, 0, 0, 0, '[]', '[]', '{}', false, '{"at_once": true}', NULL),
	('e1e0cf50-de66-4fa6-bfab-2178df8a95e5', 'wanted_search', 'completed', 'person', '2026-11-29 23:35:36.40563+00', '2026-11-29 23:35:36.902638+00', '2026-11-29 23:35:41.446901+00', '2026-11-29 23:35:41.446901+00', 3, 3, 3, 0, '[]', '[]', '{"notes": ["The Road to Oz: none of 1 releases is acceptable; the best, “Ozma of Oz”: same work: got “Ozma of Oz” (62 % similar), want “The Road to Oz”; taken: got the release grabbed for “Ozma of Oz”, want a release that no other download has"]}', false, '{}', NULL),
	('cc6f1e73-b723-481f-9c0e-fc329941d641', 'download_monitor', 'completed', 'person', '2026-11-29 23:35:41.987119+00', '2026-11-29 23:35:42.680599+00', '2026-11-29 23:35:42.683081+00', '2026-11-29 23:35:42.680599+00', 2, 2, 2, 0, '[]', '[]', '{"checked": 2, "completed": 2}', false, '{}', NULL),
	('6d972280-0d33-4f3b-98d0-5fa3a8d10aed', 'download_monitor', 'completed', 'person', '2026-11-29 23:35:44.307931+00', '2026-11-29 23:35:44.705905+00', '2026-11-29 23:35:44.707009+00', '2026-11-29 23:35:44.705905+00', 0, 0, 0, 0, '[]', '[]', '{"checked": 0}', false, '{}', NULL),
	('051686ca-f0d0-4642-b944-518866514694', 'download_monitor', 'completed', 'person', '2026-11-29 23:35:46.002422+00', '2026-11-29 23:35:46.123597+00', '2026-11-29 23:35:46.135292+00', '2026-11-29 23:35:46.123597+00', 0, 0, 0, 0, '[]', '[]', '{"checked": 0}', false, '{}', NULL),
	('0f47377f-cf90-4316-a33e-57f03e02da2c', 'download_monitor', 'completed', 'person', '2026-11-29 23:35:47.304515+00', '2026-11-29 23:35:47.661417+00', '2026-11-29 23:35:47.673422+00', '2026-11-29 23:35:47.661417+00', 0, 0, 0, 0, '[]', '[]', '{"checked": 0}', false, '{}', NULL),
	('a44f43cb-4d4b-4e1d-922d-6cf2c40decd3', 'metadata_full_refresh', 'completed', 'person', '2026-11-29 23:35:47.864547+00', '2026-11-29 23:35:48.062686+00', '2026-11-29 23:35:49.538272+00', '2026-11-29 23:35:49.538272+00', 4, 4, 4, 0, '[]', '[]', '{}', false, '{}', NULL);
INSERT INTO scheduler.schedules (task, cron, enabled, parameters, next_due_at, time_zone, ticked_at, caught_up, merged, missed, overlapped) VALUES
	('library_scan', '*/30 * * * *', true, '{}', '2026-11-30 00:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('library_check', '45 4 * * *', true, '{}', '2026-11-30 04:45:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('series_completion', '0 3 2 * *', true, '{}', '2026-12-02 03:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('author_completion', '0 3 3 * *', true, '{}', '2026-12-03 03:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('release_check', '5 0 * * *', true, '{}', '2026-11-30 00:05:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('top10_discovery', '0 3 * * 0', true, '{}', '2026-12-06 03:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('import_lists', '30 2 * * *', true, '{}', '2026-11-30 02:30:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('wanted_search', '0 */6 * * *', true, '{}', '2026-11-30 00:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('upgrade_search', '0 5 * * 1', true, '{}', '2026-11-30 05:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('download_retry', '*/5 * * * *', true, '{}', '2026-11-29 23:40:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('watched_folders', '*/15 * * * *', true, '{}', '2026-11-29 23:45:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('seeding_check', '20 * * * *', true, '{}', '2026-11-30 00:20:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('metadata_daily', '0 3 * * *', true, '{}', '2026-11-30 03:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('metadata_new_books', '30 4 * * 0', true, '{}', '2026-12-06 04:30:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('metadata_full_refresh', '0 4 1 * *', true, '{}', '2026-12-01 04:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('metadata_missing', '', true, '{}', NULL, 'UTC', NULL, 0, 0, 0, 0),
	('metadata_book', '', true, '{}', NULL, 'UTC', NULL, 0, 0, 0, 0),
	('metadata_books', '', true, '{}', NULL, 'UTC', NULL, 0, 0, 0, 0),
	('account_care', '0 */12 * * *', true, '{}', '2026-11-30 00:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('tracker_access', '*/15 * * * *', true, '{}', '2026-11-29 23:45:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('mam_scraping', '0 2 * * *', true, '{}', '2026-11-30 02:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('backup', '30 1 * * *', true, '{}', '2026-11-30 01:30:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('cleanup', '0 1 * * *', true, '{}', '2026-11-30 01:00:00+00', 'UTC', NULL, 0, 0, 0, 0),
	('download_monitor', '@every 30s', true, '{}', '2026-11-29 23:36:14.472928+00', 'UTC', '2026-11-29 23:35:44.536571+00', 0, 0, 0, 1);
INSERT INTO scheduler.stored_settings (only_row, version, plain, sealed) VALUES
	(true, 0, '{}', '{}');
SELECT pg_catalog.setval('scheduler.outbox_id_seq', 11, true);
ALTER TABLE ONLY scheduler.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY scheduler.begun_deliveries
    ADD CONSTRAINT pk_begun_deliveries PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY scheduler.failed_messages
    ADD CONSTRAINT pk_failed_messages PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY scheduler.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY scheduler.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY scheduler.run_items
    ADD CONSTRAINT pk_run_items PRIMARY KEY (run_id, item);
ALTER TABLE ONLY scheduler.run_ledgers
    ADD CONSTRAINT pk_run_ledgers PRIMARY KEY (run_id);
ALTER TABLE ONLY scheduler.runs
    ADD CONSTRAINT pk_runs PRIMARY KEY (id);
ALTER TABLE ONLY scheduler.schedules
    ADD CONSTRAINT pk_schedules PRIMARY KEY (task);
ALTER TABLE ONLY scheduler.stored_settings
    ADD CONSTRAINT pk_stored_settings PRIMARY KEY (only_row);
CREATE INDEX ix_outbox_available_at_id ON scheduler.outbox USING btree (available_at, id);
CREATE INDEX ix_runs_due_at ON scheduler.runs USING btree (due_at DESC);
CREATE INDEX ix_runs_task_due_at ON scheduler.runs USING btree (task, due_at DESC);
CREATE UNIQUE INDEX uq_runs_due_time ON scheduler.runs USING btree (task, due_at) WHERE (by = 'schedule'::text);
CREATE UNIQUE INDEX uq_runs_one_under_way ON scheduler.runs USING btree (task) WHERE (status = ANY (ARRAY['scheduled'::text, 'running'::text]));
CREATE TRIGGER outbox_told AFTER INSERT ON scheduler.outbox FOR EACH STATEMENT EXECUTE FUNCTION scheduler.tell_outbox();
