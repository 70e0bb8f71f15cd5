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
CREATE FUNCTION gateway.tell_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin perform pg_notify('outbox_gateway', ''); return null; end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE gateway.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE gateway.api_keys (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone
);
CREATE TABLE gateway.api_logs (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    endpoint text NOT NULL,
    method text NOT NULL,
    key_id uuid,
    address text NOT NULL,
    status integer NOT NULL,
    milliseconds integer NOT NULL,
    request_id text NOT NULL
);
ALTER TABLE gateway.api_logs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME gateway.api_logs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE gateway.begun_deliveries (
    consumer text NOT NULL,
    message_id text NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    last_begun_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE gateway.browser_sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    hash bytea NOT NULL,
    address text NOT NULL,
    browser text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone NOT NULL
);
CREATE TABLE gateway.calendar_keys (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE gateway.failed_messages (
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
CREATE TABLE gateway.idempotent_answers (
    key_id uuid NOT NULL,
    route text NOT NULL,
    idempotency_key text NOT NULL,
    request_hash bytea NOT NULL,
    begun_at timestamp with time zone DEFAULT now() NOT NULL,
    status integer,
    headers jsonb,
    sealed_body bytea
);
CREATE TABLE gateway.inbox (
    consumer text NOT NULL,
    message_id text NOT NULL,
    handled_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE gateway.keys_taken_back (
    hash bytea NOT NULL
);
CREATE TABLE gateway.notification_messages (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    target text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    items integer NOT NULL,
    status text NOT NULL,
    words text DEFAULT ''::text NOT NULL,
    attempts integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    next_attempt_at timestamp with time zone,
    ended_at timestamp with time zone
);
CREATE TABLE gateway.notification_targets (
    id text NOT NULL,
    service text NOT NULL,
    added_at timestamp with time zone NOT NULL
);
CREATE TABLE gateway.notifications (
    key text NOT NULL,
    target text NOT NULL,
    kind text NOT NULL,
    news jsonb NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    message_id uuid
);
CREATE TABLE gateway.outbox (
    id integer NOT NULL,
    message_id uuid DEFAULT gen_random_uuid() NOT NULL,
    subject text NOT NULL,
    payload text NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL
);
ALTER TABLE gateway.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME gateway.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE gateway.passwords (
    "only" boolean DEFAULT true NOT NULL,
    hash text NOT NULL,
    CONSTRAINT ck_passwords_one_row CHECK ("only")
);
CREATE TABLE gateway.run_items (
    run_id uuid NOT NULL,
    item text NOT NULL,
    succeeded boolean,
    words text
);
CREATE TABLE gateway.run_ledgers (
    run_id uuid NOT NULL,
    expected integer NOT NULL,
    processed integer DEFAULT 0 NOT NULL,
    succeeded integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE gateway.seen_findings (
    id uuid NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL
);
CREATE TABLE gateway.stored_settings (
    only_row boolean DEFAULT true NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    plain jsonb DEFAULT '{}'::jsonb NOT NULL,
    sealed jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT ck_stored_settings_only_row CHECK (only_row)
);
CREATE TABLE gateway.watch_turns (
    name text NOT NULL,
    taken_at timestamp with time zone NOT NULL
);
CREATE TABLE gateway.watched_parts (
    name text NOT NULL,
    bad_since timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    good_since timestamp with time zone
);
INSERT INTO gateway.alembic_version (version_num) VALUES
	('0009');
INSERT INTO gateway.api_keys (id, name, hash, scopes, created_at, last_used_at) VALUES
	('cd46922d-59a4-4c53-974f-dac46ecd15fd', 'Reader', '\x95dd833510a9f9f5ab70437cebd9ba0fe7fbf946c138b6829ef30675c2d9fce4', '{read}', '2026-11-29 23:35:52.826385+00', NULL),
	('085ec35e-0c5a-42fe-98a6-4ae847e972b5', 'API_KEY', '\xdb6259bc221fcd88210a2065abfe3c6d9ad021a4c7b170b1d0d316d3f23691b8', '{admin}', '2026-11-29 23:35:25.350447+00', '2026-11-29 23:35:52.817109+00');
INSERT INTO gateway.api_logs (id, at, endpoint, method, key_id, address, status, milliseconds, request_id) OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-29 23:35:26.01139+00', '/health', 'GET', NULL, '127.0.0.1', 200, 3092, 'f90a81cda1154a3bbf9d2bd3e7d5546c'),
	(2, '2026-11-29 23:35:29.086767+00', '/health', 'GET', NULL, '127.0.0.1', 200, 56, '0b9bc2d9f80a4d6e96dc86ffa8caa170'),
	(3, '2026-11-29 23:35:29.383038+00', '/api/system/diagnostics', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 1231, '164c4da3986e455f8e8f6bbb121b90a1'),
	(4, '2026-11-29 23:35:30.68123+00', '/api/system/integrations/test', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 596, '2702cacdc4c8487cacc5a9b2afa360f8'),
	(5, '2026-11-29 23:35:31.298607+00', '/api/books', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 101, '3265d0dd9f284694809172d19ab2ff90'),
	(6, '2026-11-29 23:35:31.422108+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 196, '7a7e8525155f402d8ce1ad02b1bf0da8'),
	(7, '2026-11-29 23:35:31.637935+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 90, 'c0d8996e3d8a4d7cb3c21a9278ad46a3'),
	(8, '2026-11-29 23:35:31.803167+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 70, '9ec1d493402740b7bf2ada5b4db438f0'),
	(9, '2026-11-29 23:35:31.97533+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 22, '6cfbbb92fe1644048fc1cf4029a79056'),
	(10, '2026-11-29 23:35:32.133445+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 24, '692d3a6e16bf4b83bdc971f0cc2278ca'),
	(11, '2026-11-29 23:35:32.389461+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 95, '6c6d8879781f4b7c895d1570f1735e77'),
	(12, '2026-11-29 23:35:32.753321+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 76, 'ee273a791aa8430c863d4a80b0871ad1'),
	(13, '2026-11-29 23:35:32.86767+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 112, 'dec9538e054541349c21a066f9073577'),
	(14, '2026-11-29 23:35:33.002376+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 39, 'cc7db681b3124fdfa75f89ab3b61a792'),
	(15, '2026-11-29 23:35:33.119388+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 63, 'a2505b262b19431fa54815c8e982015b'),
	(16, '2026-11-29 23:35:33.286269+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 62, '8530d5e080f64316afa905b4a7befd37'),
	(17, '2026-11-29 23:35:33.482391+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 41, '5d4269e9033b4b9e98a7ff28776fdd0d'),
	(18, '2026-11-29 23:35:33.713604+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 31, 'af9b5f6208db402db8d3d2853a830435'),
	(19, '2026-11-29 23:35:34.139093+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 125, '5cd87fe5baa64f419cab6ac66bcac142'),
	(20, '2026-11-29 23:35:34.670833+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 97, '152ede1905304e27969b41cf7f5ae70b'),
	(21, '2026-11-29 23:35:35.289134+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 26, '021b44fff1ea43dcae50eb0b089ea945'),
	(22, '2026-11-29 23:35:35.325117+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 74, '7f1bbfc4f1804c818707fde0a03b0cf1'),
	(23, '2026-11-29 23:35:35.417336+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 46, '6923e42956ac443291e9c04d58e2ae62'),
	(24, '2026-11-29 23:35:35.544852+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 101, '144b88616fc046c9a61d2b7383c458d8'),
	(25, '2026-11-29 23:35:35.725631+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 190, '8a09bf2227d94405af39e54c1451272f'),
	(26, '2026-11-29 23:35:35.919082+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 144, '4a6cb61379b44409b5d619dd62a94576'),
	(27, '2026-11-29 23:35:36.09441+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 36, 'b52011bffe9645b99b6f92437999481a'),
	(28, '2026-11-29 23:35:36.215931+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 33, 'b3069097f57d4600b84c838c28cf6dc6'),
	(29, '2026-11-29 23:35:36.350415+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 19, '21346824b7d246a0b799ddfc2eb22850'),
	(30, '2026-11-29 23:35:36.38254+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 42, 'f51e51ed6f714581bc0414a7f80e5a27'),
	(31, '2026-11-29 23:35:36.429392+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 26, 'fbc5d4f7482840c5b7a42b44c252c99d'),
	(32, '2026-11-29 23:35:36.514503+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 52, '5dfb2d74db504cf3a9129401a3b10079'),
	(33, '2026-11-29 23:35:36.661254+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 15, 'c0b059e30eb043639db0ec530cf8e200'),
	(34, '2026-11-29 23:35:36.809852+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 30, 'ed402d5e7cc74489a6b146e2d4c437ff'),
	(35, '2026-11-29 23:35:37.034114+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 32, 'ab034cb72f374f31ba9b8995a784bf8a'),
	(36, '2026-11-29 23:35:37.328506+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 23, '3a3fb8f8f47549f1818709e1ccca7bdd'),
	(37, '2026-11-29 23:35:37.739422+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 31, '5bb58c4902dc4215b851a1e44fd31308'),
	(38, '2026-11-29 23:35:38.291093+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 48, 'fafe899eb1dd47f7bed176723c163980'),
	(39, '2026-11-29 23:35:38.85331+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 38, '1e0f85920317474e952daf56529fea9c'),
	(40, '2026-11-29 23:35:39.402594+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 61, '6c6cd0665d5d4c0f8a853465062a0ca2'),
	(41, '2026-11-29 23:35:39.98643+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 74, '25f09bb2688243b3b2faeb478c73c33d'),
	(42, '2026-11-29 23:35:40.579238+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 33, '141f76d124654a61bd45580e2f5d27d8'),
	(43, '2026-11-29 23:35:41.129038+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 90, 'd4afbc0b434b40aa9f7e39aa27a6eb95'),
	(44, '2026-11-29 23:35:41.731075+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 30, 'f6fdff53408045ba8a017c56f9745804'),
	(45, '2026-11-29 23:35:41.781165+00', '/api/downloads', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 158, '329054e0c9a246efbe2ed8e27d0bc927'),
	(46, '2026-11-29 23:35:41.965479+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 60, 'dbd1751149ef4ea9b8aff39c7e4c0354'),
	(47, '2026-11-29 23:35:42.036386+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 24, '1f71fe366f104e3eb46416c23d3cc625'),
	(48, '2026-11-29 23:35:42.129002+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 24, 'ab10f6a9d20244339933a126563cd29d'),
	(49, '2026-11-29 23:35:42.239009+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 19, 'e674a9352d814ac4a181b48dadb1af49'),
	(50, '2026-11-29 23:35:42.379373+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 17, '93bb4975cb3d40b69f0e7f213ba1a0bd');
INSERT INTO gateway.api_logs (id, at, endpoint, method, key_id, address, status, milliseconds, request_id) OVERRIDING SYSTEM VALUE VALUES
	(51, '2026-11-29 23:35:42.58852+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 56, '971b0d578f704c2ead3aec5e569b8c75'),
	(52, '2026-11-29 23:35:42.905767+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 25, '786c8c4a830a4453b4532eafe6ada861'),
	(53, '2026-11-29 23:35:42.952387+00', '/api/downloads', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 321, 'f6e0135d85d14190bf9cebb4ecada743'),
	(54, '2026-11-29 23:35:44.292652+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 56, '1b797d8ae5bd42f3add576c5ca27ddbe'),
	(55, '2026-11-29 23:35:44.372762+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 43, '898e71d211f04cc08db9a506db3a0dc8'),
	(56, '2026-11-29 23:35:44.481209+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 16, '1d34ce0f6e474e77ba0d1776f8627ab9'),
	(57, '2026-11-29 23:35:44.58969+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 51, '465c0829191d4778a218de9e5e70f223'),
	(58, '2026-11-29 23:35:44.768273+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 80, '60e068c68de5470dbacc3c99f9aaf9e0'),
	(59, '2026-11-29 23:35:44.853024+00', '/api/downloads', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 50, 'dca8bbd31ccb4be899dd4fca6a603921'),
	(64, '2026-11-29 23:35:47.295421+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 40, 'daba40717ccb4ad39e0d45994a890862'),
	(65, '2026-11-29 23:35:47.338607+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 28, '82a5cceca2cd4a36ae216ea04b105d9f'),
	(66, '2026-11-29 23:35:47.430271+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 8, '657cdccdd86241b3aa2be011e39dcad8'),
	(67, '2026-11-29 23:35:47.538371+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 22, '715c6d460f214a0fa80bbd1675f3545d'),
	(68, '2026-11-29 23:35:47.689809+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 48, 'd760e4c39cb249e7931fa2f9a387b763'),
	(76, '2026-11-29 23:35:48.772171+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 161, '7faedce323cb44ffb354254c1d06de14'),
	(77, '2026-11-29 23:35:49.35657+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 63, '0ef269bcf5fb475e8b36913e52e8d6be'),
	(78, '2026-11-29 23:35:49.937398+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 45, '09d497a096ec4d49adb5b1bfa650fb26'),
	(79, '2026-11-29 23:35:50.002874+00', '/api/metadata/corrections', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 79, '0515868e2c9143f6b6efb4d0abb16478'),
	(80, '2026-11-29 23:35:50.415692+00', '/api/metadata/corrections', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 59, 'e4020436a9184016aa605d230bde292f'),
	(81, '2026-11-29 23:35:50.489566+00', '/api/metadata/corrections', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 49, '7d0bcd60f09a4d1ea709a36dcb05d993'),
	(82, '2026-11-29 23:35:50.664846+00', '/api/metadata/corrections', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 41, '1e3cc31538e14f3f907f5221df6a0c51'),
	(83, '2026-11-29 23:35:50.735327+00', '/api/metadata/corrections', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 37, '918fd6c6e77441d5907e06f4b2c77a79'),
	(60, '2026-11-29 23:35:45.939092+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 97, 'e3ff19617b5a48a296d5a2d994ab95f9'),
	(61, '2026-11-29 23:35:46.041882+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 20, 'b14b22a93035418992c63203bddb140b'),
	(62, '2026-11-29 23:35:46.125741+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 70, '4e960502223a4e5bad2783fe29a1d968'),
	(63, '2026-11-29 23:35:46.202456+00', '/api/downloads', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 66, 'acd862295af94027a94a0d99880d4093'),
	(88, '2026-11-29 23:35:51.870578+00', '/api/downloads/{download_id}/candidates', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 111, 'e2b81a1ebd184fc5ba86c0e9c23ecccf'),
	(89, '2026-11-29 23:35:52.037815+00', '/api/metadata/corrections', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 122, 'eb7ac9000a854a4d9daf06e56730c6db'),
	(90, '2026-11-29 23:35:52.189964+00', '/api/books', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 50, '5c32773c62b14812b3a722c08adf5d42'),
	(91, '2026-11-29 23:35:52.471893+00', '/api/quality-profiles', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 201, 182, 'a95417ec6dbf4bcba826340c65f196dc'),
	(92, '2026-11-29 23:35:52.660154+00', '/api/import-lists', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 201, 152, '8c022f9c743348f9b2e2a401fad85eb9'),
	(93, '2026-11-29 23:35:52.816936+00', '/api/system/keys', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 201, 35, '779ca2ec29014c58a211dc6cdb3853ce'),
	(69, '2026-11-29 23:35:47.746813+00', '/api/downloads', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 52, 'bcdf52188b2c4ccba8f6872a60b94cb9'),
	(70, '2026-11-29 23:35:47.805685+00', '/api/scheduler/tasks/{name}/run', 'POST', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 202, 91, '43b96e9b315440dfbeffe2ecfea1ebd7'),
	(71, '2026-11-29 23:35:47.904513+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 16, '658af372ed624d7ca93b372dc004b785'),
	(72, '2026-11-29 23:35:47.98065+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 19, 'a3cdfed661d04b43a5899d6d0263fbbe'),
	(73, '2026-11-29 23:35:48.095979+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 12, '7e35540169ea457ea63be08350565f9a'),
	(74, '2026-11-29 23:35:48.22383+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 12, '1519819f460d4d1ca6f387efa976db01'),
	(75, '2026-11-29 23:35:48.458405+00', '/api/scheduler/runs/{run_id}', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 32, '386987b3aef44ce299a93ee1dcb0c510'),
	(84, '2026-11-29 23:35:50.806425+00', '/api/downloads', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 64, '341a908c5cb64829911f9bb9bcfd0b0e'),
	(85, '2026-11-29 23:35:50.906287+00', '/api/books/missing', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 241, 'ebc4f1c3977d4d51b0ca6b1ce9e9bd1a'),
	(86, '2026-11-29 23:35:51.189954+00', '/api/downloads/{download_id}/candidates', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 438, 'd34dc5c30fbd47a6b415b39ef4bf3085'),
	(87, '2026-11-29 23:35:51.661855+00', '/api/downloads/{download_id}/candidates', 'GET', '085ec35e-0c5a-42fe-98a6-4ae847e972b5', '127.0.0.1', 200, 172, 'f58181c8f0cb4e92968486eaf6d5cc2e');
INSERT INTO gateway.begun_deliveries (consumer, message_id, times, last_begun_at) VALUES
	('text', 'text', 1, '2026-11-29 23:35:59.645768+00');
INSERT INTO gateway.browser_sessions (id, hash, address, browser, created_at, last_used_at) VALUES
	('0fc4d399-6662-493b-85b9-d1985365dfec', '\x6279746573', 'text', 'text', '2026-03-01 12:00:00+00', '2099-01-01 00:00:00+00');
INSERT INTO gateway.calendar_keys (id, name, hash, created_at) VALUES
	('dc9d900f-c17e-470c-bbf5-1c335a59e357', 'text', '\x6279746573', '2026-03-01 12:00:00+00');
INSERT INTO gateway.failed_messages (consumer, message_id, subject, body, error, attempts, final, first_failed_at, last_failed_at) VALUES
	('text', 'text', 'text', 'text', 'text', 1, false, '2026-11-29 23:35:59.670642+00', '2026-11-29 23:35:59.670642+00');
INSERT INTO gateway.idempotent_answers (key_id, route, idempotency_key, request_hash, begun_at, status, headers, sealed_body) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', 'text', '\x6279746573', '2026-11-29 23:35:59.678554+00', 200, NULL, NULL);
INSERT INTO gateway.inbox (consumer, message_id, handled_at) VALUES
	('text', 'text', '2026-11-29 23:35:59.697806+00');
INSERT INTO gateway.keys_taken_back (hash) VALUES
	('\x6279746573');
INSERT INTO gateway.notification_messages (id, target, kind, title, body, items, status, words, attempts, created_at, claimed_at, next_attempt_at, ended_at) VALUES
	('021473c3-1bea-4811-8eb9-d2caf218d5cc', 'text', 'text', 'text', 'text', 1, 'sent', '', 1, '2026-03-01 12:00:00+00', '2026-03-01 12:00:00+00', NULL, NULL);
INSERT INTO gateway.notification_targets (id, service, added_at) VALUES
	('text', 'text', '2026-03-01 12:00:00+00');
INSERT INTO gateway.notifications (key, target, kind, news, noted_at, due_at, message_id) VALUES
	('text', 'text', 'text', '{}', '2026-03-01 12:00:00+00', '2099-01-01 00:00:00+00', NULL);
INSERT INTO gateway.outbox (id, message_id, subject, payload, headers, created_at, available_at, attempts) OVERRIDING SYSTEM VALUE VALUES
	(1, 'ee9bdd11-f0ae-435a-b759-b7e545fe3236', 'evt.runs.run_alive', '{"run_id": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"}', '{}', '2026-11-29 23:35:59.752362+00', '2099-01-01 00:00:00+00', 0);
INSERT INTO gateway.passwords ("only", hash) VALUES
	(true, 'text');
INSERT INTO gateway.run_items (run_id, item, succeeded, words) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', NULL, NULL);
INSERT INTO gateway.run_ledgers (run_id, expected, processed, succeeded, failed, started_at, finished_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 1, 0, 0, 0, '2026-11-29 23:35:59.775217+00', '2026-03-01 12:00:00+00');
INSERT INTO gateway.seen_findings (id, first_seen_at, last_seen_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', '2026-03-01 12:00:00+00', '2026-03-01 12:00:00+00');
INSERT INTO gateway.stored_settings (only_row, version, plain, sealed) VALUES
	(true, 0, '{}', '{}');
INSERT INTO gateway.watch_turns (name, taken_at) VALUES
	('services', '2026-11-29 23:35:55.948662+00');
INSERT INTO gateway.watched_parts (name, bad_since, seen_at, told_at, good_since) VALUES
	('text', '2026-03-01 12:00:00+00', '2026-03-01 12:00:00+00', NULL, NULL);
SELECT pg_catalog.setval('gateway.api_logs_id_seq', 93, true);
SELECT pg_catalog.setval('gateway.outbox_id_seq', 1, true);
ALTER TABLE ONLY gateway.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY gateway.api_keys
    ADD CONSTRAINT pk_api_keys PRIMARY KEY (id);
ALTER TABLE ONLY gateway.api_logs
    ADD CONSTRAINT pk_api_logs PRIMARY KEY (id);
ALTER TABLE ONLY gateway.begun_deliveries
    ADD CONSTRAINT pk_begun_deliveries PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY gateway.browser_sessions
    ADD CONSTRAINT pk_browser_sessions PRIMARY KEY (id);
ALTER TABLE ONLY gateway.calendar_keys
    ADD CONSTRAINT pk_calendar_keys PRIMARY KEY (id);
ALTER TABLE ONLY gateway.failed_messages
    ADD CONSTRAINT pk_failed_messages PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY gateway.idempotent_answers
    ADD CONSTRAINT pk_idempotent_answers PRIMARY KEY (key_id, route, idempotency_key);
ALTER TABLE ONLY gateway.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY gateway.keys_taken_back
    ADD CONSTRAINT pk_keys_taken_back PRIMARY KEY (hash);
ALTER TABLE ONLY gateway.notification_messages
    ADD CONSTRAINT pk_notification_messages PRIMARY KEY (id);
ALTER TABLE ONLY gateway.notification_targets
    ADD CONSTRAINT pk_notification_targets PRIMARY KEY (id);
ALTER TABLE ONLY gateway.notifications
    ADD CONSTRAINT pk_notifications PRIMARY KEY (key, target);
ALTER TABLE ONLY gateway.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY gateway.passwords
    ADD CONSTRAINT pk_passwords PRIMARY KEY ("only");
ALTER TABLE ONLY gateway.run_items
    ADD CONSTRAINT pk_run_items PRIMARY KEY (run_id, item);
ALTER TABLE ONLY gateway.run_ledgers
    ADD CONSTRAINT pk_run_ledgers PRIMARY KEY (run_id);
ALTER TABLE ONLY gateway.seen_findings
    ADD CONSTRAINT pk_seen_findings PRIMARY KEY (id);
ALTER TABLE ONLY gateway.stored_settings
    ADD CONSTRAINT pk_stored_settings PRIMARY KEY (only_row);
ALTER TABLE ONLY gateway.watch_turns
    ADD CONSTRAINT pk_watch_turns PRIMARY KEY (name);
ALTER TABLE ONLY gateway.watched_parts
    ADD CONSTRAINT pk_watched_parts PRIMARY KEY (name);
ALTER TABLE ONLY gateway.api_keys
    ADD CONSTRAINT uq_api_keys_hash UNIQUE (hash);
ALTER TABLE ONLY gateway.browser_sessions
    ADD CONSTRAINT uq_browser_sessions_hash UNIQUE (hash);
ALTER TABLE ONLY gateway.calendar_keys
    ADD CONSTRAINT uq_calendar_keys_hash UNIQUE (hash);
CREATE INDEX ix_api_logs_at ON gateway.api_logs USING btree (at);
CREATE INDEX ix_idempotent_answers_begun_at ON gateway.idempotent_answers USING btree (begun_at);
CREATE INDEX ix_notification_messages_created_at ON gateway.notification_messages USING btree (created_at);
CREATE INDEX ix_notification_messages_status_next_attempt_at ON gateway.notification_messages USING btree (status, next_attempt_at);
CREATE INDEX ix_notifications_noted_at ON gateway.notifications USING btree (noted_at);
CREATE INDEX ix_notifications_waiting ON gateway.notifications USING btree (target, kind) WHERE (message_id IS NULL);
CREATE INDEX ix_outbox_available_at_id ON gateway.outbox USING btree (available_at, id);
CREATE TRIGGER outbox_told AFTER INSERT ON gateway.outbox FOR EACH STATEMENT EXECUTE FUNCTION gateway.tell_outbox();
