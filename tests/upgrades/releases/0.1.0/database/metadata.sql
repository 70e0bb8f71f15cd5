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
CREATE FUNCTION metadata.tell_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin perform pg_notify('outbox_metadata', ''); return null; end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE metadata.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE metadata.begun_deliveries (
    consumer text NOT NULL,
    message_id text NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    last_begun_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE metadata.bibliographies (
    of text NOT NULL,
    subject_id uuid NOT NULL,
    provider text NOT NULL,
    name text NOT NULL,
    work_ids jsonb NOT NULL,
    collected_at timestamp with time zone NOT NULL
);
CREATE TABLE metadata.corrections (
    id uuid NOT NULL,
    book_id uuid NOT NULL,
    abs_id text,
    book_title text NOT NULL,
    field text NOT NULL,
    old jsonb,
    new jsonb,
    source text NOT NULL,
    confidence text NOT NULL,
    reasons jsonb NOT NULL,
    status text NOT NULL,
    status_detail text,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    sent_at timestamp with time zone DEFAULT now() NOT NULL,
    run_id uuid
);
CREATE TABLE metadata.decisions (
    book_id uuid NOT NULL,
    fingerprint text NOT NULL,
    confidence text NOT NULL,
    believed_until timestamp with time zone NOT NULL
);
CREATE TABLE metadata.failed_messages (
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
CREATE TABLE metadata.genre_map (
    id integer NOT NULL,
    genres jsonb NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by text NOT NULL
);
CREATE TABLE metadata.import_list_entries (
    id uuid NOT NULL,
    list_id uuid NOT NULL,
    key text NOT NULL,
    title text NOT NULL,
    authors jsonb NOT NULL,
    isbn text,
    asin text,
    published_year integer,
    state text NOT NULL,
    words text NOT NULL,
    confidence text,
    reasons jsonb NOT NULL,
    work jsonb,
    candidates jsonb NOT NULL,
    book_id uuid,
    missing_book_id uuid,
    decided_by text,
    decided_at timestamp with time zone,
    added_at timestamp with time zone NOT NULL,
    matched_at timestamp with time zone,
    removed_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE metadata.import_lists (
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    address text,
    shelf text NOT NULL,
    enabled boolean NOT NULL,
    auto_download boolean NOT NULL,
    priority integer NOT NULL,
    removed_entries text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    problem text,
    validators jsonb NOT NULL
);
CREATE TABLE metadata.inbox (
    consumer text NOT NULL,
    message_id text NOT NULL,
    handled_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE metadata.matches (
    book_id uuid NOT NULL,
    book_title text NOT NULL,
    path text NOT NULL,
    asins text[] NOT NULL,
    decision text NOT NULL,
    entry jsonb,
    asin text,
    isbn text,
    reason text,
    decided_by text NOT NULL,
    decided_at timestamp with time zone NOT NULL
);
CREATE TABLE metadata.outbox (
    id integer NOT NULL,
    message_id uuid DEFAULT gen_random_uuid() NOT NULL,
    subject text NOT NULL,
    payload text NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL
);
ALTER TABLE metadata.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME metadata.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE metadata.planned_changes (
    run_id uuid NOT NULL,
    book_id uuid NOT NULL,
    actions jsonb NOT NULL,
    planned_at timestamp with time zone NOT NULL
);
CREATE TABLE metadata.proposals (
    id uuid NOT NULL,
    book_id uuid NOT NULL,
    book_title text NOT NULL,
    field text NOT NULL,
    old jsonb,
    new jsonb,
    kind text NOT NULL,
    source text NOT NULL,
    confidence text NOT NULL,
    score double precision NOT NULL,
    reasons jsonb NOT NULL,
    finding_id uuid,
    run_id uuid,
    status text NOT NULL,
    status_detail text,
    correction_id uuid,
    made_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by text
);
CREATE TABLE metadata.provider_answers (
    key text NOT NULL,
    answer jsonb NOT NULL,
    fetched_at timestamp with time zone NOT NULL
);
CREATE TABLE metadata.put_off_books (
    book_id uuid NOT NULL,
    providers jsonb NOT NULL,
    fill_only boolean NOT NULL,
    times integer NOT NULL,
    again_at timestamp with time zone NOT NULL
);
CREATE TABLE metadata.rate_limited_accounts (
    name text NOT NULL,
    fingerprint text NOT NULL,
    health text DEFAULT 'unknown'::text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    failures_in_a_row integer DEFAULT 0 NOT NULL,
    last_answer_at timestamp with time zone,
    paused_until timestamp with time zone,
    stopped_at timestamp with time zone,
    stopped_by text,
    CONSTRAINT ck_rate_limited_accounts_health CHECK ((health = ANY (ARRAY['unknown'::text, 'ok'::text, 'away'::text, 'throttled'::text, 'refused'::text, 'blocked'::text])))
);
CREATE TABLE metadata.rate_limited_lines (
    account text NOT NULL,
    name text NOT NULL,
    next_request_at timestamp with time zone NOT NULL,
    minute_began_at timestamp with time zone,
    sent_in_minute integer DEFAULT 0 NOT NULL,
    day_began_at timestamp with time zone,
    sent_in_day integer DEFAULT 0 NOT NULL
);
CREATE TABLE metadata.refreshes (
    id uuid NOT NULL,
    book_id uuid NOT NULL,
    refreshed_at timestamp with time zone NOT NULL,
    confidence text NOT NULL,
    corrections integer NOT NULL,
    answered jsonb NOT NULL,
    failures jsonb NOT NULL
);
CREATE TABLE metadata.run_items (
    run_id uuid NOT NULL,
    item text NOT NULL,
    succeeded boolean,
    words text
);
CREATE TABLE metadata.run_ledgers (
    run_id uuid NOT NULL,
    expected integer NOT NULL,
    processed integer DEFAULT 0 NOT NULL,
    succeeded integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE metadata.seen_pictures (
    digest text NOT NULL,
    title text NOT NULL,
    author text NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE metadata.stored_settings (
    only_row boolean DEFAULT true NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    plain jsonb DEFAULT '{}'::jsonb NOT NULL,
    sealed jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT ck_stored_settings_only_row CHECK (only_row)
);
CREATE TABLE metadata.works (
    id text NOT NULL,
    work jsonb NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
INSERT INTO metadata.alembic_version (version_num) VALUES
	('0013');
INSERT INTO metadata.begun_deliveries (consumer, message_id, times, last_begun_at) VALUES
	('text', 'text', 1, '2026-11-29 23:36:00.283614+00');
INSERT INTO metadata.bibliographies (of, subject_id, provider, name, work_ids, collected_at) VALUES
	('series', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', 'audible', 'Oz', '["AUDIBLE:B0OZ000001", "AUDIBLE:B0OZ000002", "AUDIBLE:B0OZ000003", "AUDIBLE:B0OZ000004", "AUDIBLE:B0OZ000005"]', '2026-11-29 23:35:33.763003+00'),
	('series', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', 'hardcover', 'Oz', '["HARDCOVER:1001/30001001", "HARDCOVER:1002/30001002", "HARDCOVER:1003/30001003", "HARDCOVER:1004/30001004", "HARDCOVER:1005/30001005"]', '2026-11-29 23:35:33.763003+00');
INSERT INTO metadata.corrections (id, book_id, abs_id, book_title, field, old, new, source, confidence, reasons, status, status_detail, made_by, made_at, undone_at, sent_at, run_id) VALUES
	('52e2e056-4654-4e2d-bdb1-66bd3b743006', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', 'Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]', 'language', NULL, '"English"', 'AUDIBLE, HARDCOVER', 'HIGH', '[{"rule": "imported", "words": "the book was downloaded as this work", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:46.726625+00', NULL, '2026-11-29 23:35:46.726625+00', NULL),
	('816b66ae-4dea-4b72-b2ce-8316c7765ed9', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', 'Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]', 'title', '"Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]"', '"Dorothy and the Wizard in Oz"', 'AUDIBLE, HARDCOVER', 'HIGH', '[{"rule": "imported", "words": "the book was downloaded as this work", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:46.726625+00', NULL, '2026-11-29 23:35:46.726625+00', NULL),
	('c8f46165-0e29-40a5-a43e-2f6f17240328', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', 'Ozma of Oz', 'language', NULL, '"English"', 'AUDIBLE, HARDCOVER', 'HIGH', '[{"rule": "imported", "words": "the book was downloaded as this work", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:47.212892+00', NULL, '2026-11-29 23:35:47.212892+00', NULL),
	('80d55c25-1bdd-432b-bcca-9c1c2528e8fb', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', 'Ozma of Oz', 'asin', NULL, '"B0OZ000003"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 3; listed: oz 3", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “ozma of oz”, compared with “ozma of oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:47.891877+00', NULL, '2026-11-29 23:35:47.891877+00', NULL),
	('8696ed19-8690-451a-a279-2e97125a1a54', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', 'Ozma of Oz', 'language', NULL, '"English"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 3; listed: oz 3", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “ozma of oz”, compared with “ozma of oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:47.891877+00', NULL, '2026-11-29 23:35:47.891877+00', NULL),
	('8ff51f10-0c0a-4ec7-a7d0-4398230af37a', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', 'Dorothy and the Wizard in Oz', 'asin', NULL, '"B0OZ000004"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 4; listed: oz 4", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “dorothy and the wizard in oz”, compared with “dorothy and the wizard in oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:49.346356+00', NULL, '2026-11-29 23:35:49.346356+00', 'a44f43cb-4d4b-4e1d-922d-6cf2c40decd3'),
	('191eeb3f-0e16-46a0-9902-58350fdd4d55', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', 'Dorothy and the Wizard in Oz', 'published_year', NULL, '"1904"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 4; listed: oz 4", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “dorothy and the wizard in oz”, compared with “dorothy and the wizard in oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:49.346356+00', NULL, '2026-11-29 23:35:49.346356+00', 'a44f43cb-4d4b-4e1d-922d-6cf2c40decd3'),
	('0450c35e-fca6-4997-81ea-67b7ff021c09', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', 'Ozma of Oz', 'published_year', NULL, '"1904"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 3; listed: oz 3", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “ozma of oz”, compared with “ozma of oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:47.891877+00', NULL, '2026-11-29 23:35:47.891877+00', NULL),
	('3a4eee59-13ea-47a6-9897-86049aacc058', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', 'Ozma of Oz', 'publisher', NULL, '"Emerald Audio"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 3; listed: oz 3", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “ozma of oz”, compared with “ozma of oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:47.891877+00', NULL, '2026-11-29 23:35:47.891877+00', NULL),
	('c4f67cda-56b7-45f6-acb9-efe479ab95dc', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', 'Dorothy and the Wizard in Oz', 'asin', NULL, '"B0OZ000004"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 4; listed: oz 4", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “dorothy and the wizard in oz”, compared with “dorothy and the wizard in oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:48.543724+00', NULL, '2026-11-29 23:35:48.543724+00', NULL),
	('687d123f-d4d9-4da9-a3dc-b379bee2c5ab', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', 'Dorothy and the Wizard in Oz', 'published_year', NULL, '"1904"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 4; listed: oz 4", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “dorothy and the wizard in oz”, compared with “dorothy and the wizard in oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:48.543724+00', NULL, '2026-11-29 23:35:48.543724+00', NULL),
	('efc2341c-e636-4014-bbde-11a7e792dc88', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', 'Dorothy and the Wizard in Oz', 'publisher', NULL, '"Emerald Audio"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 4; listed: oz 4", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “dorothy and the wizard in oz”, compared with “dorothy and the wizard in oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:48.543724+00', NULL, '2026-11-29 23:35:48.543724+00', NULL),
	('d8f23c1e-daca-4cbb-a9bb-9ae578c36d04', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', 'Dorothy and the Wizard in Oz', 'publisher', NULL, '"Emerald Audio"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 4; listed: oz 4", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “dorothy and the wizard in oz”, compared with “dorothy and the wizard in oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:49.346356+00', NULL, '2026-11-29 23:35:49.346356+00', 'a44f43cb-4d4b-4e1d-922d-6cf2c40decd3'),
	('236f5b33-da31-4bf1-843a-3bb62b667d28', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', 'Ozma of Oz', 'asin', NULL, '"B0OZ000003"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 3; listed: oz 3", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “ozma of oz”, compared with “ozma of oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:49.346356+00', NULL, '2026-11-29 23:35:49.346356+00', 'a44f43cb-4d4b-4e1d-922d-6cf2c40decd3'),
	('b658f177-63a1-4172-b716-b12f218150c8', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', 'Ozma of Oz', 'published_year', NULL, '"1904"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 3; listed: oz 3", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “ozma of oz”, compared with “ozma of oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:49.346356+00', NULL, '2026-11-29 23:35:49.346356+00', 'a44f43cb-4d4b-4e1d-922d-6cf2c40decd3'),
	('e806ff48-05e0-48b8-acf3-0cdfdd970ab5', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', 'Ozma of Oz', 'publisher', NULL, '"Emerald Audio"', 'AUDIBLE', 'HIGH', '[{"rule": "listed by", "words": "AUDIBLE, HARDCOVER", "weight": 2.0}, {"rule": "narrator and duration", "words": "owned: Tom Reed, 300 minutes; listed: Tom Reed, 300 minutes", "weight": 0.0}, {"rule": "series", "words": "series owned: oz 3; listed: oz 3", "weight": 1.0}, {"rule": "author", "words": "author owned: L. Frank Baum; listed: L. Frank Baum", "weight": 1.0}, {"rule": "year", "words": "year owned: unknown; listed: 1904", "weight": 0.0}, {"rule": "title", "words": "title “ozma of oz”, compared with “ozma of oz”", "weight": 3.0}, {"rule": "distance", "words": "distance 0.00, from 0 (the same) to 1; at most 0.10 is sure by words alone", "weight": 0.0}]', 'applied', NULL, 'gapless', '2026-11-29 23:35:49.346356+00', NULL, '2026-11-29 23:35:49.346356+00', 'a44f43cb-4d4b-4e1d-922d-6cf2c40decd3');
INSERT INTO metadata.decisions (book_id, fingerprint, confidence, believed_until) VALUES
	('152313ea-0747-4857-856f-1b2dcbf9b327', '84fb55a2786a59df2d89e29a791224693969d17d023a4380bdf33c7b6213f4f7', 'LOW', '2026-12-06 23:35:48.55504+00'),
	('de26cdef-a03d-421a-8111-664914f45d04', '2b4ca5b4b81af81a7cd56d054fa362c11594474cd503c9888cf0dc923002fd05', 'LOW', '2026-12-06 23:35:48.55504+00');
INSERT INTO metadata.failed_messages (consumer, message_id, subject, body, error, attempts, final, first_failed_at, last_failed_at) VALUES
	('text', 'text', 'text', 'text', 'text', 1, false, '2026-11-29 23:36:00.300195+00', '2026-11-29 23:36:00.300195+00');
INSERT INTO metadata.genre_map (id, genres, changed_at, changed_by) VALUES
	(1, '{}', '2026-03-01 12:00:00+00', 'text');
INSERT INTO metadata.import_list_entries (id, list_id, key, title, authors, isbn, asin, published_year, state, words, confidence, reasons, work, candidates, book_id, missing_book_id, decided_by, decided_at, added_at, matched_at, removed_at, version) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'b433d5d7-a4fa-4b33-bbfc-ca4f2235b64c', 'text', 'text', '[]', NULL, NULL, NULL, 'doubtful', 'text', NULL, '[]', NULL, '[]', NULL, NULL, NULL, NULL, '2026-03-01 12:00:00+00', NULL, NULL, 1);
INSERT INTO metadata.import_lists (id, name, kind, address, shelf, enabled, auto_download, priority, removed_entries, created_at, read_at, problem, validators) VALUES
	('b433d5d7-a4fa-4b33-bbfc-ca4f2235b64c', 'To read', 'plain_list', NULL, 'to-read', true, false, 50, 'keep', '2026-11-29 23:35:52.734751+00', NULL, NULL, '[]');
INSERT INTO metadata.inbox (consumer, message_id, handled_at) VALUES
	('metadata-evt-downloads-download_imported', 'd022422d-b43b-54fd-b9f8-07f82450fd63', '2026-11-29 23:35:46.725358+00'),
	('metadata-evt-downloads-download_imported', '996e4a8f-2d0c-5069-874b-7cb7040349be', '2026-11-29 23:35:47.210167+00'),
	('metadata-evt-library-metadata_written', '4be441be-1f06-4087-83f8-6799796ac56a', '2026-11-29 23:35:47.254762+00'),
	('metadata-cmd-metadata-refresh_metadata', '0692b871-9b34-4ee5-890e-c912d5e7d5b8', '2026-11-29 23:35:48.012891+00');
INSERT INTO metadata.matches (book_id, book_title, path, asins, decision, entry, asin, isbn, reason, decided_by, decided_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', 'text', '{text}', 'text', NULL, NULL, NULL, NULL, 'text', '2026-03-01 12:00:00+00');
INSERT INTO metadata.outbox (id, message_id, subject, payload, headers, created_at, available_at, attempts) OVERRIDING SYSTEM VALUE VALUES
	(22, '1d8420dc-bb71-483e-a66b-f175a37699aa', 'evt.runs.run_alive', '{"run_id": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"}', '{}', '2026-11-29 23:36:00.38648+00', '2099-01-01 00:00:00+00', 0);
INSERT INTO metadata.planned_changes (run_id, book_id, actions, planned_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', '5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', '{}', '2026-03-01 12:00:00+00');
INSERT INTO metadata.proposals (id, book_id, book_title, field, old, new, kind, source, confidence, score, reasons, finding_id, run_id, status, status_detail, correction_id, made_at, decided_at, decided_by) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', '5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', 'text', NULL, NULL, 'text', 'text', 'text', 1, '{}', NULL, NULL, 'text', NULL, NULL, '2026-03-01 12:00:00+00', NULL, NULL);
INSERT INTO metadata.provider_answers (key, answer, fetched_at) VALUES
	('hardcover:http://127.0.0.1:43825:series:oz:l frank baum', '{"cut": null, "works": [{"id": "HARDCOVER:1001/30001001", "asin": "B0OZ000001", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/323946577.jpg", "title": "The Wonderful Wizard of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "1"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}, {"id": "HARDCOVER:1002/30001002", "asin": "B0OZ000002", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/639859738.jpg", "title": "The Marvelous Land of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "2"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}, {"id": "HARDCOVER:1003/30001003", "asin": "B0OZ000003", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/137986611.jpg", "title": "Ozma of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}, {"id": "HARDCOVER:1004/30001004", "asin": "B0OZ000004", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/773349865.jpg", "title": "Dorothy and the Wizard in Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "4"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}, {"id": "HARDCOVER:1005/30001005", "asin": "B0OZ000005", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/362611826.jpg", "title": "The Road to Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "5"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:33.693025+00'),
	('audible:http://127.0.0.1:42079:series:oz:l frank baum', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000001", "asin": "B0OZ000001", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000001._SL1024_.jpg", "title": "The Wonderful Wizard of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "1"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}, {"id": "AUDIBLE:B0OZ000002", "asin": "B0OZ000002", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000002._SL1024_.jpg", "title": "The Marvelous Land of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "2"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}, {"id": "AUDIBLE:B0OZ000003", "asin": "B0OZ000003", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000003._SL1024_.jpg", "title": "Ozma of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}, {"id": "AUDIBLE:B0OZ000004", "asin": "B0OZ000004", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000004._SL1024_.jpg", "title": "Dorothy and the Wizard in Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "4"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}, {"id": "AUDIBLE:B0OZ000005", "asin": "B0OZ000005", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000005._SL1024_.jpg", "title": "The Road to Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "5"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:33.730669+00'),
	('audible:http://127.0.0.1:42079:search:ozma of oz:l frank baum', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000003", "asin": "B0OZ000003", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000003._SL1024_.jpg", "title": "Ozma of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:47.708445+00'),
	('audible:http://127.0.0.1:42079:asin:B0OZ000003', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000003", "asin": "B0OZ000003", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000003._SL1024_.jpg", "title": "Ozma of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:47.708445+00'),
	('hardcover:http://127.0.0.1:43825:search:ozma of oz:l frank baum', '{"cut": null, "works": [{"id": "HARDCOVER:1003/30001003", "asin": "B0OZ000003", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/137986611.jpg", "title": "Ozma of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:47.814726+00'),
	('hardcover:http://127.0.0.1:43825:asin:B0OZ000003', '{"cut": null, "works": [{"id": "HARDCOVER:1003/30001003", "asin": "B0OZ000003", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/137986611.jpg", "title": "Ozma of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:47.814726+00'),
	('audible:http://127.0.0.1:42079:search:dorothy and the wizard in oz:l frank baum', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000004", "asin": "B0OZ000004", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000004._SL1024_.jpg", "title": "Dorothy and the Wizard in Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "4"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.218545+00'),
	('audible:http://127.0.0.1:42079:asin:B0OZ000004', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000004", "asin": "B0OZ000004", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000004._SL1024_.jpg", "title": "Dorothy and the Wizard in Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "4"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.218545+00'),
	('hardcover:http://127.0.0.1:43825:search:dorothy and the wizard in oz:l frank baum', '{"cut": null, "works": [{"id": "HARDCOVER:1004/30001004", "asin": "B0OZ000004", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/773349865.jpg", "title": "Dorothy and the Wizard in Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "4"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.320519+00'),
	('hardcover:http://127.0.0.1:43825:asin:B0OZ000004', '{"cut": null, "works": [{"id": "HARDCOVER:1004/30001004", "asin": "B0OZ000004", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/773349865.jpg", "title": "Dorothy and the Wizard in Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "4"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.320519+00'),
	('hardcover:http://127.0.0.1:43825:asin:B0OZ000001', '{"cut": null, "works": [{"id": "HARDCOVER:1001/30001001", "asin": "B0OZ000001", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/323946577.jpg", "title": "The Wonderful Wizard of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "1"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.55504+00'),
	('hardcover:http://127.0.0.1:43825:asin:B0OZ000002', '{"cut": null, "works": [{"id": "HARDCOVER:1002/30001002", "asin": "B0OZ000002", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/639859738.jpg", "title": "The Marvelous Land of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "2"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.55504+00'),
	('hardcover:http://127.0.0.1:43825:search:marvelous land of oz:l frank baum', '{"cut": null, "works": [{"id": "HARDCOVER:1002/30001002", "asin": "B0OZ000002", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/639859738.jpg", "title": "The Marvelous Land of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "2"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:49.159105+00'),
	('audible:http://127.0.0.1:42079:asin:B0OZ000001', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000001", "asin": "B0OZ000001", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000001._SL1024_.jpg", "title": "The Wonderful Wizard of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "1"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.557154+00'),
	('audible:http://127.0.0.1:42079:asin:B0OZ000002', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000002", "asin": "B0OZ000002", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000002._SL1024_.jpg", "title": "The Marvelous Land of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "2"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.557154+00'),
	('audible:http://127.0.0.1:42079:search:wonderful wizard of oz:l frank baum', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000001", "asin": "B0OZ000001", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000001._SL1024_.jpg", "title": "The Wonderful Wizard of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "1"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.805047+00'),
	('hardcover:http://127.0.0.1:43825:search:wonderful wizard of oz:l frank baum', '{"cut": null, "works": [{"id": "HARDCOVER:1001/30001001", "asin": "B0OZ000001", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/323946577.jpg", "title": "The Wonderful Wizard of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "1"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:49.063255+00'),
	('audible:http://127.0.0.1:42079:search:marvelous land of oz:l frank baum', '{"cut": null, "works": [{"id": "AUDIBLE:B0OZ000002", "asin": "B0OZ000002", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000002._SL1024_.jpg", "title": "The Marvelous Land of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "2"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}]}', '2026-11-29 23:35:48.978992+00');
INSERT INTO metadata.put_off_books (book_id, providers, fill_only, times, again_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', '[]', true, 1, '2099-01-01 00:00:00+00');
INSERT INTO metadata.rate_limited_accounts (name, fingerprint, health, detail, failures_in_a_row, last_answer_at, paused_until, stopped_at, stopped_by) VALUES
	('audnexus', 'c30789efc6df2db4ca235110d83223027140aee53cce21f30b5b45f51a6b0ae8', 'ok', '', 0, '2026-11-29 23:35:31.229018+00', NULL, NULL, NULL),
	('audible', '9955f3456fe604977154d50a04794689167f191c83c07ca2bf25dcc841389b29', 'ok', '', 0, '2026-11-29 23:35:48.948049+00', NULL, NULL, NULL),
	('hardcover', 'c8e599e9f11cd267ccfd56cec787dc65ddd9f97a2e53a81920c705b2f8e2e86a', 'ok', '', 0, '2026-11-29 23:35:49.143312+00', NULL, NULL, NULL);
INSERT INTO metadata.rate_limited_lines (account, name, next_request_at, minute_began_at, sent_in_minute, day_began_at, sent_in_day) VALUES
	('audnexus', 'requests', '2026-11-29 23:35:31.228985+00', '2026-11-29 23:35:31.183353+00', 1, '2026-11-29 23:35:31.183353+00', 1),
	('audible', 'requests', '2026-11-29 23:35:48.948044+00', '2026-11-29 23:35:30.834832+00', 9, '2026-11-29 23:35:30.834832+00', 9),
	('hardcover', 'requests', '2026-11-29 23:35:49.14329+00', '2026-11-29 23:35:30.98634+00', 12, '2026-11-29 23:35:30.98634+00', 12);
INSERT INTO metadata.refreshes (id, book_id, refreshed_at, confidence, corrections, answered, failures) VALUES
	('5f6d830e-42af-414c-9437-0a5c4eb5fcdd', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '2026-11-29 23:35:47.891877+00', 'HIGH', 4, '["audible", "hardcover"]', '{}'),
	('090df626-8960-4047-8ad8-35fccb9cde64', '63bbeba3-a9f7-4920-9657-4f04eeffccac', '2026-11-29 23:35:48.543724+00', 'HIGH', 3, '["audible", "hardcover"]', '{}'),
	('bdedfb90-04c0-4fd1-85ca-50abedc5b407', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '2026-11-29 23:35:49.346356+00', 'HIGH', 3, '["audible", "hardcover"]', '{}'),
	('874f328f-fe9e-45d7-bfca-ca6fd2e87c7a', '152313ea-0747-4857-856f-1b2dcbf9b327', '2026-11-29 23:35:49.346356+00', 'LOW', 0, '["audible", "hardcover"]', '{}'),
	('39244e70-92ad-46e2-b89a-b719f6a71857', 'de26cdef-a03d-421a-8111-664914f45d04', '2026-11-29 23:35:49.346356+00', 'LOW', 0, '["audible", "hardcover"]', '{}'),
	('9e0d8f1e-5605-4e60-a18b-5f3dec8583b5', '63bbeba3-a9f7-4920-9657-4f04eeffccac', '2026-11-29 23:35:49.346356+00', 'HIGH', 3, '["audible", "hardcover"]', '{}');
INSERT INTO metadata.run_items (run_id, item, succeeded, words) VALUES
	('a44f43cb-4d4b-4e1d-922d-6cf2c40decd3', '152313ea-0747-4857-856f-1b2dcbf9b327', true, NULL),
	('a44f43cb-4d4b-4e1d-922d-6cf2c40decd3', '63bbeba3-a9f7-4920-9657-4f04eeffccac', true, NULL),
	('a44f43cb-4d4b-4e1d-922d-6cf2c40decd3', 'de26cdef-a03d-421a-8111-664914f45d04', true, NULL),
	('a44f43cb-4d4b-4e1d-922d-6cf2c40decd3', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', true, NULL);
INSERT INTO metadata.run_ledgers (run_id, expected, processed, succeeded, failed, started_at, finished_at) VALUES
	('a44f43cb-4d4b-4e1d-922d-6cf2c40decd3', 4, 4, 4, 0, '2026-11-29 23:35:48.012891+00', '2026-11-29 23:35:49.273998+00');
INSERT INTO metadata.seen_pictures (digest, title, author, seen_at) VALUES
	('text', 'text', 'text', '2026-03-01 12:00:00+00');
INSERT INTO metadata.stored_settings (only_row, version, plain, sealed) VALUES
	(true, 0, '{}', '{}');
INSERT INTO metadata.works (id, work, seen_at) VALUES
	('AUDIBLE:B0OZ000001', '{"id": "AUDIBLE:B0OZ000001", "asin": "B0OZ000001", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000001._SL1024_.jpg", "title": "The Wonderful Wizard of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "1"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('AUDIBLE:B0OZ000002', '{"id": "AUDIBLE:B0OZ000002", "asin": "B0OZ000002", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000002._SL1024_.jpg", "title": "The Marvelous Land of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "2"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('AUDIBLE:B0OZ000003', '{"id": "AUDIBLE:B0OZ000003", "asin": "B0OZ000003", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000003._SL1024_.jpg", "title": "Ozma of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('AUDIBLE:B0OZ000004', '{"id": "AUDIBLE:B0OZ000004", "asin": "B0OZ000004", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000004._SL1024_.jpg", "title": "Dorothy and the Wizard in Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "4"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('AUDIBLE:B0OZ000005', '{"id": "AUDIBLE:B0OZ000005", "asin": "B0OZ000005", "isbn": null, "cover": "http://127.0.0.1:42079/images/I/B0OZ000005._SL1024_.jpg", "title": "The Road to Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "5"}], "authors": ["L. Frank Baum"], "abridged": false, "is_audio": true, "language": "English", "provider": "AUDIBLE", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('HARDCOVER:1001/30001001', '{"id": "HARDCOVER:1001/30001001", "asin": "B0OZ000001", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/323946577.jpg", "title": "The Wonderful Wizard of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "1"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('HARDCOVER:1002/30001002', '{"id": "HARDCOVER:1002/30001002", "asin": "B0OZ000002", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/639859738.jpg", "title": "The Marvelous Land of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "2"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('HARDCOVER:1003/30001003', '{"id": "HARDCOVER:1003/30001003", "asin": "B0OZ000003", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/137986611.jpg", "title": "Ozma of Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('HARDCOVER:1004/30001004', '{"id": "HARDCOVER:1004/30001004", "asin": "B0OZ000004", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/773349865.jpg", "title": "Dorothy and the Wizard in Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "4"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00'),
	('HARDCOVER:1005/30001005', '{"id": "HARDCOVER:1005/30001005", "asin": "B0OZ000005", "isbn": null, "cover": "http://127.0.0.1:43825/images/I/362611826.jpg", "title": "The Road to Oz", "genres": [], "origin": null, "series": [{"name": "Oz", "sequence": "5"}], "authors": ["L. Frank Baum"], "abridged": null, "is_audio": true, "language": "English", "provider": "HARDCOVER", "subtitle": null, "narrators": ["Tom Reed"], "published": "1904-07-05", "publisher": "Emerald Audio", "popularity": 100, "compilation": null, "description": null, "other_titles": [], "published_year": 1904, "duration_minutes": 300}', '2026-11-29 23:35:33.763003+00');
SELECT pg_catalog.setval('metadata.outbox_id_seq', 22, true);
ALTER TABLE ONLY metadata.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY metadata.begun_deliveries
    ADD CONSTRAINT pk_begun_deliveries PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY metadata.bibliographies
    ADD CONSTRAINT pk_bibliographies PRIMARY KEY (of, subject_id, provider);
ALTER TABLE ONLY metadata.corrections
    ADD CONSTRAINT pk_corrections PRIMARY KEY (id);
ALTER TABLE ONLY metadata.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (book_id);
ALTER TABLE ONLY metadata.failed_messages
    ADD CONSTRAINT pk_failed_messages PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY metadata.genre_map
    ADD CONSTRAINT pk_genre_map PRIMARY KEY (id);
ALTER TABLE ONLY metadata.import_list_entries
    ADD CONSTRAINT pk_import_list_entries PRIMARY KEY (id);
ALTER TABLE ONLY metadata.import_lists
    ADD CONSTRAINT pk_import_lists PRIMARY KEY (id);
ALTER TABLE ONLY metadata.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY metadata.matches
    ADD CONSTRAINT pk_matches PRIMARY KEY (book_id);
ALTER TABLE ONLY metadata.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY metadata.planned_changes
    ADD CONSTRAINT pk_planned_changes PRIMARY KEY (run_id, book_id);
ALTER TABLE ONLY metadata.proposals
    ADD CONSTRAINT pk_proposals PRIMARY KEY (id);
ALTER TABLE ONLY metadata.provider_answers
    ADD CONSTRAINT pk_provider_answers PRIMARY KEY (key);
ALTER TABLE ONLY metadata.put_off_books
    ADD CONSTRAINT pk_put_off_books PRIMARY KEY (book_id);
ALTER TABLE ONLY metadata.rate_limited_accounts
    ADD CONSTRAINT pk_rate_limited_accounts PRIMARY KEY (name);
ALTER TABLE ONLY metadata.rate_limited_lines
    ADD CONSTRAINT pk_rate_limited_lines PRIMARY KEY (account, name);
ALTER TABLE ONLY metadata.refreshes
    ADD CONSTRAINT pk_refreshes PRIMARY KEY (id);
ALTER TABLE ONLY metadata.run_items
    ADD CONSTRAINT pk_run_items PRIMARY KEY (run_id, item);
ALTER TABLE ONLY metadata.run_ledgers
    ADD CONSTRAINT pk_run_ledgers PRIMARY KEY (run_id);
ALTER TABLE ONLY metadata.seen_pictures
    ADD CONSTRAINT pk_seen_pictures PRIMARY KEY (digest, title, author);
ALTER TABLE ONLY metadata.stored_settings
    ADD CONSTRAINT pk_stored_settings PRIMARY KEY (only_row);
ALTER TABLE ONLY metadata.works
    ADD CONSTRAINT pk_works PRIMARY KEY (id);
CREATE INDEX ix_corrections_book_id_field ON metadata.corrections USING btree (book_id, field);
CREATE INDEX ix_corrections_made_at ON metadata.corrections USING btree (made_at DESC, id);
CREATE INDEX ix_corrections_run_id ON metadata.corrections USING btree (run_id) WHERE (run_id IS NOT NULL);
CREATE INDEX ix_corrections_source_made_at ON metadata.corrections USING btree (source, made_at);
CREATE INDEX ix_corrections_status_made_at ON metadata.corrections USING btree (status, made_at);
CREATE INDEX ix_corrections_unsettled ON metadata.corrections USING btree (sent_at) WHERE (status = ANY (ARRAY['proposed'::text, 'undoing'::text]));
CREATE INDEX ix_decisions_believed_until ON metadata.decisions USING btree (believed_until);
CREATE INDEX ix_import_list_entries_list_id_id ON metadata.import_list_entries USING btree (list_id, id);
CREATE INDEX ix_import_list_entries_missing_book_id ON metadata.import_list_entries USING btree (missing_book_id);
CREATE INDEX ix_matches_asins ON metadata.matches USING gin (asins);
CREATE INDEX ix_matches_path ON metadata.matches USING btree (path);
CREATE INDEX ix_outbox_available_at_id ON metadata.outbox USING btree (available_at, id);
CREATE INDEX ix_proposals_book_id_field ON metadata.proposals USING btree (book_id, field);
CREATE INDEX ix_proposals_finding_id ON metadata.proposals USING btree (finding_id) WHERE (finding_id IS NOT NULL);
CREATE INDEX ix_proposals_run_id ON metadata.proposals USING btree (run_id) WHERE (run_id IS NOT NULL);
CREATE INDEX ix_proposals_status_made_at ON metadata.proposals USING btree (status, made_at);
CREATE INDEX ix_provider_answers_fetched_at ON metadata.provider_answers USING btree (fetched_at);
CREATE INDEX ix_put_off_books_again_at ON metadata.put_off_books USING btree (again_at);
CREATE INDEX ix_refreshes_book_id_refreshed_at ON metadata.refreshes USING btree (book_id, refreshed_at);
CREATE INDEX ix_refreshes_refreshed_at ON metadata.refreshes USING btree (refreshed_at);
CREATE INDEX ix_seen_pictures_seen_at ON metadata.seen_pictures USING btree (seen_at);
CREATE UNIQUE INDEX uq_corrections_one_proposed ON metadata.corrections USING btree (book_id, field) WHERE (status = 'proposed'::text);
CREATE UNIQUE INDEX uq_import_list_entries_list_id_key ON metadata.import_list_entries USING btree (list_id, key);
CREATE UNIQUE INDEX uq_import_lists_name ON metadata.import_lists USING btree (lower(name));
CREATE UNIQUE INDEX uq_proposals_one_open ON metadata.proposals USING btree (book_id, field, kind) WHERE (status = 'open'::text);
CREATE TRIGGER outbox_told AFTER INSERT ON metadata.outbox FOR EACH STATEMENT EXECUTE FUNCTION metadata.tell_outbox();
ALTER TABLE ONLY metadata.import_list_entries
    ADD CONSTRAINT fk_import_list_entries_list_id_import_lists FOREIGN KEY (list_id) REFERENCES metadata.import_lists(id) ON DELETE CASCADE;
