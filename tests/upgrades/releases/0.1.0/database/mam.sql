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
CREATE FUNCTION mam.tell_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin perform pg_notify('outbox_mam', ''); return null; end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE mam.account_snapshots (
    id bigint NOT NULL,
    read_at timestamp with time zone NOT NULL,
    standing jsonb NOT NULL
);
ALTER TABLE mam.account_snapshots ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME mam.account_snapshots_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE mam.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE mam.begun_deliveries (
    consumer text NOT NULL,
    message_id text NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    last_begun_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE mam.crawl_pages (
    address text NOT NULL,
    kind text NOT NULL,
    whole text NOT NULL,
    page integer NOT NULL,
    board integer,
    depth integer NOT NULL,
    found integer NOT NULL,
    state text NOT NULL,
    mark text,
    fetched_at timestamp with time zone,
    failures integer DEFAULT 0 NOT NULL,
    problem text DEFAULT ''::text NOT NULL
);
ALTER TABLE mam.crawl_pages ALTER COLUMN found ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME mam.crawl_pages_found_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE mam.crawls (
    run_id uuid NOT NULL,
    state text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    fetched integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    failures_in_a_row integer DEFAULT 0 NOT NULL,
    problem text DEFAULT ''::text NOT NULL
);
CREATE TABLE mam.failed_messages (
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
CREATE TABLE mam.genre_settings (
    name text NOT NULL,
    enabled boolean,
    top10_count integer,
    min_seeders integer
);
CREATE TABLE mam.grab_reservations (
    grab_id uuid NOT NULL,
    release jsonb NOT NULL,
    assessment jsonb NOT NULL,
    paid_bytes bigint NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    reserved_at timestamp with time zone NOT NULL,
    grabbed_at timestamp with time zone,
    ended_at timestamp with time zone,
    returned_at timestamp with time zone
);
CREATE TABLE mam.guide_passages (
    guide_id uuid NOT NULL,
    number integer NOT NULL,
    title text NOT NULL,
    heading text NOT NULL,
    text text NOT NULL,
    search tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('english'::regconfig, title), 'A'::"char") || setweight(to_tsvector('english'::regconfig, heading), 'B'::"char")) || to_tsvector('english'::regconfig, text))) STORED NOT NULL
);
CREATE TABLE mam.guide_words (
    word text NOT NULL,
    stem text NOT NULL,
    guides integer NOT NULL
);
CREATE TABLE mam.guides (
    id uuid NOT NULL,
    kind text NOT NULL,
    address text NOT NULL,
    title text NOT NULL,
    page integer DEFAULT 1 NOT NULL,
    author text,
    tags jsonb DEFAULT '[]'::jsonb NOT NULL,
    board text,
    dated_at timestamp with time zone,
    fetched_at timestamp with time zone NOT NULL,
    content_hash text NOT NULL,
    markdown text NOT NULL,
    links jsonb DEFAULT '[]'::jsonb NOT NULL,
    torrents jsonb DEFAULT '[]'::jsonb NOT NULL,
    search tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('english'::regconfig, title), 'A'::"char") || setweight(to_tsvector('english'::regconfig, tags), 'B'::"char")) || to_tsvector('english'::regconfig, markdown))) STORED NOT NULL,
    search_simple tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((title || ' '::text) || markdown))) STORED NOT NULL
);
CREATE TABLE mam.inbox (
    consumer text NOT NULL,
    message_id text NOT NULL,
    handled_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE mam.outbox (
    id integer NOT NULL,
    message_id uuid DEFAULT gen_random_uuid() NOT NULL,
    subject text NOT NULL,
    payload text NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL
);
ALTER TABLE mam.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME mam.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE mam.rate_limited_accounts (
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
CREATE TABLE mam.rate_limited_lines (
    account text NOT NULL,
    name text NOT NULL,
    next_request_at timestamp with time zone NOT NULL,
    minute_began_at timestamp with time zone,
    sent_in_minute integer DEFAULT 0 NOT NULL,
    day_began_at timestamp with time zone,
    sent_in_day integer DEFAULT 0 NOT NULL
);
CREATE TABLE mam.releases (
    id text NOT NULL,
    release jsonb NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    search_text text DEFAULT ''::text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    language text,
    filetype text,
    category_id integer,
    is_audio boolean,
    abridged boolean,
    freeleech boolean DEFAULT false NOT NULL,
    vip boolean DEFAULT false NOT NULL,
    snatched_before boolean DEFAULT false NOT NULL,
    size_bytes bigint DEFAULT 0 NOT NULL,
    seeders bigint DEFAULT 0 NOT NULL,
    snatches bigint DEFAULT 0 NOT NULL,
    published_at timestamp with time zone
);
CREATE TABLE mam.run_items (
    run_id uuid NOT NULL,
    item text NOT NULL,
    succeeded boolean,
    words text
);
CREATE TABLE mam.run_ledgers (
    run_id uuid NOT NULL,
    expected integer NOT NULL,
    processed integer DEFAULT 0 NOT NULL,
    succeeded integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE mam.searches (
    text text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    release_ids jsonb NOT NULL,
    found integer DEFAULT 0 NOT NULL
);
CREATE TABLE mam.seedbox (
    id integer NOT NULL,
    state text DEFAULT 'not_yet'::text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    network text DEFAULT ''::text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    registered_at timestamp with time zone,
    sent_at timestamp with time zone,
    seen_address text DEFAULT ''::text NOT NULL,
    seen_network text DEFAULT ''::text NOT NULL,
    seen_at timestamp with time zone
);
CREATE SEQUENCE mam.seedbox_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE mam.seedbox_id_seq OWNED BY mam.seedbox.id;
CREATE TABLE mam.seeding_duties (
    torrent_id text NOT NULL,
    title text NOT NULL,
    size_bytes bigint NOT NULL,
    seeding boolean NOT NULL,
    hit_and_run boolean NOT NULL,
    seeded_seconds bigint NOT NULL,
    remaining_seconds bigint NOT NULL,
    completed_at timestamp with time zone,
    due_at timestamp with time zone,
    read_at timestamp with time zone NOT NULL
);
CREATE TABLE mam.seeding_reads (
    account text NOT NULL,
    read_at timestamp with time zone NOT NULL
);
CREATE TABLE mam.sessions (
    kind text CONSTRAINT sessions_account_not_null NOT NULL,
    seed_fingerprint text NOT NULL,
    session bytea,
    previous bytea,
    state text DEFAULT 'untried'::text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    refusals integer DEFAULT 0 NOT NULL,
    refused_at timestamp with time zone,
    closed_until timestamp with time zone,
    began_at timestamp with time zone DEFAULT now() NOT NULL,
    rotated_at timestamp with time zone,
    last_success_at timestamp with time zone,
    failed_logins integer DEFAULT 0 NOT NULL
);
CREATE TABLE mam.spending (
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    amount double precision NOT NULL,
    torrent_id text,
    why text NOT NULL,
    answer text DEFAULT ''::text NOT NULL,
    points_before double precision NOT NULL,
    wedges_before integer NOT NULL,
    vip_until_before timestamp with time zone,
    points_after double precision,
    wedges_after integer,
    requested_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
CREATE TABLE mam.stored_settings (
    only_row boolean DEFAULT true NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    plain jsonb DEFAULT '{}'::jsonb NOT NULL,
    sealed jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT ck_stored_settings_only_row CHECK (only_row)
);
CREATE TABLE mam.top_lists (
    genre text NOT NULL,
    source text NOT NULL,
    week date NOT NULL,
    read_at timestamp with time zone NOT NULL,
    top_list jsonb NOT NULL
);
CREATE TABLE mam.torrent_pages (
    release_id text NOT NULL,
    page jsonb NOT NULL,
    read_at timestamp with time zone NOT NULL
);
CREATE TABLE mam.unreadable_pages (
    selector text CONSTRAINT changed_pages_selector_not_null NOT NULL,
    path text CONSTRAINT changed_pages_path_not_null NOT NULL,
    html text CONSTRAINT changed_pages_html_not_null NOT NULL,
    read_at timestamp with time zone CONSTRAINT changed_pages_read_at_not_null NOT NULL
);
ALTER TABLE ONLY mam.seedbox ALTER COLUMN id SET DEFAULT nextval('mam.seedbox_id_seq'::regclass);
INSERT INTO mam.account_snapshots (id, read_at, standing) OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-29 23:35:30.841304+00', '{"uid": 1001, "ratio": 4.2, "wedges": 3, "read_at": "2026-11-29T23:35:30.841304Z", "username": "reader", "classname": "Power User", "vip_until": null, "connectable": "yes", "unsatisfied": 4, "bonus_points": 25000.0, "hit_and_runs": 0, "uploaded_bytes": 450971566080, "downloaded_bytes": 107374182400, "unsatisfied_limit": 100}');
INSERT INTO mam.alembic_version (version_num) VALUES
	('0014');
INSERT INTO mam.begun_deliveries (consumer, message_id, times, last_begun_at) VALUES
	('text', 'text', 1, '2026-11-29 23:35:59.905777+00');
INSERT INTO mam.crawl_pages (address, kind, whole, page, board, depth, found, state, mark, fetched_at, failures, problem) OVERRIDING SYSTEM VALUE VALUES
	('text', 'text', 'text', 1, NULL, 1, 1, 'text', NULL, NULL, 0, '');
INSERT INTO mam.crawls (run_id, state, started_at, ended_at, fetched, unchanged, failed, failures_in_a_row, problem) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'completed', '2026-03-01 12:00:00+00', '2026-03-01 12:00:00+00', 0, 0, 0, 0, '');
INSERT INTO mam.failed_messages (consumer, message_id, subject, body, error, attempts, final, first_failed_at, last_failed_at) VALUES
	('text', 'text', 'text', 'text', 'text', 1, false, '2026-11-29 23:35:59.939475+00', '2026-11-29 23:35:59.939475+00');
INSERT INTO mam.genre_settings (name, enabled, top10_count, min_seeders) VALUES
	('text', NULL, NULL, NULL);
INSERT INTO mam.grab_reservations (grab_id, release, assessment, paid_bytes, requested_at, reserved_at, grabbed_at, ended_at, returned_at) VALUES
	('05312898-8f35-4777-bfb2-92343a3faa43', '{"vip": false, "title": "Ozma of Oz", "indexer": "MAM", "freeleech": false, "vip_until": null, "release_id": "900003", "size_bytes": 144000000}', '{"found": "4 unsatisfied torrents of 100, ratio 4.2, 4.194 after 0.15 GiB more", "needed": "fewer than 93 unsatisfied, and a ratio of 1 unless freeleech", "allowed": true, "figures": {"free": false, "ratio": 4.2, "wedge": false, "kept_free": 7, "min_ratio": 1.0, "paid_bytes": 158400000, "slots_left": 89, "ratio_after": 4.193813224000096, "unsatisfied": 4, "buffer_bytes": 343597383680, "reserved_bytes": 0, "reserved_slots": 0, "standing_read_at": "2026-11-29T23:35:30.841304Z", "unsatisfied_limit": 100}}', 158400000, '2026-11-29 23:35:38.647467+00', '2026-11-29 23:35:38.738763+00', '2026-11-29 23:35:39.716076+00', '2026-11-29 23:35:42.443752+00', NULL);
INSERT INTO mam.guide_passages (guide_id, number, title, heading, text) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 1, 'text', 'text', 'text');
INSERT INTO mam.guide_words (word, stem, guides) VALUES
	('text', 'text', 1);
INSERT INTO mam.guides (id, kind, address, title, page, author, tags, board, dated_at, fetched_at, content_hash, markdown, links, torrents) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', 'text', 'text', 1, NULL, '[]', NULL, NULL, '2026-03-01 12:00:00+00', 'text', 'text', '[]', '[]');
INSERT INTO mam.inbox (consumer, message_id, handled_at) VALUES
	('text', 'text', '2026-11-29 23:36:00.080046+00');
INSERT INTO mam.outbox (id, message_id, subject, payload, headers, created_at, available_at, attempts) OVERRIDING SYSTEM VALUE VALUES
	(2, '68a1d593-5bfd-48a7-9706-e0ed4d6ed892', 'evt.runs.run_alive', '{"run_id": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"}', '{}', '2026-11-29 23:36:00.098957+00', '2099-01-01 00:00:00+00', 0);
INSERT INTO mam.rate_limited_accounts (name, fingerprint, health, detail, failures_in_a_row, last_answer_at, paused_until, stopped_at, stopped_by) VALUES
	('myanonamouse', '900cadff8c757f3ee0b39e762a09774228468b38903b2adca354e47404f06bdb', 'ok', '', 0, '2026-11-29 23:35:39.672748+00', NULL, NULL, NULL);
INSERT INTO mam.rate_limited_lines (account, name, next_request_at, minute_began_at, sent_in_minute, day_began_at, sent_in_day) VALUES
	('myanonamouse', 'requests', '2026-11-29 23:35:39.672724+00', '2026-11-29 23:35:30.089831+00', 11, '2026-11-29 23:35:30.089831+00', 11);
INSERT INTO mam.releases (id, release, seen_at, first_seen_at, search_text, title, language, filetype, category_id, is_audio, abridged, freeleech, vip, snatched_before, size_bytes, seeders, snatches, published_at) VALUES
	('900003', '{"id": "900003", "vip": false, "asin": null, "isbn": null, "tags": "", "files": 1, "flags": [], "title": "Ozma of Oz", "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "indexer": "MAM", "seeders": 10, "abridged": null, "category": "Audiobooks - Fantasy", "filetype": "m4b", "is_audio": true, "language": "ENG", "leechers": 0, "snatches": 50, "freeleech": false, "narrators": ["Tom Reed"], "vip_until": null, "size_bytes": 144000000, "structured": true, "category_id": 41, "bitrate_kbps": 64, "indexer_name": "MyAnonamouse", "published_at": "2026-11-28T12:03:10Z", "snatched_before": false, "duration_minutes": 300, "new_category_ids": [13], "sampling_rate_hz": 44100, "download_reference": "900003", "personal_freeleech": false}', '2026-11-29 23:35:38.205543+00', '2026-11-29 23:35:37.544369+00', 'ozma of oz l frank baum tom reed oz', 'Ozma of Oz', 'ENG', 'm4b', 41, true, NULL, false, false, false, 144000000, 10, 50, '2026-11-28 12:03:10+00');
INSERT INTO mam.run_items (run_id, item, succeeded, words) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', NULL, NULL);
INSERT INTO mam.run_ledgers (run_id, expected, processed, succeeded, failed, started_at, finished_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 1, 0, 0, 0, '2026-11-29 23:36:00.145537+00', '2026-03-01 12:00:00+00');
INSERT INTO mam.searches (text, asked_at, release_ids, found) VALUES
	('030eaa5103ca2b4b72c41f2ab6e110879b5d1d84359ce2eebdbbc93a557db38c', '2026-11-29 23:35:37.544369+00', '["900003"]', 1),
	('e7e25e63ff678ddf4990bb86af4d112537750c44250d0b8e7e636a49c15e8fac', '2026-11-29 23:35:37.699212+00', '[]', 0),
	('bfb206b264e7211b98efd2c782159392411b84cc57cc74dab0208706af7d09d1', '2026-11-29 23:35:37.978515+00', '[]', 0),
	('95a91b0a4b0af4e7f9e06774b3dfd441d805fb7110721f27074d0e2adfb97536', '2026-11-29 23:35:38.205543+00', '["900003"]', 1),
	('4adffb824c0913f4984cf335fde35e24b0eb580595c12cf4a2a25cfd066d741b', '2026-11-29 23:35:38.578438+00', '[]', 0),
	('b890c37d90544ea6a5e4f8baa9f4d11124a1b111fc9fed5f9327e3daaec28b73', '2026-11-29 23:35:38.888102+00', '[]', 0),
	('505844bc4edc9eca96fcffb20ca7103fb7f6e1945d5a336fa8a584ad2a9e433b', '2026-11-29 23:35:39.150318+00', '[]', 0),
	('2cb92635ee455e323ca17de7b971805f7afea8aefac584cd607199d7b6cb7bdd', '2026-11-29 23:35:39.658221+00', '[]', 0);
INSERT INTO mam.seedbox (id, state, address, network, detail, registered_at, sent_at, seen_address, seen_network, seen_at) VALUES
	(1, 'not_yet', '', '', '', NULL, NULL, '127.0.0.1', 'AS64500 Example Network', '2026-11-29 23:35:29.531536+00');
INSERT INTO mam.seeding_duties (torrent_id, title, size_bytes, seeding, hit_and_run, seeded_seconds, remaining_seconds, completed_at, due_at, read_at) VALUES
	('text', 'text', 1, true, true, 1, 1, NULL, NULL, '2026-03-01 12:00:00+00');
INSERT INTO mam.seeding_reads (account, read_at) VALUES
	('text', '2026-03-01 12:00:00+00');
INSERT INTO mam.sessions (kind, seed_fingerprint, session, previous, state, detail, refusals, refused_at, closed_until, began_at, rotated_at, last_success_at, failed_logins) VALUES
	('browser', 'd7c182709e01436d16a20e5ca1c2ac8ca7e28b74e6f682d7790fd60afbd9e9d7', '\x6741414141414272444c62436e7a2d41566d52776e6c61463247704d68585a4235413162675272726a515847786f64704c566d6c78365248436a30696e64333879346278716b6332445a307137705938456677677a6f5678557a564a515562466c776877424d53736a7444324d466753386d6c555753453d', NULL, 'untried', '', 0, NULL, NULL, '2026-11-29 23:35:30.49961+00', NULL, NULL, 0),
	('api', '900cadff8c757f3ee0b39e762a09774228468b38903b2adca354e47404f06bdb', '\x6741414141414272444c624c75444c4c36776c6e4e567a4c4a734e756174594e4373686f6450345a51702d67757764333341745073306f503664455377482d78647346694e576e5878567a7656533769434b794e3762554d7773736b30557931686d5a6b554954593847634a4c6f724e75454532625f3149707076507143663461544a587870446f475f397641356d626a5f69334866416a314247514d65695172724f57363357574c744248684d6c6c47636b327568733d', '\x6741414141414272444c624c34536543624d5355762d726e56696a77375a5a30716e5358626f645567494d4a387430344778655271714b3245754932424761623048794d513059474463304a5934354d5f374f4f6d6743343730723166454356723058496b63476d4d39666a525a68566f5f342d5a73646f6651654249446b30796b5a502d793162765f6f30322d445a4a76547a64435855343146626a727648427241664c716f5f325a4b54777a6474666663515937593d', 'ok', '', 0, NULL, NULL, '2026-11-29 23:35:30.423516+00', '2026-11-29 23:35:39.643416+00', '2026-11-29 23:35:30.992348+00', 0);
INSERT INTO mam.spending (id, kind, state, amount, torrent_id, why, answer, points_before, wedges_before, vip_until_before, points_after, wedges_after, requested_at, ended_at) VALUES
	('5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', 'done', 1, NULL, 'text', '', 1, 1, NULL, NULL, NULL, '2026-03-01 12:00:00+00', NULL);
INSERT INTO mam.stored_settings (only_row, version, plain, sealed) VALUES
	(true, 0, '{}', '{}');
INSERT INTO mam.top_lists (genre, source, week, read_at, top_list) VALUES
	('text', 'text', '2026-03-01', '2026-03-01 12:00:00+00', '{}');
INSERT INTO mam.torrent_pages (release_id, page, read_at) VALUES
	('text', '{}', '2026-03-01 12:00:00+00');
INSERT INTO mam.unreadable_pages (selector, path, html, read_at) VALUES
	('text', 'text', 'text', '2026-03-01 12:00:00+00');
SELECT pg_catalog.setval('mam.account_snapshots_id_seq', 1, true);
SELECT pg_catalog.setval('mam.crawl_pages_found_seq', 1, true);
SELECT pg_catalog.setval('mam.outbox_id_seq', 2, true);
SELECT pg_catalog.setval('mam.seedbox_id_seq', 1, false);
ALTER TABLE ONLY mam.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY mam.account_snapshots
    ADD CONSTRAINT pk_account_snapshots PRIMARY KEY (id);
ALTER TABLE ONLY mam.begun_deliveries
    ADD CONSTRAINT pk_begun_deliveries PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY mam.crawl_pages
    ADD CONSTRAINT pk_crawl_pages PRIMARY KEY (address);
ALTER TABLE ONLY mam.crawls
    ADD CONSTRAINT pk_crawls PRIMARY KEY (run_id);
ALTER TABLE ONLY mam.failed_messages
    ADD CONSTRAINT pk_failed_messages PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY mam.genre_settings
    ADD CONSTRAINT pk_genre_settings PRIMARY KEY (name);
ALTER TABLE ONLY mam.grab_reservations
    ADD CONSTRAINT pk_grab_reservations PRIMARY KEY (grab_id);
ALTER TABLE ONLY mam.guide_passages
    ADD CONSTRAINT pk_guide_passages PRIMARY KEY (guide_id, number);
ALTER TABLE ONLY mam.guide_words
    ADD CONSTRAINT pk_guide_words PRIMARY KEY (word);
ALTER TABLE ONLY mam.guides
    ADD CONSTRAINT pk_guides PRIMARY KEY (id);
ALTER TABLE ONLY mam.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY mam.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY mam.rate_limited_accounts
    ADD CONSTRAINT pk_rate_limited_accounts PRIMARY KEY (name);
ALTER TABLE ONLY mam.rate_limited_lines
    ADD CONSTRAINT pk_rate_limited_lines PRIMARY KEY (account, name);
ALTER TABLE ONLY mam.releases
    ADD CONSTRAINT pk_releases PRIMARY KEY (id);
ALTER TABLE ONLY mam.run_items
    ADD CONSTRAINT pk_run_items PRIMARY KEY (run_id, item);
ALTER TABLE ONLY mam.run_ledgers
    ADD CONSTRAINT pk_run_ledgers PRIMARY KEY (run_id);
ALTER TABLE ONLY mam.searches
    ADD CONSTRAINT pk_searches PRIMARY KEY (text);
ALTER TABLE ONLY mam.seedbox
    ADD CONSTRAINT pk_seedbox PRIMARY KEY (id);
ALTER TABLE ONLY mam.seeding_duties
    ADD CONSTRAINT pk_seeding_duties PRIMARY KEY (torrent_id);
ALTER TABLE ONLY mam.seeding_reads
    ADD CONSTRAINT pk_seeding_reads PRIMARY KEY (account);
ALTER TABLE ONLY mam.sessions
    ADD CONSTRAINT pk_sessions PRIMARY KEY (kind);
ALTER TABLE ONLY mam.spending
    ADD CONSTRAINT pk_spending PRIMARY KEY (id);
ALTER TABLE ONLY mam.stored_settings
    ADD CONSTRAINT pk_stored_settings PRIMARY KEY (only_row);
ALTER TABLE ONLY mam.top_lists
    ADD CONSTRAINT pk_top_lists PRIMARY KEY (genre, source, week);
ALTER TABLE ONLY mam.torrent_pages
    ADD CONSTRAINT pk_torrent_pages PRIMARY KEY (release_id);
ALTER TABLE ONLY mam.unreadable_pages
    ADD CONSTRAINT pk_unreadable_pages PRIMARY KEY (selector);
ALTER TABLE ONLY mam.guides
    ADD CONSTRAINT uq_guides_address UNIQUE (address);
CREATE INDEX ix_account_snapshots_read_at ON mam.account_snapshots USING btree (read_at DESC);
CREATE INDEX ix_crawl_pages_state ON mam.crawl_pages USING btree (state, found);
CREATE INDEX ix_crawl_pages_whole ON mam.crawl_pages USING btree (whole);
CREATE INDEX ix_grab_reservations_active ON mam.grab_reservations USING btree (reserved_at) WHERE (returned_at IS NULL);
CREATE INDEX ix_guide_passages_search ON mam.guide_passages USING gin (search);
CREATE INDEX ix_guide_words_stem ON mam.guide_words USING btree (stem);
CREATE INDEX ix_guide_words_word ON mam.guide_words USING gin (word public.gin_trgm_ops);
CREATE INDEX ix_guides_fetched_at ON mam.guides USING btree (fetched_at DESC);
CREATE INDEX ix_guides_search ON mam.guides USING gin (search);
CREATE INDEX ix_guides_search_simple ON mam.guides USING gin (search_simple);
CREATE INDEX ix_outbox_available_at_id ON mam.outbox USING btree (available_at, id);
CREATE INDEX ix_releases_search_text ON mam.releases USING gin (search_text public.gin_trgm_ops);
CREATE INDEX ix_releases_seen_at_id ON mam.releases USING btree (seen_at, id);
CREATE INDEX ix_searches_asked_at ON mam.searches USING btree (asked_at);
CREATE INDEX ix_spending_requested_at ON mam.spending USING btree (requested_at DESC);
CREATE INDEX ix_torrent_pages_read_at ON mam.torrent_pages USING btree (read_at);
CREATE UNIQUE INDEX uq_spending_open ON mam.spending USING btree (state) WHERE (state = 'requested'::text);
CREATE UNIQUE INDEX uq_spending_wedge_torrent_id ON mam.spending USING btree (torrent_id) WHERE ((kind = 'wedge'::text) AND (state <> 'not_spent'::text));
CREATE TRIGGER outbox_told AFTER INSERT ON mam.outbox FOR EACH STATEMENT EXECUTE FUNCTION mam.tell_outbox();
ALTER TABLE ONLY mam.guide_passages
    ADD CONSTRAINT fk_guide_passages_guide_id_guides FOREIGN KEY (guide_id) REFERENCES mam.guides(id) ON DELETE CASCADE;
