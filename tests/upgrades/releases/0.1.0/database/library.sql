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
CREATE FUNCTION library.tell_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin perform pg_notify('outbox_library', ''); return null; end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE library.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE library.authors (
    id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    owned integer DEFAULT 0 NOT NULL,
    missing integer DEFAULT 0 NOT NULL,
    total integer,
    completion_percent double precision,
    completion_status text DEFAULT 'unknown'::text NOT NULL,
    last_checked_at timestamp with time zone,
    last_check_problem text,
    evidence_providers text[] DEFAULT '{}'::text[] NOT NULL,
    by_hand boolean DEFAULT false NOT NULL,
    search_text text DEFAULT ''::text NOT NULL,
    follow text DEFAULT 'automatic'::text NOT NULL,
    follow_from date,
    upcoming integer DEFAULT 0 NOT NULL
);
CREATE TABLE library.begun_deliveries (
    consumer text NOT NULL,
    message_id text NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    last_begun_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE library.book_authors (
    book_id uuid NOT NULL,
    author_id uuid NOT NULL
);
CREATE TABLE library.book_editions (
    book_id uuid NOT NULL,
    editions jsonb NOT NULL
);
CREATE TABLE library.book_series (
    book_id uuid NOT NULL,
    series_id uuid NOT NULL,
    sequence text
);
CREATE TABLE library.books (
    id uuid NOT NULL,
    abs_id text,
    library_id text NOT NULL,
    abs_updated_ms bigint NOT NULL,
    title text NOT NULL,
    subtitle text,
    authors text[] DEFAULT '{}'::text[] NOT NULL,
    narrators text[] DEFAULT '{}'::text[] NOT NULL,
    narrator_keys text[] DEFAULT '{}'::text[] NOT NULL,
    series jsonb DEFAULT '[]'::jsonb NOT NULL,
    series_evidence text,
    isbn text,
    asin text,
    publisher text,
    published_year text,
    language text,
    language_code text,
    description text,
    genres text[] DEFAULT '{}'::text[] NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    duration_seconds double precision,
    size_bytes bigint,
    abridged boolean DEFAULT false NOT NULL,
    path text NOT NULL,
    status text NOT NULL,
    incomplete boolean DEFAULT false NOT NULL,
    metadata_source jsonb DEFAULT '{}'::jsonb NOT NULL,
    pending_writes jsonb DEFAULT '{}'::jsonb NOT NULL,
    last_metadata_update_at timestamp with time zone,
    added_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    format text,
    search_text text DEFAULT ''::text NOT NULL,
    series_in_abs jsonb DEFAULT '[]'::jsonb NOT NULL,
    files_missing_since timestamp with time zone,
    contents text[] DEFAULT '{}'::text[] NOT NULL,
    reading_version integer DEFAULT 0 NOT NULL,
    locked_fields text[] DEFAULT '{}'::text[] NOT NULL,
    match_confidence text,
    match_decision text,
    cover text,
    cover_path text,
    chapters text,
    contents_read boolean DEFAULT false NOT NULL,
    file_names text[] DEFAULT '{}'::text[] NOT NULL,
    checked_at timestamp with time zone,
    changed_in bigint DEFAULT txid_current() NOT NULL
);
CREATE TABLE library.cover_sizes (
    book_id uuid NOT NULL,
    abs_updated_ms bigint NOT NULL,
    width integer,
    height integer,
    read_at timestamp with time zone NOT NULL
);
CREATE TABLE library.days (
    day date NOT NULL,
    books integer NOT NULL,
    complete integer NOT NULL,
    missing integer NOT NULL,
    size_bytes bigint NOT NULL,
    duration_seconds double precision NOT NULL
);
CREATE TABLE library.dry_runs (
    run_id uuid NOT NULL,
    plan jsonb NOT NULL,
    began_at timestamp with time zone NOT NULL
);
CREATE TABLE library.expected_imports (
    download_id uuid NOT NULL,
    missing_book_id uuid,
    path text NOT NULL,
    command jsonb NOT NULL,
    first_attempt_at timestamp with time zone NOT NULL,
    scan_asked_at timestamp with time zone,
    given_up_at timestamp with time zone,
    book_id uuid
);
CREATE TABLE library.failed_messages (
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
CREATE TABLE library.finding_counts (
    day date NOT NULL,
    kind text NOT NULL,
    open integer NOT NULL
);
CREATE TABLE library.findings (
    id uuid NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    book_ids uuid[] NOT NULL,
    words text NOT NULL,
    evidence jsonb DEFAULT '[]'::jsonb NOT NULL,
    repairs jsonb DEFAULT '[]'::jsonb NOT NULL,
    status text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    decided_by text
);
CREATE TABLE library.former_contents (
    correction_id uuid NOT NULL,
    book_id uuid NOT NULL,
    field text NOT NULL,
    value text,
    media_type text NOT NULL,
    content bytea NOT NULL,
    written text
);
CREATE TABLE library.history (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    missing_book_id uuid,
    book_id uuid,
    kind text NOT NULL,
    words text NOT NULL
);
ALTER TABLE library.history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME library.history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE library.inbox (
    consumer text NOT NULL,
    message_id text NOT NULL,
    handled_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE library.library_checks (
    id integer NOT NULL,
    version integer NOT NULL,
    checked_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE library.library_checks_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE library.library_checks_id_seq OWNED BY library.library_checks.id;
CREATE TABLE library.missing_books (
    id uuid NOT NULL,
    natural_key text NOT NULL,
    author_key text NOT NULL,
    catalogue_ids text[] DEFAULT '{}'::text[] NOT NULL,
    title text NOT NULL,
    subtitle text,
    authors text[] DEFAULT '{}'::text[] NOT NULL,
    series_id uuid,
    author_id uuid,
    series text,
    sequence text,
    isbn text,
    asin text,
    narrators text[] DEFAULT '{}'::text[] NOT NULL,
    duration_minutes integer,
    duration_choices integer[] DEFAULT '{}'::integer[] NOT NULL,
    published_year integer,
    language text,
    reason text NOT NULL,
    source text NOT NULL,
    evidence jsonb DEFAULT '[]'::jsonb NOT NULL,
    status text NOT NULL,
    closed_because text,
    priority integer NOT NULL,
    book_id uuid,
    identified_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    other_titles text[] DEFAULT '{}'::text[] NOT NULL,
    other_authors text[] DEFAULT '{}'::text[] NOT NULL,
    auto_download boolean DEFAULT true NOT NULL,
    release_date date,
    release_year integer,
    wanted_from date,
    download_absence jsonb,
    absence_changed_at timestamp with time zone,
    last_searched_at timestamp with time zone,
    next_try_at timestamp with time zone,
    absence text GENERATED ALWAYS AS (
CASE
    WHEN (status = 'completed'::text) THEN NULL::text
    WHEN (status = ANY (ARRAY['ignored'::text, 'upcoming'::text, 'was_owned'::text])) THEN status
    WHEN (download_absence IS NOT NULL) THEN (download_absence ->> 'reason'::text)
    WHEN (NOT auto_download) THEN 'approval'::text
    ELSE 'not_searched'::text
END) STORED
);
CREATE TABLE library.outbox (
    id integer NOT NULL,
    message_id uuid DEFAULT gen_random_uuid() NOT NULL,
    subject text NOT NULL,
    payload text NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL
);
ALTER TABLE library.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME library.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE library.run_items (
    run_id uuid NOT NULL,
    item text NOT NULL,
    succeeded boolean,
    words text
);
CREATE TABLE library.run_ledgers (
    run_id uuid NOT NULL,
    expected integer NOT NULL,
    processed integer DEFAULT 0 NOT NULL,
    succeeded integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE library.series (
    id uuid NOT NULL,
    key text NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    authors text[] DEFAULT '{}'::text[] NOT NULL,
    owned integer DEFAULT 0 NOT NULL,
    missing integer DEFAULT 0 NOT NULL,
    total integer,
    completion_percent double precision,
    completion_status text DEFAULT 'unknown'::text NOT NULL,
    last_checked_at timestamp with time zone,
    last_check_problem text,
    evidence_providers text[] DEFAULT '{}'::text[] NOT NULL,
    by_hand boolean DEFAULT false NOT NULL,
    search_text text DEFAULT ''::text NOT NULL,
    follow text DEFAULT 'all'::text NOT NULL,
    follow_from date,
    upcoming integer DEFAULT 0 NOT NULL,
    merged_into uuid
);
CREATE TABLE library.series_corrections (
    id uuid NOT NULL,
    series_id uuid NOT NULL,
    kind text NOT NULL,
    works jsonb DEFAULT '[]'::jsonb NOT NULL,
    other_id uuid,
    isbn text,
    asin text,
    note text,
    moved_missing uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    number bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    made_by text,
    undone_by text
);
ALTER TABLE library.series_corrections ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME library.series_corrections_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE library.stored_settings (
    only_row boolean DEFAULT true NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    plain jsonb DEFAULT '{}'::jsonb NOT NULL,
    sealed jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT ck_stored_settings_only_row CHECK (only_row)
);
CREATE TABLE library.work_entries (
    id uuid NOT NULL,
    of text NOT NULL,
    subject_id uuid NOT NULL,
    catalogue_ids text[] DEFAULT '{}'::text[] NOT NULL,
    place text,
    title text NOT NULL,
    subtitle text,
    authors text[] DEFAULT '{}'::text[] NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    why text NOT NULL,
    evidence jsonb DEFAULT '[]'::jsonb NOT NULL,
    providers text[] DEFAULT '{}'::text[] NOT NULL,
    language text,
    published_year integer,
    release_date date,
    editions jsonb DEFAULT '[]'::jsonb NOT NULL,
    book_id uuid,
    missing_book_id uuid
);
CREATE TABLE library.work_lists (
    of text NOT NULL,
    subject_id uuid NOT NULL,
    sources jsonb DEFAULT '[]'::jsonb NOT NULL,
    compared_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY library.library_checks ALTER COLUMN id SET DEFAULT nextval('library.library_checks_id_seq'::regclass);
INSERT INTO library.alembic_version (version_num) VALUES
	('0023');
INSERT INTO library.authors (id, key, name, owned, missing, total, completion_percent, completion_status, last_checked_at, last_check_problem, evidence_providers, by_hand, search_text, follow, follow_from, upcoming) VALUES
	('2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa', 'lfrankbaum', 'L. Frank Baum', 4, 1, NULL, NULL, 'unknown', NULL, NULL, '{}', false, 'l frank baum', 'automatic', NULL, 0);
INSERT INTO library.begun_deliveries (consumer, message_id, times, last_begun_at) VALUES
	('text', 'text', 1, '2026-11-29 23:35:59.812793+00');
INSERT INTO library.book_authors (book_id, author_id) VALUES
	('152313ea-0747-4857-856f-1b2dcbf9b327', '2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa'),
	('de26cdef-a03d-421a-8111-664914f45d04', '2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa'),
	('63bbeba3-a9f7-4920-9657-4f04eeffccac', '2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa'),
	('f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa');
INSERT INTO library.book_editions (book_id, editions) VALUES
	('f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '[{"id": "AUDIBLE:B0OZ000003", "series": [{"name": "Oz", "sequence": "3"}], "abridged": false, "language": "English", "provider": "AUDIBLE", "identified": false, "duration_minutes": 300}, {"id": "HARDCOVER:1003/30001003", "series": [{"name": "Oz", "sequence": "3"}], "abridged": null, "language": "English", "provider": "HARDCOVER", "identified": false, "duration_minutes": 300}]'),
	('63bbeba3-a9f7-4920-9657-4f04eeffccac', '[{"id": "AUDIBLE:B0OZ000004", "series": [{"name": "Oz", "sequence": "4"}], "abridged": false, "language": "English", "provider": "AUDIBLE", "identified": false, "duration_minutes": 300}, {"id": "HARDCOVER:1004/30001004", "series": [{"name": "Oz", "sequence": "4"}], "abridged": null, "language": "English", "provider": "HARDCOVER", "identified": false, "duration_minutes": 300}]'),
	('152313ea-0747-4857-856f-1b2dcbf9b327', '[{"id": "AUDIBLE:B0OZ000002", "series": [{"name": "Oz", "sequence": "2"}], "abridged": false, "language": "English", "provider": "AUDIBLE", "identified": true, "duration_minutes": 300}, {"id": "HARDCOVER:1002/30001002", "series": [{"name": "Oz", "sequence": "2"}], "abridged": null, "language": "English", "provider": "HARDCOVER", "identified": true, "duration_minutes": 300}]'),
	('de26cdef-a03d-421a-8111-664914f45d04', '[{"id": "AUDIBLE:B0OZ000001", "series": [{"name": "Oz", "sequence": "1"}], "abridged": false, "language": "English", "provider": "AUDIBLE", "identified": true, "duration_minutes": 300}, {"id": "HARDCOVER:1001/30001001", "series": [{"name": "Oz", "sequence": "1"}], "abridged": null, "language": "English", "provider": "HARDCOVER", "identified": true, "duration_minutes": 300}]');
INSERT INTO library.book_series (book_id, series_id, sequence) VALUES
	('de26cdef-a03d-421a-8111-664914f45d04', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '1'),
	('152313ea-0747-4857-856f-1b2dcbf9b327', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '2'),
	('63bbeba3-a9f7-4920-9657-4f04eeffccac', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '4'),
	('f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '3');
INSERT INTO library.books (id, abs_id, library_id, abs_updated_ms, title, subtitle, authors, narrators, narrator_keys, series, series_evidence, isbn, asin, publisher, published_year, language, language_code, description, genres, tags, duration_seconds, size_bytes, abridged, path, status, incomplete, metadata_source, pending_writes, last_metadata_update_at, added_at, updated_at, format, search_text, series_in_abs, files_missing_since, contents, reading_version, locked_fields, match_confidence, match_decision, cover, cover_path, chapters, contents_read, file_names, checked_at, changed_in) VALUES
	('152313ea-0747-4857-856f-1b2dcbf9b327', 'b1d37433-2c51-5f13-80f3-99909d4fd6f9', '2c1733f0-dcb3-5035-b816-b4dede872b90', 1735689600000, 'The Marvelous Land of Oz', NULL, '{"L. Frank Baum"}', '{}', '{}', '[{"name": "Oz", "sequence": "2"}]', NULL, NULL, 'B0OZ000002', NULL, NULL, NULL, NULL, NULL, '{}', '{}', 36000, 288000000, false, 'L. Frank Baum/Oz/02 - The Marvelous Land of Oz', 'active', true, '{"asin": "ABS", "title": "ABS", "series": "ABS", "authors": "ABS", "chapters": "ABS"}', '{}', '2026-11-29 23:35:49.544265+00', '2025-01-01 00:00:00+00', '2026-11-29 23:35:31.901288+00', 'm4b', 'the marvelous land of oz l frank baum oz b0oz000002', '[]', NULL, '{}', 2, '{}', 'LOW', NULL, NULL, NULL, '1 chapter, one for each file [f5c4ba8dfda7]', true, '{"02 - The Marvelous Land of Oz.m4b"}', NULL, 899),
	('de26cdef-a03d-421a-8111-664914f45d04', '32b99956-c1a5-5413-b141-f4ec16008043', '2c1733f0-dcb3-5035-b816-b4dede872b90', 1735689600000, 'The Wonderful Wizard of Oz', NULL, '{"L. Frank Baum"}', '{}', '{}', '[{"name": "Oz", "sequence": "1"}]', NULL, NULL, 'B0OZ000001', NULL, NULL, NULL, NULL, NULL, '{}', '{}', 36000, 288000000, false, 'L. Frank Baum/Oz/01 - The Wonderful Wizard of Oz', 'active', true, '{"asin": "ABS", "title": "ABS", "series": "ABS", "authors": "ABS", "chapters": "ABS"}', '{}', '2026-11-29 23:35:49.679987+00', '2025-01-01 00:00:00+00', '2026-11-29 23:35:31.901288+00', 'm4b', 'the wonderful wizard of oz l frank baum oz b0oz000001', '[]', NULL, '{}', 2, '{}', 'LOW', NULL, NULL, NULL, '1 chapter, one for each file [0738b4860555]', true, '{"01 - The Wonderful Wizard of Oz.m4b"}', NULL, 899),
	('f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '5099a965-8485-5c6e-b9c8-6629fcd2d466', '2c1733f0-dcb3-5035-b816-b4dede872b90', 1795995348124, 'Ozma of Oz', NULL, '{"L. Frank Baum"}', '{"Tom Reed"}', '{"tom reed"}', '[{"name": "Oz", "sequence": "3"}]', NULL, NULL, 'B0OZ000003', 'Emerald Audio', '1904', 'English', 'en', NULL, '{}', '{}', 18000, 8652, false, 'L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}', 'active', true, '{"asin": "AUDIBLE", "title": "ABS", "series": "ABS", "authors": "ABS", "chapters": "ABS", "language": "AUDIBLE, HARDCOVER", "narrators": "ABS", "publisher": "AUDIBLE", "published_year": "AUDIBLE"}', '{}', '2026-11-29 23:35:49.728148+00', '2026-11-29 23:35:45.706+00', '2026-11-29 23:35:48.129392+00', 'm4b', 'ozma of oz l frank baum tom reed oz b0oz000003', '[]', NULL, '{}', 2, '{}', 'HIGH', NULL, NULL, NULL, '1 chapter, one for each file [d4431fbb016d]', true, '{"Ozma of Oz.m4b"}', NULL, 1241),
	('63bbeba3-a9f7-4920-9657-4f04eeffccac', 'a769f87d-ab93-5c54-8399-db01be3014e1', '2c1733f0-dcb3-5035-b816-b4dede872b90', 1795995348924, 'Dorothy and the Wizard in Oz', NULL, '{"L. Frank Baum"}', '{"Tom Reed"}', '{"tom reed"}', '[{"name": "Oz", "sequence": "4"}]', NULL, NULL, 'B0OZ000004', 'Emerald Audio', '1904', 'English', 'en', NULL, '{}', '{}', 18000, 8717, false, 'L. Frank Baum/Oz/04 - Dorothy and the Wizard in Oz', 'active', true, '{"asin": "AUDIBLE", "title": "AUDIBLE, HARDCOVER", "series": "ABS", "authors": "ABS", "chapters": "ABS", "language": "AUDIBLE, HARDCOVER", "narrators": "ABS", "publisher": "AUDIBLE", "published_year": "AUDIBLE"}', '{}', '2026-11-29 23:35:49.706443+00', '2026-11-29 23:35:45.361+00', '2026-11-29 23:35:48.931664+00', 'm4b', 'dorothy and the wizard in oz l frank baum tom reed oz b0oz000004', '[]', NULL, '{}', 2, '{}', 'HIGH', NULL, NULL, NULL, '1 chapter, one for each file [81d69c904a1f]', true, '{"Dorothy and the Wizard in Oz.m4b"}', NULL, 1237);
INSERT INTO library.cover_sizes (book_id, abs_updated_ms, width, height, read_at) VALUES
	('152313ea-0747-4857-856f-1b2dcbf9b327', 1, NULL, NULL, '2026-03-01 12:00:00+00');
INSERT INTO library.days (day, books, complete, missing, size_bytes, duration_seconds) VALUES
	('2026-03-01', 1, 1, 1, 1, 1);
INSERT INTO library.dry_runs (run_id, plan, began_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', '{}', '2026-03-01 12:00:00+00');
INSERT INTO library.expected_imports (download_id, missing_book_id, path, command, first_attempt_at, scan_asked_at, given_up_at, book_id) VALUES
	('774915bb-4f84-45a3-baf0-a3f22488d886', '462d15ef-ff98-4ce6-82df-663097c7faad', 'L. Frank Baum/Oz/04 - Dorothy and the Wizard in Oz', '{"title": "Dorothy and the Wizard in Oz", "authors": ["L. Frank Baum"], "download_id": "774915bb-4f84-45a3-baf0-a3f22488d886", "relative_path": "L. Frank Baum/Oz/04 - Dorothy and the Wizard in Oz", "missing_book_id": "462d15ef-ff98-4ce6-82df-663097c7faad"}', '2026-11-29 23:35:44.856846+00', NULL, NULL, '63bbeba3-a9f7-4920-9657-4f04eeffccac'),
	('08067549-3451-45f0-b5f7-fa209e64cfc7', 'e6a6e69e-840b-4b96-9de2-d4b1764fdab1', 'L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}', '{"title": "Ozma of Oz", "authors": ["L. Frank Baum"], "download_id": "08067549-3451-45f0-b5f7-fa209e64cfc7", "relative_path": "L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}", "missing_book_id": "e6a6e69e-840b-4b96-9de2-d4b1764fdab1"}', '2026-11-29 23:35:45.063224+00', NULL, NULL, 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf');
INSERT INTO library.failed_messages (consumer, message_id, subject, body, error, attempts, final, first_failed_at, last_failed_at) VALUES
	('text', 'text', 'text', 'text', 'text', 1, false, '2026-11-29 23:35:59.862443+00', '2026-11-29 23:35:59.862443+00');
INSERT INTO library.finding_counts (day, kind, open) VALUES
	('2026-11-29', 'no_cover', 2),
	('2026-11-29', 'no_language', 2);
INSERT INTO library.findings (id, kind, key, fingerprint, book_ids, words, evidence, repairs, status, found_at, changed_at, decided_by) VALUES
	('73bb8a05-ed21-498d-8aac-cc57a37b1eb3', 'no_language', 'no_language:e5533f8c53add3702b05513e930a7c9e', 'e3b0c44298fc1c149afbf4c8996fb924', '{152313ea-0747-4857-856f-1b2dcbf9b327}', '“The Marvelous Land of Oz” has no language', '[]', '[]', 'open', '2026-11-29 23:35:32.740304+00', '2026-11-29 23:35:32.740304+00', NULL),
	('6096711e-0fad-4a8b-89ac-c660f946243a', 'no_language', 'no_language:71f0c5145fa405f62b237f24ce911914', 'e3b0c44298fc1c149afbf4c8996fb924', '{de26cdef-a03d-421a-8111-664914f45d04}', '“The Wonderful Wizard of Oz” has no language', '[]', '[]', 'open', '2026-11-29 23:35:32.740304+00', '2026-11-29 23:35:32.740304+00', NULL),
	('fb1d70b1-d6f9-4221-94bb-42c19c972d9e', 'no_cover', 'no_cover:71f0c5145fa405f62b237f24ce911914', '16fe17ec1ed4b177fc03df38f75da714', '{de26cdef-a03d-421a-8111-664914f45d04}', '“The Wonderful Wizard of Oz” has no cover', '[]', '[]', 'open', '2026-11-29 23:35:33.434606+00', '2026-11-29 23:35:33.434606+00', NULL),
	('450bf720-40ad-4b04-837d-a276c926cbeb', 'no_cover', 'no_cover:e5533f8c53add3702b05513e930a7c9e', '8dd4f7d860be96b1c014631da2ac99d2', '{152313ea-0747-4857-856f-1b2dcbf9b327}', '“The Marvelous Land of Oz” has no cover', '[]', '[]', 'open', '2026-11-29 23:35:33.434606+00', '2026-11-29 23:35:33.434606+00', NULL);
INSERT INTO library.former_contents (correction_id, book_id, field, value, media_type, content, written) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', '152313ea-0747-4857-856f-1b2dcbf9b327', 'text', NULL, 'text', '\x6279746573', NULL);
INSERT INTO library.history (id, at, missing_book_id, book_id, kind, words) OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-29 23:35:34.336553+00', 'e6a6e69e-840b-4b96-9de2-d4b1764fdab1', NULL, 'compared', 'missing, according to the works of the series “Oz”'),
	(2, '2026-11-29 23:35:34.336553+00', '462d15ef-ff98-4ce6-82df-663097c7faad', NULL, 'compared', 'missing, according to the works of the series “Oz”'),
	(3, '2026-11-29 23:35:34.336553+00', '1444f5c9-e721-40f1-94d1-5eeac953e7c7', NULL, 'compared', 'missing, according to the works of the series “Oz”'),
	(4, '2026-11-29 23:35:46.065687+00', '462d15ef-ff98-4ce6-82df-663097c7faad', '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'owned', 'closed: “Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]” appeared in the library'),
	(5, '2026-11-29 23:35:46.369372+00', 'e6a6e69e-840b-4b96-9de2-d4b1764fdab1', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', 'owned', 'closed: “Ozma of Oz” appeared in the library'),
	(6, '2026-11-29 23:35:47.074239+00', NULL, '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'field_written', 'language changed from ''nothing'' to ''English'', source AUDIBLE, HARDCOVER'),
	(7, '2026-11-29 23:35:47.074239+00', NULL, '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'field_written', 'title changed from ''Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]'' to ''Dorothy and the Wizard in Oz'', source AUDIBLE, HARDCOVER'),
	(8, '2026-11-29 23:35:47.526847+00', NULL, 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', 'field_written', 'language changed from ''nothing'' to ''English'', source AUDIBLE, HARDCOVER'),
	(9, '2026-11-29 23:35:48.129392+00', NULL, 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', 'field_written', 'asin changed from ''nothing'' to ''B0OZ000003'', source AUDIBLE'),
	(10, '2026-11-29 23:35:48.129392+00', NULL, 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', 'field_written', 'published_year changed from ''nothing'' to ''1904'', source AUDIBLE'),
	(11, '2026-11-29 23:35:48.129392+00', NULL, 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', 'field_written', 'publisher changed from ''nothing'' to ''Emerald Audio'', source AUDIBLE'),
	(12, '2026-11-29 23:35:48.931664+00', NULL, '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'field_written', 'asin changed from ''nothing'' to ''B0OZ000004'', source AUDIBLE'),
	(13, '2026-11-29 23:35:48.931664+00', NULL, '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'field_written', 'published_year changed from ''nothing'' to ''1904'', source AUDIBLE'),
	(14, '2026-11-29 23:35:48.931664+00', NULL, '63bbeba3-a9f7-4920-9657-4f04eeffccac', 'field_written', 'publisher changed from ''nothing'' to ''Emerald Audio'', source AUDIBLE');
INSERT INTO library.inbox (consumer, message_id, handled_at) VALUES
	('library-scanner-cmd-library-find_series_gaps', 'c425d01f-a1c2-4bb2-af93-f062f5af8eae', '2026-11-29 23:35:33.025976+00'),
	('library-scanner-cmd-library-find_author_gaps', '205704f4-39fe-4ec3-a494-48ada895b28d', '2026-11-29 23:35:35.437123+00'),
	('library-scanner-cmd-library-write_metadata', '459d9a19-3c5b-42df-9e34-fda2e7717f2d', '2026-11-29 23:35:47.075988+00'),
	('library-scanner-cmd-library-write_metadata', '0678efa6-b36b-4ca1-9b09-2cfcc633c98a', '2026-11-29 23:35:47.527544+00'),
	('library-scanner-cmd-library-write_metadata', '0061d7ed-bc29-4e29-b684-a32a259de62d', '2026-11-29 23:35:48.137387+00'),
	('library-scanner-cmd-library-write_metadata', '66788b35-c5e0-47dd-a30d-e0ba65e5e7d6', '2026-11-29 23:35:48.932444+00'),
	('library-scanner-cmd-library-write_metadata', '942e725f-f45a-460f-a234-a7cc654c6977', '2026-11-29 23:35:49.692776+00'),
	('library-scanner-cmd-library-write_metadata', '8a97d54c-ab71-4852-8279-aac8e11cde25', '2026-11-29 23:35:49.731334+00');
INSERT INTO library.library_checks (id, version, checked_at) VALUES
	(1, 3, '2026-11-29 23:35:33.454813+00');
INSERT INTO library.missing_books (id, natural_key, author_key, catalogue_ids, title, subtitle, authors, series_id, author_id, series, sequence, isbn, asin, narrators, duration_minutes, duration_choices, published_year, language, reason, source, evidence, status, closed_because, priority, book_id, identified_at, updated_at, other_titles, other_authors, auto_download, release_date, release_year, wanted_from, download_absence, absence_changed_at, last_searched_at, next_try_at) VALUES
	('e6a6e69e-840b-4b96-9de2-d4b1764fdab1', 'ozma of oz|lfrankbaum|70e8eac5-86e4-4ccd-a484-a98501c7ab00||3', 'lfrankbaum', '{AUDIBLE:B0OZ000003,HARDCOVER:1003/30001003}', 'Ozma of Oz', NULL, '{"L. Frank Baum"}', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa', 'Oz', '3', NULL, 'B0OZ000003', '{"Tom Reed"}', 300, '{300}', 1904, 'English', 'series_gap', 'AUDIBLE, HARDCOVER', '[{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 3", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000003", "weight": 0.5}]', 'completed', 'owned', 64, 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '2026-11-29 23:35:34.336553+00', '2026-11-29 23:35:46.369372+00', '{}', '{}', true, '1904-07-05', NULL, '1904-07-05', '{"words": null, "reason": "importing", "download_id": "08067549-3451-45f0-b5f7-fa209e64cfc7", "last_search": "1 releases found (1 accepted)", "next_try_at": null, "release_title": "Ozma of Oz", "last_searched_at": "2026-11-29T23:35:38.135442Z"}', '2026-11-29 23:35:42.412828+00', '2026-11-29 23:35:38.135442+00', NULL),
	('1444f5c9-e721-40f1-94d1-5eeac953e7c7', 'road to oz|lfrankbaum|70e8eac5-86e4-4ccd-a484-a98501c7ab00||5', 'lfrankbaum', '{AUDIBLE:B0OZ000005,HARDCOVER:1005/30001005}', 'The Road to Oz', NULL, '{"L. Frank Baum"}', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa', 'Oz', '5', NULL, 'B0OZ000005', '{"Tom Reed"}', 300, '{300}', 1904, 'English', 'series_gap', 'AUDIBLE, HARDCOVER', '[{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 5", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000005", "weight": 0.5}]', 'queued', NULL, 64, NULL, '2026-11-29 23:35:34.336553+00', '2026-11-29 23:35:41.477422+00', '{}', '{}', true, '1904-07-05', NULL, '1904-07-05', '{"words": "none of 1 releases is acceptable; the best, “Ozma of Oz”: same work: got “Ozma of Oz” (62 % similar), want “The Road to Oz”; taken: got the release grabbed for “Ozma of Oz”, want a release that no other download has", "reason": "unacceptable", "download_id": "48aa48ee-7685-45f7-a4f4-35ff62d8e2ec", "last_search": "1 releases found (1 rejected)", "next_try_at": "2026-11-30T23:35:40.876369Z", "release_title": null, "last_searched_at": "2026-11-29T23:35:40.876369Z"}', '2026-11-29 23:35:41.100715+00', '2026-11-29 23:35:40.876369+00', '2026-11-30 23:35:40.876369+00'),
	('462d15ef-ff98-4ce6-82df-663097c7faad', 'dorothy and the wizard in oz|lfrankbaum|70e8eac5-86e4-4ccd-a484-a98501c7ab00||4', 'lfrankbaum', '{AUDIBLE:B0OZ000004,HARDCOVER:1004/30001004}', 'Dorothy and the Wizard in Oz', NULL, '{"L. Frank Baum"}', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa', 'Oz', '4', NULL, 'B0OZ000004', '{"Tom Reed"}', 300, '{300}', 1904, 'English', 'series_gap', 'AUDIBLE, HARDCOVER', '[{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 4", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000004", "weight": 0.5}]', 'completed', 'owned', 64, '63bbeba3-a9f7-4920-9657-4f04eeffccac', '2026-11-29 23:35:34.336553+00', '2026-11-29 23:35:46.065687+00', '{}', '{}', true, '1904-07-05', NULL, '1904-07-05', '{"words": null, "reason": "importing", "download_id": "774915bb-4f84-45a3-baf0-a3f22488d886", "last_search": "2 releases found (1 accepted, 1 rejected)", "next_try_at": null, "release_title": "Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]", "last_searched_at": "2026-11-29T23:35:39.104702Z"}', '2026-11-29 23:35:42.281469+00', '2026-11-29 23:35:39.104702+00', NULL);
INSERT INTO library.outbox (id, message_id, subject, payload, headers, created_at, available_at, attempts) OVERRIDING SYSTEM VALUE VALUES
	(45, '3af1817b-964c-4d7f-9e24-2c4af83e55c6', 'evt.runs.run_alive', '{"run_id": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"}', '{}', '2026-11-29 23:35:59.884472+00', '2099-01-01 00:00:00+00', 0);
INSERT INTO library.run_items (run_id, item, succeeded, words) VALUES
	('3bd163d1-346e-4c45-a27e-b4117fd80242', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', true, NULL);
INSERT INTO library.run_ledgers (run_id, expected, processed, succeeded, failed, started_at, finished_at) VALUES
	('3bd163d1-346e-4c45-a27e-b4117fd80242', 1, 1, 1, 0, '2026-11-29 23:35:33.025976+00', '2026-11-29 23:35:34.321248+00'),
	('1395ba8d-6ba8-41bd-aeb7-ef162856f041', 0, 0, 0, 0, '2026-11-29 23:35:35.437123+00', '2026-11-29 23:35:35.437123+00');
INSERT INTO library.series (id, key, number, name, authors, owned, missing, total, completion_percent, completion_status, last_checked_at, last_check_problem, evidence_providers, by_hand, search_text, follow, follow_from, upcoming, merged_into) VALUES
	('70e8eac5-86e4-4ccd-a484-a98501c7ab00', 'oz', 0, 'Oz', '{"L. Frank Baum"}', 4, 1, 5, 80, 'partial', '2026-11-29 23:35:34.336553+00', NULL, '{AUDIBLE,HARDCOVER}', false, 'oz l frank baum', 'all', NULL, 0, NULL);
INSERT INTO library.series_corrections (id, series_id, kind, works, other_id, isbn, asin, note, moved_missing, number, made_at, undone_at, made_by, undone_by) OVERRIDING SYSTEM VALUE VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', 'text', '[]', NULL, NULL, NULL, NULL, '{}', 1, '2026-03-01 12:00:00+00', NULL, NULL, NULL);
INSERT INTO library.stored_settings (only_row, version, plain, sealed) VALUES
	(true, 0, '{}', '{}');
INSERT INTO library.work_entries (id, of, subject_id, catalogue_ids, place, title, subtitle, authors, kind, state, why, evidence, providers, language, published_year, release_date, editions, book_id, missing_book_id) VALUES
	('a2f17698-0327-56bb-861f-d0313bf4a358', 'series', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '{AUDIBLE:B0OZ000003,HARDCOVER:1003/30001003}', '3', 'Ozma of Oz', NULL, '{"L. Frank Baum"}', 'primary', 'missing', 'the library lacks it', '[{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 3", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000003", "weight": 0.5}]', '{AUDIBLE,HARDCOVER}', 'English', 1904, '1904-07-05', '[{"asin": "B0OZ000003", "abridged": false, "language": "English", "provider": "AUDIBLE", "narrators": ["Tom Reed"], "duration_minutes": 300}, {"asin": "B0OZ000003", "abridged": null, "language": "English", "provider": "HARDCOVER", "narrators": ["Tom Reed"], "duration_minutes": 300}]', NULL, 'e6a6e69e-840b-4b96-9de2-d4b1764fdab1'),
	('d7fd75a2-f144-5bdc-b8ab-3a06be937683', 'series', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '{AUDIBLE:B0OZ000004,HARDCOVER:1004/30001004}', '4', 'Dorothy and the Wizard in Oz', NULL, '{"L. Frank Baum"}', 'primary', 'missing', 'the library lacks it', '[{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 4", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000004", "weight": 0.5}]', '{AUDIBLE,HARDCOVER}', 'English', 1904, '1904-07-05', '[{"asin": "B0OZ000004", "abridged": false, "language": "English", "provider": "AUDIBLE", "narrators": ["Tom Reed"], "duration_minutes": 300}, {"asin": "B0OZ000004", "abridged": null, "language": "English", "provider": "HARDCOVER", "narrators": ["Tom Reed"], "duration_minutes": 300}]', NULL, '462d15ef-ff98-4ce6-82df-663097c7faad'),
	('8789bc3e-120a-571a-8016-29cbd076873c', 'series', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '{AUDIBLE:B0OZ000005,HARDCOVER:1005/30001005}', '5', 'The Road to Oz', NULL, '{"L. Frank Baum"}', 'primary', 'missing', 'the library lacks it', '[{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 5", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000005", "weight": 0.5}]', '{AUDIBLE,HARDCOVER}', 'English', 1904, '1904-07-05', '[{"asin": "B0OZ000005", "abridged": false, "language": "English", "provider": "AUDIBLE", "narrators": ["Tom Reed"], "duration_minutes": 300}, {"asin": "B0OZ000005", "abridged": null, "language": "English", "provider": "HARDCOVER", "narrators": ["Tom Reed"], "duration_minutes": 300}]', NULL, '1444f5c9-e721-40f1-94d1-5eeac953e7c7'),
	('ea46479a-5eea-5a5d-83d3-1ad1e74cbbb1', 'series', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '{AUDIBLE:B0OZ000001,HARDCOVER:1001/30001001}', '1', 'The Wonderful Wizard of Oz', NULL, '{"L. Frank Baum"}', 'primary', 'owned', 'owned as “L. Frank Baum/Oz/01 - The Wonderful Wizard of Oz” (distance 0)', '[]', '{AUDIBLE,HARDCOVER}', 'English', 1904, '1904-07-05', '[{"asin": "B0OZ000001", "abridged": false, "language": "English", "provider": "AUDIBLE", "narrators": ["Tom Reed"], "duration_minutes": 300}, {"asin": "B0OZ000001", "abridged": null, "language": "English", "provider": "HARDCOVER", "narrators": ["Tom Reed"], "duration_minutes": 300}]', 'de26cdef-a03d-421a-8111-664914f45d04', NULL),
	('ae525c07-36e1-56b1-b6ca-b0cfd7965d82', 'series', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '{AUDIBLE:B0OZ000002,HARDCOVER:1002/30001002}', '2', 'The Marvelous Land of Oz', NULL, '{"L. Frank Baum"}', 'primary', 'owned', 'owned as “L. Frank Baum/Oz/02 - The Marvelous Land of Oz” (distance 0)', '[]', '{AUDIBLE,HARDCOVER}', 'English', 1904, '1904-07-05', '[{"asin": "B0OZ000002", "abridged": false, "language": "English", "provider": "AUDIBLE", "narrators": ["Tom Reed"], "duration_minutes": 300}, {"asin": "B0OZ000002", "abridged": null, "language": "English", "provider": "HARDCOVER", "narrators": ["Tom Reed"], "duration_minutes": 300}]', '152313ea-0747-4857-856f-1b2dcbf9b327', NULL);
INSERT INTO library.work_lists (of, subject_id, sources, compared_at) VALUES
	('series', '70e8eac5-86e4-4ccd-a484-a98501c7ab00', '[{"works": 5, "provider": "audible", "collected_at": "2026-11-29T23:35:33.763003Z"}, {"works": 5, "provider": "hardcover", "collected_at": "2026-11-29T23:35:33.763003Z"}]', '2026-11-29 23:35:34.336553+00');
SELECT pg_catalog.setval('library.history_id_seq', 14, true);
SELECT pg_catalog.setval('library.library_checks_id_seq', 1, false);
SELECT pg_catalog.setval('library.outbox_id_seq', 45, true);
SELECT pg_catalog.setval('library.series_corrections_number_seq', 1, true);
ALTER TABLE ONLY library.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY library.authors
    ADD CONSTRAINT pk_authors PRIMARY KEY (id);
ALTER TABLE ONLY library.begun_deliveries
    ADD CONSTRAINT pk_begun_deliveries PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY library.book_authors
    ADD CONSTRAINT pk_book_authors PRIMARY KEY (book_id, author_id);
ALTER TABLE ONLY library.book_editions
    ADD CONSTRAINT pk_book_editions PRIMARY KEY (book_id);
ALTER TABLE ONLY library.book_series
    ADD CONSTRAINT pk_book_series PRIMARY KEY (book_id, series_id);
ALTER TABLE ONLY library.books
    ADD CONSTRAINT pk_books PRIMARY KEY (id);
ALTER TABLE ONLY library.cover_sizes
    ADD CONSTRAINT pk_cover_sizes PRIMARY KEY (book_id);
ALTER TABLE ONLY library.days
    ADD CONSTRAINT pk_days PRIMARY KEY (day);
ALTER TABLE ONLY library.dry_runs
    ADD CONSTRAINT pk_dry_runs PRIMARY KEY (run_id);
ALTER TABLE ONLY library.expected_imports
    ADD CONSTRAINT pk_expected_imports PRIMARY KEY (download_id);
ALTER TABLE ONLY library.failed_messages
    ADD CONSTRAINT pk_failed_messages PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY library.finding_counts
    ADD CONSTRAINT pk_finding_counts PRIMARY KEY (day, kind);
ALTER TABLE ONLY library.findings
    ADD CONSTRAINT pk_findings PRIMARY KEY (id);
ALTER TABLE ONLY library.former_contents
    ADD CONSTRAINT pk_former_contents PRIMARY KEY (correction_id);
ALTER TABLE ONLY library.history
    ADD CONSTRAINT pk_history PRIMARY KEY (id);
ALTER TABLE ONLY library.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY library.library_checks
    ADD CONSTRAINT pk_library_checks PRIMARY KEY (id);
ALTER TABLE ONLY library.missing_books
    ADD CONSTRAINT pk_missing_books PRIMARY KEY (id);
ALTER TABLE ONLY library.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY library.run_items
    ADD CONSTRAINT pk_run_items PRIMARY KEY (run_id, item);
ALTER TABLE ONLY library.run_ledgers
    ADD CONSTRAINT pk_run_ledgers PRIMARY KEY (run_id);
ALTER TABLE ONLY library.series
    ADD CONSTRAINT pk_series PRIMARY KEY (id);
ALTER TABLE ONLY library.series_corrections
    ADD CONSTRAINT pk_series_corrections PRIMARY KEY (id);
ALTER TABLE ONLY library.stored_settings
    ADD CONSTRAINT pk_stored_settings PRIMARY KEY (only_row);
ALTER TABLE ONLY library.work_entries
    ADD CONSTRAINT pk_work_entries PRIMARY KEY (id);
ALTER TABLE ONLY library.work_lists
    ADD CONSTRAINT pk_work_lists PRIMARY KEY (of, subject_id);
ALTER TABLE ONLY library.authors
    ADD CONSTRAINT uq_authors_key UNIQUE (key);
ALTER TABLE ONLY library.books
    ADD CONSTRAINT uq_books_abs_id UNIQUE (abs_id);
ALTER TABLE ONLY library.findings
    ADD CONSTRAINT uq_findings_key UNIQUE (key);
ALTER TABLE ONLY library.missing_books
    ADD CONSTRAINT uq_missing_books_natural_key UNIQUE (natural_key);
ALTER TABLE ONLY library.series
    ADD CONSTRAINT uq_series_key_number UNIQUE (key, number);
CREATE INDEX ix_authors_completion_status ON library.authors USING btree (completion_status);
CREATE INDEX ix_authors_name ON library.authors USING btree (name);
CREATE INDEX ix_authors_owned ON library.authors USING btree (owned);
CREATE INDEX ix_authors_search_text ON library.authors USING gin (search_text public.gin_trgm_ops);
CREATE INDEX ix_book_authors_author_id ON library.book_authors USING btree (author_id);
CREATE INDEX ix_book_series_series_id ON library.book_series USING btree (series_id);
CREATE INDEX ix_books_asin ON library.books USING btree (asin);
CREATE INDEX ix_books_changed_in ON library.books USING btree (changed_in);
CREATE INDEX ix_books_files_missing_since ON library.books USING btree (files_missing_since) WHERE (files_missing_since IS NOT NULL);
CREATE INDEX ix_books_isbn ON library.books USING btree (isbn);
CREATE INDEX ix_books_narrator_keys ON library.books USING gin (narrator_keys);
CREATE INDEX ix_books_path ON library.books USING btree (path);
CREATE INDEX ix_books_search_text ON library.books USING gin (search_text public.gin_trgm_ops);
CREATE INDEX ix_books_status_added_at_id ON library.books USING btree (status, added_at, id);
CREATE INDEX ix_books_status_duration_seconds_id ON library.books USING btree (status, duration_seconds NULLS FIRST, id);
CREATE INDEX ix_books_status_incomplete ON library.books USING btree (status, incomplete);
CREATE INDEX ix_books_status_language_code ON library.books USING btree (status, language_code);
CREATE INDEX ix_books_status_last_metadata_update_at_id ON library.books USING btree (status, last_metadata_update_at NULLS FIRST, id);
CREATE INDEX ix_books_status_match_confidence ON library.books USING btree (status, match_confidence);
CREATE INDEX ix_books_status_match_decision ON library.books USING btree (status, match_decision) WHERE (match_decision IS NOT NULL);
CREATE INDEX ix_books_status_path_id ON library.books USING btree (status, path, id);
CREATE INDEX ix_books_status_published_year_id ON library.books USING btree (status, published_year NULLS FIRST, id);
CREATE INDEX ix_books_status_size_bytes_id ON library.books USING btree (status, size_bytes NULLS FIRST, id);
CREATE INDEX ix_books_status_title_id ON library.books USING btree (status, title, id);
CREATE INDEX ix_books_status_updated_at_id ON library.books USING btree (status, updated_at, id);
CREATE INDEX ix_cover_sizes_read_at ON library.cover_sizes USING btree (read_at);
CREATE INDEX ix_expected_imports_path ON library.expected_imports USING btree (path);
CREATE INDEX ix_findings_book_ids ON library.findings USING gin (book_ids);
CREATE INDEX ix_findings_status_found_at_id ON library.findings USING btree (status, found_at, id);
CREATE INDEX ix_findings_status_kind_found_at_id ON library.findings USING btree (status, kind, found_at, id);
CREATE INDEX ix_former_contents_book_id ON library.former_contents USING btree (book_id);
CREATE INDEX ix_history_at ON library.history USING btree (at);
CREATE INDEX ix_history_book_id ON library.history USING btree (book_id);
CREATE INDEX ix_history_missing_book_id ON library.history USING btree (missing_book_id);
CREATE INDEX ix_missing_books_absence_id ON library.missing_books USING btree (absence NULLS FIRST, id);
CREATE INDEX ix_missing_books_author_id ON library.missing_books USING btree (author_id);
CREATE INDEX ix_missing_books_author_key ON library.missing_books USING btree (author_key);
CREATE INDEX ix_missing_books_priority_id ON library.missing_books USING btree (priority, id);
CREATE INDEX ix_missing_books_series_id ON library.missing_books USING btree (series_id);
CREATE INDEX ix_missing_books_status_priority_id ON library.missing_books USING btree (status, priority, id);
CREATE INDEX ix_missing_books_upcoming ON library.missing_books USING btree (wanted_from) WHERE (status = 'upcoming'::text);
CREATE INDEX ix_outbox_available_at_id ON library.outbox USING btree (available_at, id);
CREATE INDEX ix_series_completion_status ON library.series USING btree (completion_status);
CREATE INDEX ix_series_corrections_other_id ON library.series_corrections USING btree (other_id);
CREATE INDEX ix_series_corrections_series_id ON library.series_corrections USING btree (series_id);
CREATE INDEX ix_series_name ON library.series USING btree (name);
CREATE INDEX ix_series_search_text ON library.series USING gin (search_text public.gin_trgm_ops);
CREATE INDEX ix_work_entries_missing_book_id ON library.work_entries USING btree (missing_book_id);
CREATE INDEX ix_work_entries_release_date ON library.work_entries USING btree (release_date) WHERE (state <> 'not_counted'::text);
CREATE INDEX ix_work_entries_subject_id ON library.work_entries USING btree (subject_id);
CREATE TRIGGER outbox_told AFTER INSERT ON library.outbox FOR EACH STATEMENT EXECUTE FUNCTION library.tell_outbox();
ALTER TABLE ONLY library.book_authors
    ADD CONSTRAINT fk_book_authors_author_id FOREIGN KEY (author_id) REFERENCES library.authors(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.book_authors
    ADD CONSTRAINT fk_book_authors_book_id FOREIGN KEY (book_id) REFERENCES library.books(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.book_editions
    ADD CONSTRAINT fk_book_editions_book_id FOREIGN KEY (book_id) REFERENCES library.books(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.book_series
    ADD CONSTRAINT fk_book_series_book_id FOREIGN KEY (book_id) REFERENCES library.books(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.book_series
    ADD CONSTRAINT fk_book_series_series_id FOREIGN KEY (series_id) REFERENCES library.series(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.cover_sizes
    ADD CONSTRAINT fk_cover_sizes_book_id FOREIGN KEY (book_id) REFERENCES library.books(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.former_contents
    ADD CONSTRAINT fk_former_contents_book_id FOREIGN KEY (book_id) REFERENCES library.books(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.missing_books
    ADD CONSTRAINT fk_missing_books_author_id FOREIGN KEY (author_id) REFERENCES library.authors(id) ON DELETE SET NULL;
ALTER TABLE ONLY library.missing_books
    ADD CONSTRAINT fk_missing_books_series_id FOREIGN KEY (series_id) REFERENCES library.series(id) ON DELETE SET NULL;
ALTER TABLE ONLY library.series_corrections
    ADD CONSTRAINT fk_series_corrections_other_id FOREIGN KEY (other_id) REFERENCES library.series(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.series_corrections
    ADD CONSTRAINT fk_series_corrections_series_id FOREIGN KEY (series_id) REFERENCES library.series(id) ON DELETE CASCADE;
ALTER TABLE ONLY library.series
    ADD CONSTRAINT fk_series_merged_into FOREIGN KEY (merged_into) REFERENCES library.series(id) ON DELETE SET NULL;
ALTER TABLE ONLY library.work_entries
    ADD CONSTRAINT fk_work_entries_missing_book_id FOREIGN KEY (missing_book_id) REFERENCES library.missing_books(id) ON DELETE SET NULL;
