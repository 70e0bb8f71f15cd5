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
CREATE FUNCTION downloads.tell_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin perform pg_notify('outbox_downloads', ''); return null; end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE downloads.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE downloads.begun_deliveries (
    consumer text NOT NULL,
    message_id text NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    last_begun_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE downloads.blocklist (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    indexer text NOT NULL,
    release_id text NOT NULL,
    title text NOT NULL,
    reason text NOT NULL,
    blocked_at timestamp with time zone NOT NULL
);
CREATE TABLE downloads.candidates (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    download_id uuid NOT NULL,
    indexer text NOT NULL,
    release_id text NOT NULL,
    release jsonb NOT NULL,
    verdict text NOT NULL,
    score double precision NOT NULL,
    reasons jsonb NOT NULL,
    grabbed boolean DEFAULT false NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    account jsonb
);
CREATE TABLE downloads.downloads (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    missing_book_id uuid,
    title text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    wanted jsonb NOT NULL,
    status text NOT NULL,
    waiting_for text,
    source text,
    choice_id uuid,
    chosen_at timestamp with time zone,
    grabbed_at timestamp with time zone,
    by_person boolean DEFAULT false NOT NULL,
    release jsonb,
    release_id text,
    info_hash text,
    client_state text,
    state_since timestamp with time zone,
    progress double precision DEFAULT 0 NOT NULL,
    progressed_at timestamp with time zone,
    size_bytes bigint,
    content_path text,
    completed_at timestamp with time zone,
    transit_failures integer DEFAULT 0 NOT NULL,
    offer_failures integer DEFAULT 0 NOT NULL,
    error text,
    error_type text,
    last_attempt_at timestamp with time zone,
    next_retry_at timestamp with time zone,
    searched_at timestamp with time zone,
    library_path text,
    book_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    lost_at timestamp with time zone,
    priority_by_person boolean DEFAULT false NOT NULL,
    most_retries integer,
    put_off_times integer DEFAULT 0 NOT NULL,
    described_at timestamp with time zone,
    delayed_until timestamp with time zone,
    delayed_release jsonb,
    pack_lead_id uuid,
    pack_files jsonb DEFAULT '[]'::jsonb NOT NULL,
    replaces jsonb,
    replaces_book_id uuid,
    awaits_move boolean DEFAULT false NOT NULL,
    page_asked_at timestamp with time zone,
    other_hash text,
    conversion jsonb,
    rechecked_at timestamp with time zone,
    awaits_files boolean DEFAULT false NOT NULL,
    last_search text,
    last_search_at timestamp with time zone
);
CREATE TABLE downloads.failed_attempts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    task text NOT NULL,
    item text NOT NULL,
    release_id text DEFAULT ''::text NOT NULL,
    error_type text NOT NULL,
    reason text NOT NULL,
    first_attempt_at timestamp with time zone NOT NULL,
    last_attempt_at timestamp with time zone NOT NULL,
    count integer DEFAULT 1 NOT NULL,
    permanent boolean DEFAULT false NOT NULL,
    hidden_at timestamp with time zone
);
CREATE TABLE downloads.failed_messages (
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
CREATE TABLE downloads.given_torrents (
    info_hash text NOT NULL,
    content bytea NOT NULL,
    given_at timestamp with time zone NOT NULL
);
CREATE TABLE downloads.history (
    id bigint NOT NULL,
    download_id uuid NOT NULL,
    first_at timestamp with time zone DEFAULT now() NOT NULL,
    last_at timestamp with time zone DEFAULT now() NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    kind text NOT NULL,
    words text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL
);
ALTER TABLE downloads.history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME downloads.history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE downloads.import_questions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    download_id uuid,
    choice_id uuid,
    kind text NOT NULL,
    title text NOT NULL,
    authors jsonb NOT NULL,
    reasons jsonb NOT NULL,
    choices jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer text,
    answered_at timestamp with time zone,
    answered_by text,
    path text
);
CREATE TABLE downloads.inbox (
    consumer text NOT NULL,
    message_id text NOT NULL,
    handled_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE downloads.offers (
    indexer text NOT NULL,
    release_id text NOT NULL,
    release jsonb NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE downloads.outbox (
    id integer NOT NULL,
    message_id uuid DEFAULT gen_random_uuid() NOT NULL,
    subject text NOT NULL,
    payload text NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL
);
ALTER TABLE downloads.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME downloads.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE downloads.pack_books (
    indexer text NOT NULL,
    release_id text NOT NULL,
    item text NOT NULL,
    filled boolean NOT NULL,
    reason text NOT NULL,
    stored_at timestamp with time zone NOT NULL
);
CREATE TABLE downloads.profile_assignments (
    scope text NOT NULL,
    target_id uuid NOT NULL,
    name text NOT NULL,
    folded_name text NOT NULL,
    profile_id uuid NOT NULL
);
CREATE TABLE downloads.quality_profiles (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    rules jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE downloads.refused_logins (
    address text NOT NULL,
    credentials text NOT NULL,
    words text NOT NULL,
    refused_at timestamp with time zone NOT NULL
);
CREATE TABLE downloads.run_items (
    run_id uuid NOT NULL,
    item text NOT NULL,
    succeeded boolean,
    words text
);
CREATE TABLE downloads.run_ledgers (
    run_id uuid NOT NULL,
    expected integer NOT NULL,
    processed integer DEFAULT 0 NOT NULL,
    succeeded integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE downloads.seeding (
    info_hash text NOT NULL,
    download_id uuid NOT NULL,
    title text NOT NULL,
    release_title text NOT NULL,
    indexer text NOT NULL,
    release_id text NOT NULL,
    size_bytes bigint NOT NULL,
    grabbed_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    safe_to_remove boolean NOT NULL,
    completed_at timestamp with time zone,
    checked_at timestamp with time zone,
    seeded_seconds double precision NOT NULL,
    seeded_in_client double precision NOT NULL,
    listed_seconds integer,
    listed_at timestamp with time zone,
    ratio double precision NOT NULL,
    uploaded_bytes bigint NOT NULL,
    stopped_at timestamp with time zone,
    warned_at timestamp with time zone,
    ended_at timestamp with time zone
);
CREATE TABLE downloads.stored_settings (
    only_row boolean DEFAULT true NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    plain jsonb DEFAULT '{}'::jsonb NOT NULL,
    sealed jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT ck_stored_settings_only_row CHECK (only_row)
);
CREATE TABLE downloads.watched_folders (
    path text NOT NULL,
    proposed_at timestamp with time zone NOT NULL
);
INSERT INTO downloads.alembic_version (version_num) VALUES
	('0026');
INSERT INTO downloads.begun_deliveries (consumer, message_id, times, last_begun_at) VALUES
	('text', 'text', 1, '2026-11-29 23:35:59.439635+00');
INSERT INTO downloads.blocklist (id, indexer, release_id, title, reason, blocked_at) VALUES
	('62ff661c-bcaa-4037-bdb1-b7de7ed0c43b', 'text', 'text', 'text', 'text', '2026-03-01 12:00:00+00');
INSERT INTO downloads.candidates (id, download_id, indexer, release_id, release, verdict, score, reasons, grabbed, judged_at, account) VALUES
	('e0c4120c-6e7b-4f01-9fbc-f4bdd98bee6c', '774915bb-4f84-45a3-baf0-a3f22488d886', 'PROWLARR', '1:65e68b01021e13f29089f792fb8c51ad', '{"id": "1:65e68b01021e13f29089f792fb8c51ad", "vip": false, "asin": null, "isbn": null, "tags": "", "files": 1, "flags": [], "title": "Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]", "series": [], "authors": [], "indexer": "PROWLARR", "seeders": 10, "abridged": null, "category": "3030", "filetype": null, "is_audio": null, "language": null, "leechers": 0, "snatches": 50, "freeleech": false, "narrators": [], "vip_until": null, "size_bytes": 144000000, "structured": false, "category_id": null, "bitrate_kbps": null, "indexer_name": "AudioTracker", "published_at": "2025-06-01T12:00:00Z", "snatched_before": false, "duration_minutes": null, "new_category_ids": [], "sampling_rate_hz": null, "download_reference": "/1/download?link=b2ZmZXI6OTAwMDA0&file=Dorothy+and+the+Wizard+in+Oz+by+L.+Frank+Baum+%5BENG+%2F+M4B%5D", "personal_freeleech": false}', 'accepted', 0.618457, '[{"got": null, "rule": "matched book", "want": null, "words": "title “Dorothy and the Wizard in Oz”, by L. Frank Baum", "weight": 1.0, "verdict": null, "temporary": false}, {"got": "m4b", "rule": "format", "want": "an audiobook, preferably m4b, m4a, mp3", "words": "got m4b, want an audiobook, preferably m4b, m4a, mp3", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "en", "rule": "language", "want": "en", "words": "got en, want en", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "one book", "rule": "pack", "want": "one book", "words": "got one book, want one book", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "no part named", "rule": "part", "want": "the whole book", "words": "got no part named, want the whole book", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "no sign of another kind", "rule": "kind", "want": "the novel itself", "words": "got no sign of another kind, want the novel itself", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "no sign of another edition", "rule": "edition", "want": "the unabridged reading", "words": "got no sign of another edition, want the unabridged reading", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "“Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]”", "rule": "same work", "want": "“Dorothy and the Wizard in Oz” by L. Frank Baum", "words": "got “Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]”, want “Dorothy and the Wizard in Oz” by L. Frank Baum", "weight": 0.9375, "verdict": "accepted", "temporary": false}, {"got": "none named", "rule": "narrator", "want": "Tom Reed", "words": "got none named, want Tom Reed", "weight": 0.5, "verdict": "accepted", "temporary": false}, {"got": "144.0 MB, 64 kbit/s", "rule": "size", "want": "16 to 512 kbit/s", "words": "got 144.0 MB, 64 kbit/s, want 16 to 512 kbit/s", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "10 seeders", "rule": "seeders", "want": "at least 1", "words": "got 10 seeders, want at least 1", "weight": 0.6098681622198213, "verdict": "accepted", "temporary": false}, {"got": "22.64 GiB free", "rule": "free disk", "want": "5.15 GiB", "words": "got 22.64 GiB free, want 5.15 GiB", "weight": 1.0, "verdict": "accepted", "temporary": true}]', true, '2026-11-29 23:35:39.104702+00', NULL),
	('01a77ca8-85f2-441d-825b-e08050054fcb', '774915bb-4f84-45a3-baf0-a3f22488d886', 'MAM', '900003', '{"id": "900003", "vip": false, "asin": null, "isbn": null, "tags": "", "files": 1, "flags": [], "title": "Ozma of Oz", "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "indexer": "MAM", "seeders": 10, "abridged": null, "category": "Audiobooks - Fantasy", "filetype": "m4b", "is_audio": true, "language": "ENG", "leechers": 0, "snatches": 50, "freeleech": false, "narrators": ["Tom Reed"], "vip_until": null, "size_bytes": 144000000, "structured": true, "category_id": 41, "bitrate_kbps": 64, "indexer_name": "MyAnonamouse", "published_at": "2026-11-28T12:03:10Z", "snatched_before": false, "duration_minutes": 300, "new_category_ids": [13], "sampling_rate_hz": 44100, "download_reference": "900003", "personal_freeleech": false}', 'rejected', 0, '[{"got": "“Ozma of Oz” (33 % similar)", "rule": "same work", "want": "“Dorothy and the Wizard in Oz”", "words": "got “Ozma of Oz” (33 % similar), want “Dorothy and the Wizard in Oz”", "weight": -1.0, "verdict": "rejected", "temporary": false}, {"got": "the release grabbed for “Ozma of Oz”", "rule": "taken", "want": "a release that no other download has", "words": "got the release grabbed for “Ozma of Oz”, want a release that no other download has", "weight": -1.0, "verdict": "rejected", "temporary": false}, {"got": "300 minutes", "rule": "duration", "want": "300 minutes ±15%", "words": "got 300 minutes, want 300 minutes ±15%", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "144.0 MB, 64 kbit/s", "rule": "size", "want": "16 to 512 kbit/s", "words": "got 144.0 MB, 64 kbit/s, want 16 to 512 kbit/s", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "10 seeders", "rule": "seeders", "want": "at least 1", "words": "got 10 seeders, want at least 1", "weight": 0.6098681622198213, "verdict": "accepted", "temporary": false}, {"got": "5 unsatisfied torrents of 100 (1 of them reserved), ratio 4.2, 4.188 after 0.30 GiB more", "rule": "standing", "want": "fewer than 93 unsatisfied, and a ratio of 1 unless freeleech", "words": "got 5 unsatisfied torrents of 100 (1 of them reserved), ratio 4.2, 4.188 after 0.30 GiB more, want fewer than 93 unsatisfied, and a ratio of 1 unless freeleech", "weight": 1.0, "verdict": "accepted", "temporary": true}, {"got": "22.64 GiB free", "rule": "free disk", "want": "5.15 GiB", "words": "got 22.64 GiB free, want 5.15 GiB", "weight": 1.0, "verdict": "accepted", "temporary": true}]', false, '2026-11-29 23:35:39.104702+00', '{"free": false, "ratio": 4.2, "wedge": false, "kept_free": 7, "min_ratio": 1.0, "paid_bytes": 158400000, "slots_left": 88, "ratio_after": 4.187644647951507, "unsatisfied": 4, "buffer_bytes": 343438983680, "reserved_bytes": 158400000, "reserved_slots": 1, "standing_read_at": "2026-11-29T23:35:30.841304Z", "unsatisfied_limit": 100}'),
	('05312898-8f35-4777-bfb2-92343a3faa43', '08067549-3451-45f0-b5f7-fa209e64cfc7', 'MAM', '900003', '{"id": "900003", "vip": false, "asin": null, "isbn": null, "tags": "", "files": 1, "flags": [], "title": "Ozma of Oz", "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "indexer": "MAM", "seeders": 10, "abridged": null, "category": "Audiobooks - Fantasy", "filetype": "m4b", "is_audio": true, "language": "ENG", "leechers": 0, "snatches": 50, "freeleech": false, "narrators": ["Tom Reed"], "vip_until": null, "size_bytes": 144000000, "structured": true, "category_id": 41, "bitrate_kbps": 64, "indexer_name": "MyAnonamouse", "published_at": "2026-11-28T12:03:10Z", "snatched_before": false, "duration_minutes": 300, "new_category_ids": [13], "sampling_rate_hz": 44100, "download_reference": "900003", "personal_freeleech": false}', 'accepted', 0.952083, '[{"got": null, "rule": "matched book", "want": null, "words": "title “Ozma of Oz”, by L. Frank Baum, place 3 of Oz", "weight": 1.0, "verdict": null, "temporary": false}, {"got": null, "rule": "matched edition", "want": null, "words": "read by Tom Reed, like the best known edition, 300 minutes, like an edition of 300", "weight": 0.5, "verdict": null, "temporary": false}, {"got": "m4b", "rule": "format", "want": "an audiobook, preferably m4b, m4a, mp3", "words": "got m4b, want an audiobook, preferably m4b, m4a, mp3", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "en", "rule": "language", "want": "en", "words": "got en, want en", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "one book", "rule": "pack", "want": "one book", "words": "got one book, want one book", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "no part named", "rule": "part", "want": "the whole book", "words": "got no part named, want the whole book", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "no sign of another kind", "rule": "kind", "want": "the novel itself", "words": "got no sign of another kind, want the novel itself", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "no sign of another edition", "rule": "edition", "want": "the unabridged reading", "words": "got no sign of another edition, want the unabridged reading", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "“Ozma of Oz”", "rule": "same work", "want": "“Ozma of Oz” by L. Frank Baum", "words": "got “Ozma of Oz”, want “Ozma of Oz” by L. Frank Baum", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "Tom Reed", "rule": "narrator", "want": "Tom Reed", "words": "got Tom Reed, want Tom Reed", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "300 minutes", "rule": "duration", "want": "300 minutes ±15%", "words": "got 300 minutes, want 300 minutes ±15%", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "144.0 MB, 64 kbit/s", "rule": "size", "want": "16 to 512 kbit/s", "words": "got 144.0 MB, 64 kbit/s, want 16 to 512 kbit/s", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "10 seeders", "rule": "seeders", "want": "at least 1", "words": "got 10 seeders, want at least 1", "weight": 0.6098681622198213, "verdict": "accepted", "temporary": false}, {"got": "4 unsatisfied torrents of 100, ratio 4.2, 4.194 after 0.15 GiB more", "rule": "standing", "want": "fewer than 93 unsatisfied, and a ratio of 1 unless freeleech", "words": "got 4 unsatisfied torrents of 100, ratio 4.2, 4.194 after 0.15 GiB more, want fewer than 93 unsatisfied, and a ratio of 1 unless freeleech", "weight": 1.0, "verdict": "accepted", "temporary": true}, {"got": "22.79 GiB free", "rule": "free disk", "want": "5.15 GiB", "words": "got 22.79 GiB free, want 5.15 GiB", "weight": 1.0, "verdict": "accepted", "temporary": true}]', true, '2026-11-29 23:35:38.135442+00', '{"free": false, "ratio": 4.2, "wedge": false, "kept_free": 7, "min_ratio": 1.0, "paid_bytes": 158400000, "slots_left": 89, "ratio_after": 4.193813224000096, "unsatisfied": 4, "buffer_bytes": 343597383680, "reserved_bytes": 0, "reserved_slots": 0, "standing_read_at": "2026-11-29T23:35:30.841304Z", "unsatisfied_limit": 100}'),
	('b07fd6bf-cb65-4e77-b81f-fdb29baecc73', '48aa48ee-7685-45f7-a4f4-35ff62d8e2ec', 'MAM', '900003', '{"id": "900003", "vip": false, "asin": null, "isbn": null, "tags": "", "files": 1, "flags": [], "title": "Ozma of Oz", "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "indexer": "MAM", "seeders": 10, "abridged": null, "category": "Audiobooks - Fantasy", "filetype": "m4b", "is_audio": true, "language": "ENG", "leechers": 0, "snatches": 50, "freeleech": false, "narrators": ["Tom Reed"], "vip_until": null, "size_bytes": 144000000, "structured": true, "category_id": 41, "bitrate_kbps": 64, "indexer_name": "MyAnonamouse", "published_at": "2026-11-28T12:03:10Z", "snatched_before": false, "duration_minutes": 300, "new_category_ids": [13], "sampling_rate_hz": 44100, "download_reference": "900003", "personal_freeleech": false}', 'rejected', 0, '[{"got": "“Ozma of Oz” (62 % similar)", "rule": "same work", "want": "“The Road to Oz”", "words": "got “Ozma of Oz” (62 % similar), want “The Road to Oz”", "weight": -1.0, "verdict": "rejected", "temporary": false}, {"got": "the release grabbed for “Ozma of Oz”", "rule": "taken", "want": "a release that no other download has", "words": "got the release grabbed for “Ozma of Oz”, want a release that no other download has", "weight": -1.0, "verdict": "rejected", "temporary": false}, {"got": "300 minutes", "rule": "duration", "want": "300 minutes ±15%", "words": "got 300 minutes, want 300 minutes ±15%", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "144.0 MB, 64 kbit/s", "rule": "size", "want": "16 to 512 kbit/s", "words": "got 144.0 MB, 64 kbit/s, want 16 to 512 kbit/s", "weight": 1.0, "verdict": "accepted", "temporary": false}, {"got": "10 seeders", "rule": "seeders", "want": "at least 1", "words": "got 10 seeders, want at least 1", "weight": 0.6098681622198213, "verdict": "accepted", "temporary": false}]', false, '2026-11-29 23:35:40.876369+00', NULL);
INSERT INTO downloads.downloads (id, missing_book_id, title, priority, wanted, status, waiting_for, source, choice_id, chosen_at, grabbed_at, by_person, release, release_id, info_hash, client_state, state_since, progress, progressed_at, size_bytes, content_path, completed_at, transit_failures, offer_failures, error, error_type, last_attempt_at, next_retry_at, searched_at, library_path, book_id, created_at, updated_at, lost_at, priority_by_person, most_retries, put_off_times, described_at, delayed_until, delayed_release, pack_lead_id, pack_files, replaces, replaces_book_id, awaits_move, page_asked_at, other_hash, conversion, rechecked_at, awaits_files, last_search, last_search_at) VALUES
	('48aa48ee-7685-45f7-a4f4-35ff62d8e2ec', '1444f5c9-e721-40f1-94d1-5eeac953e7c7', 'The Road to Oz', 64, '{"id": "1444f5c9-e721-40f1-94d1-5eeac953e7c7", "asin": "B0OZ000005", "isbn": null, "title": "The Road to Oz", "reason": "series_gap", "series": "Oz", "source": "AUDIBLE, HARDCOVER", "status": "identified", "authors": ["L. Frank Baum"], "book_id": null, "evidence": [{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 5", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000005", "weight": 0.5}], "language": "English", "priority": 64, "sequence": "5", "subtitle": null, "author_id": "2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa", "narrators": ["Tom Reed"], "series_id": "70e8eac5-86e4-4ccd-a484-a98501c7ab00", "updated_at": "2026-11-29T23:35:34.336553Z", "other_titles": [], "release_date": "1904-07-05", "release_year": null, "auto_download": true, "identified_at": "2026-11-29T23:35:34.336553Z", "other_authors": [], "published_year": 1904, "duration_choices": [300], "duration_minutes": 300}', 'failed', NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 0, 1, 'none of 1 releases is acceptable; the best, “Ozma of Oz”: same work: got “Ozma of Oz” (62 % similar), want “The Road to Oz”; taken: got the release grabbed for “Ozma of Oz”, want a release that no other download has', 'NO_RELEASE', '2026-11-29 23:35:38.480431+00', '2026-11-30 23:35:40.876369+00', '2026-11-29 23:35:40.876369+00', NULL, NULL, '2026-11-29 23:35:36.70538+00', '2026-11-29 23:35:40.803656+00', NULL, false, NULL, 0, NULL, NULL, NULL, NULL, '[]', NULL, NULL, false, NULL, NULL, NULL, NULL, false, '1 releases found (1 rejected)', '2026-11-29 23:35:40.876369+00'),
	('774915bb-4f84-45a3-baf0-a3f22488d886', '462d15ef-ff98-4ce6-82df-663097c7faad', 'Dorothy and the Wizard in Oz', 64, '{"id": "462d15ef-ff98-4ce6-82df-663097c7faad", "asin": "B0OZ000004", "isbn": null, "title": "Dorothy and the Wizard in Oz", "reason": "series_gap", "series": "Oz", "source": "AUDIBLE, HARDCOVER", "status": "identified", "authors": ["L. Frank Baum"], "book_id": null, "evidence": [{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 4", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000004", "weight": 0.5}], "language": "English", "priority": 64, "sequence": "4", "subtitle": null, "author_id": "2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa", "narrators": ["Tom Reed"], "series_id": "70e8eac5-86e4-4ccd-a484-a98501c7ab00", "updated_at": "2026-11-29T23:35:34.336553Z", "other_titles": [], "release_date": "1904-07-05", "release_year": null, "auto_download": true, "identified_at": "2026-11-29T23:35:34.336553Z", "other_authors": [], "published_year": 1904, "duration_choices": [300], "duration_minutes": 300}', 'imported', NULL, 'PROWLARR', 'e0c4120c-6e7b-4f01-9fbc-f4bdd98bee6c', '2026-11-29 23:35:39.104702+00', '2026-11-29 23:35:40.490308+00', false, '{"id": "1:65e68b01021e13f29089f792fb8c51ad", "vip": false, "asin": null, "isbn": null, "tags": "", "files": 1, "flags": [], "title": "Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]", "series": [], "authors": [], "indexer": "PROWLARR", "seeders": 10, "abridged": null, "category": "3030", "filetype": null, "is_audio": null, "language": null, "leechers": 0, "snatches": 50, "freeleech": false, "narrators": [], "vip_until": null, "size_bytes": 144000000, "structured": false, "category_id": null, "bitrate_kbps": null, "indexer_name": "AudioTracker", "published_at": "2025-06-01T12:00:00Z", "snatched_before": false, "duration_minutes": null, "new_category_ids": [], "sampling_rate_hz": null, "download_reference": "/1/download?link=b2ZmZXI6OTAwMDA0&file=Dorothy+and+the+Wizard+in+Oz+by+L.+Frank+Baum+%5BENG+%2F+M4B%5D", "personal_freeleech": false}', '1:65e68b01021e13f29089f792fb8c51ad', '66d593095e6e0fcac1a62cca4c4123f44e7ce2f8', 'stalledUP', '2026-11-29 23:35:42.065352+00', 1, '2026-11-29 23:35:42.065352+00', 8717, '/srv/gapless/sandbox/downloads/66d593095e6e0fcac1a62cca4c4123f44e7ce2f8/Dorothy and the Wizard in Oz.m4b', '2026-11-29 23:35:42.238877+00', 0, 0, NULL, NULL, '2026-11-29 23:35:42.527194+00', NULL, '2026-11-29 23:35:39.104702+00', 'L. Frank Baum/Oz/04 - Dorothy and the Wizard in Oz', '63bbeba3-a9f7-4920-9657-4f04eeffccac', '2026-11-29 23:35:36.70538+00', '2026-11-29 23:35:46.816147+00', NULL, false, NULL, 0, '2026-11-29 23:35:46.825137+00', NULL, NULL, NULL, '[]', NULL, NULL, false, NULL, NULL, NULL, NULL, false, '2 releases found (1 accepted, 1 rejected)', '2026-11-29 23:35:39.104702+00'),
	('08067549-3451-45f0-b5f7-fa209e64cfc7', 'e6a6e69e-840b-4b96-9de2-d4b1764fdab1', 'Ozma of Oz', 64, '{"id": "e6a6e69e-840b-4b96-9de2-d4b1764fdab1", "asin": "B0OZ000003", "isbn": null, "title": "Ozma of Oz", "reason": "series_gap", "series": "Oz", "source": "AUDIBLE, HARDCOVER", "status": "identified", "authors": ["L. Frank Baum"], "book_id": null, "evidence": [{"rule": "not owned", "words": "no book in the library is this work", "weight": 1.0}, {"rule": "place", "words": "its place in the series is 3", "weight": 0.5}, {"rule": "confidence", "words": "confidence 0.95 of 1", "weight": 0.95}, {"rule": "audio edition", "words": "AUDIBLE lists an audiobook, ASIN B0OZ000003", "weight": 0.5}], "language": "English", "priority": 64, "sequence": "3", "subtitle": null, "author_id": "2eeb08d8-0a66-4e72-aefa-9a8aa28afcfa", "narrators": ["Tom Reed"], "series_id": "70e8eac5-86e4-4ccd-a484-a98501c7ab00", "updated_at": "2026-11-29T23:35:34.336553Z", "other_titles": [], "release_date": "1904-07-05", "release_year": null, "auto_download": true, "identified_at": "2026-11-29T23:35:34.336553Z", "other_authors": [], "published_year": 1904, "duration_choices": [300], "duration_minutes": 300}', 'imported', NULL, 'MAM', '05312898-8f35-4777-bfb2-92343a3faa43', '2026-11-29 23:35:38.135442+00', '2026-11-29 23:35:39.684526+00', false, '{"id": "900003", "vip": false, "asin": null, "isbn": null, "tags": "", "files": 1, "flags": [], "title": "Ozma of Oz", "series": [{"name": "Oz", "sequence": "3"}], "authors": ["L. Frank Baum"], "indexer": "MAM", "seeders": 10, "abridged": null, "category": "Audiobooks - Fantasy", "filetype": "m4b", "is_audio": true, "language": "ENG", "leechers": 0, "snatches": 50, "freeleech": false, "narrators": ["Tom Reed"], "vip_until": null, "size_bytes": 144000000, "structured": true, "category_id": 41, "bitrate_kbps": 64, "indexer_name": "MyAnonamouse", "published_at": "2026-11-28T12:03:10Z", "snatched_before": false, "duration_minutes": 300, "new_category_ids": [13], "sampling_rate_hz": 44100, "download_reference": "900003", "personal_freeleech": false}', '900003', '46eda8256ace56673a60d5006e79b0c4cde3dfed', 'stalledUP', '2026-11-29 23:35:42.065352+00', 1, '2026-11-29 23:35:42.065352+00', 8652, '/srv/gapless/sandbox/downloads/46eda8256ace56673a60d5006e79b0c4cde3dfed/Ozma of Oz.m4b', '2026-11-29 23:35:42.380271+00', 0, 0, NULL, NULL, '2026-11-29 23:35:42.763108+00', NULL, '2026-11-29 23:35:38.135442+00', 'L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}', 'f6a0eb3a-7670-4b52-bd8e-efdce28666cf', '2026-11-29 23:35:36.70538+00', '2026-11-29 23:35:47.468793+00', NULL, false, NULL, 0, '2026-11-29 23:35:47.526788+00', NULL, NULL, NULL, '[]', NULL, NULL, false, NULL, NULL, NULL, NULL, false, '1 releases found (1 accepted)', '2026-11-29 23:35:38.135442+00');
INSERT INTO downloads.failed_attempts (id, task, item, release_id, error_type, reason, first_attempt_at, last_attempt_at, count, permanent, hidden_at) VALUES
	('4495e0fc-b4a3-4dae-9e76-cc7d68fe4321', 'search', '1444f5c9-e721-40f1-94d1-5eeac953e7c7', '', 'NO_RELEASE', 'none of 1 releases is acceptable; the best, “Ozma of Oz”: same work: got “Ozma of Oz” (62 % similar), want “The Road to Oz”; taken: got the release grabbed for “Ozma of Oz”, want a release that no other download has', '2026-11-29 23:35:40.876369+00', '2026-11-29 23:35:40.876369+00', 1, false, NULL);
INSERT INTO downloads.failed_messages (consumer, message_id, subject, body, error, attempts, final, first_failed_at, last_failed_at) VALUES
	('text', 'text', 'text', 'text', 'text', 1, false, '2026-11-29 23:35:59.486438+00', '2026-11-29 23:35:59.486438+00');
INSERT INTO downloads.given_torrents (info_hash, content, given_at) VALUES
	('text', '\x6279746573', '2026-03-01 12:00:00+00');
INSERT INTO downloads.history (id, download_id, first_at, last_at, times, kind, words, details) OVERRIDING SYSTEM VALUE VALUES
	(1, '48aa48ee-7685-45f7-a4f4-35ff62d8e2ec', '2026-11-29 23:35:36.735036+00', '2026-11-29 23:35:36.735036+00', 1, 'queued', 'queued, because the book is missing', '{}'),
	(2, '774915bb-4f84-45a3-baf0-a3f22488d886', '2026-11-29 23:35:36.735036+00', '2026-11-29 23:35:36.735036+00', 1, 'queued', 'queued, because the book is missing', '{}'),
	(3, '08067549-3451-45f0-b5f7-fa209e64cfc7', '2026-11-29 23:35:36.735036+00', '2026-11-29 23:35:36.735036+00', 1, 'queued', 'queued, because the book is missing', '{}'),
	(4, '08067549-3451-45f0-b5f7-fa209e64cfc7', '2026-11-29 23:35:38.114867+00', '2026-11-29 23:35:38.114867+00', 1, 'searched', 'searched: 1 releases found (1 accepted)', '{}'),
	(5, '08067549-3451-45f0-b5f7-fa209e64cfc7', '2026-11-29 23:35:38.114867+00', '2026-11-29 23:35:38.114867+00', 1, 'chosen', '“Ozma of Oz” from MyAnonamouse was chosen by the rules: title “Ozma of Oz”, by L. Frank Baum, place 3 of Oz; read by Tom Reed, like the best known edition, 300 minutes, like an edition of 300', '{"release_id": "900003"}'),
	(6, '774915bb-4f84-45a3-baf0-a3f22488d886', '2026-11-29 23:35:39.064009+00', '2026-11-29 23:35:39.064009+00', 1, 'searched', 'searched: 2 releases found (1 accepted, 1 rejected)', '{}'),
	(7, '774915bb-4f84-45a3-baf0-a3f22488d886', '2026-11-29 23:35:39.064009+00', '2026-11-29 23:35:39.064009+00', 1, 'chosen', '“Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]” from AudioTracker was chosen by the rules: title “Dorothy and the Wizard in Oz”, by L. Frank Baum', '{"release_id": "1:65e68b01021e13f29089f792fb8c51ad"}'),
	(8, '08067549-3451-45f0-b5f7-fa209e64cfc7', '2026-11-29 23:35:39.629498+00', '2026-11-29 23:35:39.629498+00', 1, 'grabbed', 'the torrent was added to the download client', '{"info_hash": "46eda8256ace56673a60d5006e79b0c4cde3dfed"}'),
	(9, '774915bb-4f84-45a3-baf0-a3f22488d886', '2026-11-29 23:35:40.35603+00', '2026-11-29 23:35:40.35603+00', 1, 'grabbed', 'the torrent was added to the download client', '{"info_hash": "66d593095e6e0fcac1a62cca4c4123f44e7ce2f8"}'),
	(10, '48aa48ee-7685-45f7-a4f4-35ff62d8e2ec', '2026-11-29 23:35:40.803656+00', '2026-11-29 23:35:40.803656+00', 1, 'searched', 'searched: 1 releases found (1 rejected)', '{}'),
	(11, '48aa48ee-7685-45f7-a4f4-35ff62d8e2ec', '2026-11-29 23:35:40.803656+00', '2026-11-29 23:35:40.803656+00', 1, 'failed', 'none of 1 releases is acceptable; the best, “Ozma of Oz”: same work: got “Ozma of Oz” (62 % similar), want “The Road to Oz”; taken: got the release grabbed for “Ozma of Oz”, want a release that no other download has', '{"error_type": "NO_RELEASE"}'),
	(12, '774915bb-4f84-45a3-baf0-a3f22488d886', '2026-11-29 23:35:42.230088+00', '2026-11-29 23:35:42.230088+00', 1, 'transferred', 'all files are downloaded', '{}'),
	(13, '08067549-3451-45f0-b5f7-fa209e64cfc7', '2026-11-29 23:35:42.352828+00', '2026-11-29 23:35:42.352828+00', 1, 'transferred', 'all files are downloaded', '{}'),
	(14, '774915bb-4f84-45a3-baf0-a3f22488d886', '2026-11-29 23:35:44.567551+00', '2026-11-29 23:35:44.567551+00', 1, 'imported', 'verified, and placed in the library folder at L. Frank Baum/Oz/04 - Dorothy and the Wizard in Oz: 1 file as a hard link', '{"hardlink": 1}'),
	(15, '08067549-3451-45f0-b5f7-fa209e64cfc7', '2026-11-29 23:35:44.942427+00', '2026-11-29 23:35:44.942427+00', 1, 'imported', 'verified, and placed in the library folder at L. Frank Baum/Oz/03 - Ozma of Oz {Tom Reed}: 1 file as a hard link', '{"hardlink": 1}'),
	(16, '774915bb-4f84-45a3-baf0-a3f22488d886', '2026-11-29 23:35:46.374897+00', '2026-11-29 23:35:46.374897+00', 1, 'confirmed', 'the library shows the book', '{"book_id": "63bbeba3-a9f7-4920-9657-4f04eeffccac"}'),
	(17, '08067549-3451-45f0-b5f7-fa209e64cfc7', '2026-11-29 23:35:47.01112+00', '2026-11-29 23:35:47.01112+00', 1, 'confirmed', 'the library shows the book', '{"book_id": "f6a0eb3a-7670-4b52-bd8e-efdce28666cf"}');
INSERT INTO downloads.import_questions (id, download_id, choice_id, kind, title, authors, reasons, choices, asked_at, answer, answered_at, answered_by, path) VALUES
	('635ed2f2-61be-4259-858d-2cc6d14e6efa', NULL, NULL, 'text', 'text', '{}', '{}', '{}', '2026-03-01 12:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO downloads.inbox (consumer, message_id, handled_at) VALUES
	('downloader-evt-library-missing_book_identified', '798e247b-f3ec-4978-815d-c25fe427ba13', '2026-11-29 23:35:34.954767+00'),
	('downloader-evt-library-missing_book_identified', 'a7afd5ab-fd19-49e5-ba31-935401421473', '2026-11-29 23:35:34.935197+00'),
	('downloader-evt-library-missing_book_identified', '63afaa4d-ea0a-422c-9e33-7dfea01d2e58', '2026-11-29 23:35:35.055282+00'),
	('downloader-cmd-downloads-search_wanted', '66cdaed0-2f5d-4f06-be1c-aa6506a2488d', '2026-11-29 23:35:36.769237+00'),
	('downloader-cmd-downloads-search_for_download', 'e18a3ce1-33bb-413b-a27a-b4b2e8cd9308', '2026-11-29 23:35:38.114867+00'),
	('downloader-cmd-downloads-search_for_download', 'efb8e93b-a0bd-4f90-8f60-d73757e27e81', '2026-11-29 23:35:39.064009+00'),
	('downloader-cmd-downloads-search_for_download', 'ad7754dc-779d-4a8a-91dd-7318f060217a', '2026-11-29 23:35:40.803656+00');
INSERT INTO downloads.offers (indexer, release_id, release, seen_at) VALUES
	('text', 'text', '{}', '2026-03-01 12:00:00+00');
INSERT INTO downloads.outbox (id, message_id, subject, payload, headers, created_at, available_at, attempts) OVERRIDING SYSTEM VALUE VALUES
	(1, '7949c2e4-1e20-43c8-b565-c7059e15a1ad', 'cmd.downloads.search_wanted', '{"run_id":null,"missing_book_ids":["e6a6e69e-840b-4b96-9de2-d4b1764fdab1"],"dry_run":false}', '{"Gapless-Cause": "a7afd5ab-fd19-49e5-ba31-935401421473"}', '2026-11-29 23:35:34.935197+00', '2026-11-29 23:40:34.984372+00', 0),
	(2, '5f2f6c94-b862-4026-a2da-b21227a5ec9b', 'cmd.downloads.search_wanted', '{"run_id":null,"missing_book_ids":["462d15ef-ff98-4ce6-82df-663097c7faad"],"dry_run":false}', '{"Gapless-Cause": "798e247b-f3ec-4978-815d-c25fe427ba13"}', '2026-11-29 23:35:34.954767+00', '2026-11-29 23:40:34.995322+00', 0),
	(3, '553858ff-a7f2-4a57-a394-07cd5e31c539', 'cmd.downloads.search_wanted', '{"run_id":null,"missing_book_ids":["1444f5c9-e721-40f1-94d1-5eeac953e7c7"],"dry_run":false}', '{"Gapless-Cause": "63afaa4d-ea0a-422c-9e33-7dfea01d2e58"}', '2026-11-29 23:35:35.055282+00', '2026-11-29 23:40:35.068822+00', 0);
INSERT INTO downloads.pack_books (indexer, release_id, item, filled, reason, stored_at) VALUES
	('text', 'text', 'text', true, 'text', '2026-03-01 12:00:00+00');
INSERT INTO downloads.profile_assignments (scope, target_id, name, folded_name, profile_id) VALUES
	('text', '5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10', 'text', 'text', '4711c0d7-c9b3-4ab1-8616-4b2dd519fecd');
INSERT INTO downloads.quality_profiles (id, name, is_default, rules, created_at, updated_at) VALUES
	('4711c0d7-c9b3-4ab1-8616-4b2dd519fecd', 'Default', true, '{}', '2026-11-29 23:35:15.255101+00', '2026-11-29 23:35:15.255101+00'),
	('9dcd2acc-fa8b-4dfa-8b80-70a6ebcc3fc5', 'Patient', false, '{"delay_hours": 24.0}', '2026-11-29 23:35:52.54805+00', '2026-11-29 23:35:52.54805+00');
INSERT INTO downloads.refused_logins (address, credentials, words, refused_at) VALUES
	('text', 'text', 'text', '2026-03-01 12:00:00+00');
INSERT INTO downloads.run_items (run_id, item, succeeded, words) VALUES
	('e1e0cf50-de66-4fa6-bfab-2178df8a95e5', '08067549-3451-45f0-b5f7-fa209e64cfc7', true, NULL),
	('e1e0cf50-de66-4fa6-bfab-2178df8a95e5', '774915bb-4f84-45a3-baf0-a3f22488d886', true, NULL),
	('e1e0cf50-de66-4fa6-bfab-2178df8a95e5', '48aa48ee-7685-45f7-a4f4-35ff62d8e2ec', true, 'The Road to Oz: none of 1 releases is acceptable; the best, “Ozma of Oz”: same work: got “Ozma of Oz” (62 % similar), want “The Road to Oz”; taken: got the release grabbed for “Ozma of Oz”, want a release that no other download has');
INSERT INTO downloads.run_ledgers (run_id, expected, processed, succeeded, failed, started_at, finished_at) VALUES
	('e1e0cf50-de66-4fa6-bfab-2178df8a95e5', 3, 3, 3, 0, '2026-11-29 23:35:36.769237+00', '2026-11-29 23:35:40.803656+00');
INSERT INTO downloads.seeding (info_hash, download_id, title, release_title, indexer, release_id, size_bytes, grabbed_at, state, safe_to_remove, completed_at, checked_at, seeded_seconds, seeded_in_client, listed_seconds, listed_at, ratio, uploaded_bytes, stopped_at, warned_at, ended_at) VALUES
	('46eda8256ace56673a60d5006e79b0c4cde3dfed', '08067549-3451-45f0-b5f7-fa209e64cfc7', 'Ozma of Oz', 'Ozma of Oz', 'MAM', '900003', 8652, '2026-11-29 23:35:39.651177+00', 'downloading', false, NULL, NULL, 0, 0, NULL, NULL, 0, 0, NULL, NULL, NULL),
	('66d593095e6e0fcac1a62cca4c4123f44e7ce2f8', '774915bb-4f84-45a3-baf0-a3f22488d886', 'Dorothy and the Wizard in Oz', 'Dorothy and the Wizard in Oz by L. Frank Baum [ENG / M4B]', 'PROWLARR', '1:65e68b01021e13f29089f792fb8c51ad', 8717, '2026-11-29 23:35:40.432784+00', 'downloading', false, NULL, NULL, 0, 0, NULL, NULL, 0, 0, NULL, NULL, NULL);
INSERT INTO downloads.stored_settings (only_row, version, plain, sealed) VALUES
	(true, 0, '{}', '{}');
INSERT INTO downloads.watched_folders (path, proposed_at) VALUES
	('text', '2026-03-01 12:00:00+00');
SELECT pg_catalog.setval('downloads.history_id_seq', 17, true);
SELECT pg_catalog.setval('downloads.outbox_id_seq', 49, true);
ALTER TABLE ONLY downloads.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY downloads.begun_deliveries
    ADD CONSTRAINT pk_begun_deliveries PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY downloads.blocklist
    ADD CONSTRAINT pk_blocklist PRIMARY KEY (id);
ALTER TABLE ONLY downloads.candidates
    ADD CONSTRAINT pk_candidates PRIMARY KEY (id);
ALTER TABLE ONLY downloads.downloads
    ADD CONSTRAINT pk_downloads PRIMARY KEY (id);
ALTER TABLE ONLY downloads.failed_attempts
    ADD CONSTRAINT pk_failed_attempts PRIMARY KEY (id);
ALTER TABLE ONLY downloads.failed_messages
    ADD CONSTRAINT pk_failed_messages PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY downloads.given_torrents
    ADD CONSTRAINT pk_given_torrents PRIMARY KEY (info_hash);
ALTER TABLE ONLY downloads.history
    ADD CONSTRAINT pk_history PRIMARY KEY (id);
ALTER TABLE ONLY downloads.import_questions
    ADD CONSTRAINT pk_import_questions PRIMARY KEY (id);
ALTER TABLE ONLY downloads.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (consumer, message_id);
ALTER TABLE ONLY downloads.offers
    ADD CONSTRAINT pk_offers PRIMARY KEY (indexer, release_id);
ALTER TABLE ONLY downloads.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY downloads.pack_books
    ADD CONSTRAINT pk_pack_books PRIMARY KEY (indexer, release_id, item);
ALTER TABLE ONLY downloads.profile_assignments
    ADD CONSTRAINT pk_profile_assignments PRIMARY KEY (scope, target_id);
ALTER TABLE ONLY downloads.quality_profiles
    ADD CONSTRAINT pk_quality_profiles PRIMARY KEY (id);
ALTER TABLE ONLY downloads.refused_logins
    ADD CONSTRAINT pk_refused_logins PRIMARY KEY (address);
ALTER TABLE ONLY downloads.run_items
    ADD CONSTRAINT pk_run_items PRIMARY KEY (run_id, item);
ALTER TABLE ONLY downloads.run_ledgers
    ADD CONSTRAINT pk_run_ledgers PRIMARY KEY (run_id);
ALTER TABLE ONLY downloads.seeding
    ADD CONSTRAINT pk_seeding PRIMARY KEY (info_hash);
ALTER TABLE ONLY downloads.stored_settings
    ADD CONSTRAINT pk_stored_settings PRIMARY KEY (only_row);
ALTER TABLE ONLY downloads.watched_folders
    ADD CONSTRAINT pk_watched_folders PRIMARY KEY (path);
ALTER TABLE ONLY downloads.blocklist
    ADD CONSTRAINT uq_blocklist_indexer_release_id UNIQUE (indexer, release_id);
ALTER TABLE ONLY downloads.candidates
    ADD CONSTRAINT uq_candidates_download_id_indexer_release_id UNIQUE (download_id, indexer, release_id);
ALTER TABLE ONLY downloads.failed_attempts
    ADD CONSTRAINT uq_failed_attempts_item_task_release_id_error_type UNIQUE (item, task, release_id, error_type);
ALTER TABLE ONLY downloads.quality_profiles
    ADD CONSTRAINT uq_quality_profiles_name UNIQUE (name);
CREATE INDEX ix_candidates_indexer_release_id ON downloads.candidates USING btree (indexer, release_id);
CREATE INDEX ix_candidates_indexer_release_id_grabbed ON downloads.candidates USING btree (indexer, release_id) WHERE grabbed;
CREATE INDEX ix_downloads_awaits_move ON downloads.downloads USING btree (updated_at) WHERE awaits_move;
CREATE INDEX ix_downloads_book_id ON downloads.downloads USING btree (book_id);
CREATE INDEX ix_downloads_created_at ON downloads.downloads USING btree (created_at);
CREATE INDEX ix_downloads_missing_book_id ON downloads.downloads USING btree (missing_book_id);
CREATE INDEX ix_downloads_other_hash ON downloads.downloads USING btree (other_hash) WHERE (other_hash IS NOT NULL);
CREATE INDEX ix_downloads_pack_info_hash ON downloads.downloads USING btree (info_hash) WHERE (pack_lead_id IS NOT NULL);
CREATE INDEX ix_downloads_page_asked_at ON downloads.downloads USING btree (page_asked_at) WHERE (page_asked_at IS NOT NULL);
CREATE INDEX ix_downloads_source_release_id ON downloads.downloads USING btree (source, release_id);
CREATE INDEX ix_downloads_status_next_retry_at ON downloads.downloads USING btree (status, next_retry_at);
CREATE INDEX ix_downloads_undescribed ON downloads.downloads USING btree (updated_at) WHERE ((status = 'imported'::text) AND (described_at IS NULL));
CREATE INDEX ix_history_download_id_kind_id ON downloads.history USING btree (download_id, kind, id);
CREATE INDEX ix_import_questions_download_id ON downloads.import_questions USING btree (download_id);
CREATE INDEX ix_offers_seen_at ON downloads.offers USING btree (seen_at);
CREATE INDEX ix_outbox_available_at_id ON downloads.outbox USING btree (available_at, id);
CREATE INDEX ix_profile_assignments_profile_id ON downloads.profile_assignments USING btree (profile_id);
CREATE INDEX ix_seeding_open ON downloads.seeding USING btree (info_hash) WHERE (ended_at IS NULL);
CREATE INDEX ix_seeding_safe_to_remove_grabbed_at ON downloads.seeding USING btree (safe_to_remove, grabbed_at DESC);
CREATE UNIQUE INDEX uq_downloads_info_hash ON downloads.downloads USING btree (info_hash) WHERE ((status <> ALL (ARRAY['failed'::text, 'abandoned'::text, 'cancelled'::text, 'imported'::text])) AND ((pack_lead_id IS NULL) OR (pack_lead_id = id)));
CREATE UNIQUE INDEX uq_downloads_missing_book_id ON downloads.downloads USING btree (missing_book_id) WHERE (status <> 'cancelled'::text);
CREATE UNIQUE INDEX uq_downloads_replaces_book_id ON downloads.downloads USING btree (replaces_book_id) WHERE (replaces_book_id IS NOT NULL);
CREATE UNIQUE INDEX uq_import_questions_open ON downloads.import_questions USING btree (download_id) WHERE (answer IS NULL);
CREATE UNIQUE INDEX uq_quality_profiles_is_default ON downloads.quality_profiles USING btree (is_default) WHERE is_default;
CREATE TRIGGER outbox_told AFTER INSERT ON downloads.outbox FOR EACH STATEMENT EXECUTE FUNCTION downloads.tell_outbox();
ALTER TABLE ONLY downloads.candidates
    ADD CONSTRAINT fk_candidates_download_id FOREIGN KEY (download_id) REFERENCES downloads.downloads(id) ON DELETE CASCADE;
ALTER TABLE ONLY downloads.history
    ADD CONSTRAINT fk_history_download_id FOREIGN KEY (download_id) REFERENCES downloads.downloads(id) ON DELETE CASCADE;
ALTER TABLE ONLY downloads.import_questions
    ADD CONSTRAINT fk_import_questions_download_id_downloads FOREIGN KEY (download_id) REFERENCES downloads.downloads(id) ON DELETE CASCADE;
ALTER TABLE ONLY downloads.profile_assignments
    ADD CONSTRAINT fk_profile_assignments_profile_id FOREIGN KEY (profile_id) REFERENCES downloads.quality_profiles(id) ON DELETE CASCADE;
