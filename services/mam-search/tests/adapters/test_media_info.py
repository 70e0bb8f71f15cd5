"""Playing time, bitrate and sampling rate are parsed in every format that MediaInfo uses."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mam_search.adapters.mam.media_info import bits_per_second, hertz, media_info, seconds
from mam_search.adapters.mam.search_rows import release_of
from mam_search.adapters.mam.unread_values import MAX_FORMATS, UnreadValues
from sandbox.mam.media_info import TIMES
from sandbox.testing import a_world, an_offer
from shared.contracts.mam.releases import Release
from shared.contracts.mam.search import MamSearch
from structlog.testing import capture_logs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11:04:09", 39_849),
        ("0:01:00", 60),
        ("39:12", 2_352),
        ("1:02:03.500", 3_723.5),
        ("11 h 4 min", 39_840),
        ("11h 4mn", 39_840),
        ("11 hours 4 minutes", 39_840),
        ("39 min", 2_340),
        ("48 min 12 s", 2_892),
        ("5 s 200 ms", 5.2),
        ("200 ms", 0.2),
        ("1 d 2 h", 93_600),
        ("39849", 39_849),
        ("39849.123", 39_849.123),
        ("39849,5", 39_849.5),
        ("39849123", 39_849.123),
        ("", None),
        ("0:00:00", None),
        ("-1:00:00", None),
        ("999999:00:00", None),
        ("half a day", None),
        ("11 h of it", None),
        ("٣ min", None),
    ],
)
def test_a_playing_time_is_parsed_in_every_format(text: str, expected: float | None) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("64000", 64_000),
        ("64", 64_000),
        ("64.0 kb/s", 64_000),
        ("128 Kbps", 128_000),
        ("1 411 kb/s", 1_411_000),
        ("1,411 kb/s", 1_411_000),
        ("1.5 Mb/s", 1_500_000),
        ("64000 bps", 64_000),
        ("0", None),
        ("fast", None),
    ],
)
def test_a_bitrate_is_parsed_in_every_format(text: str, expected: int | None) -> None:
    assert bits_per_second(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("44100", 44_100),
        ("44.1 kHz", 44_100),
        ("44 100 Hz", 44_100),
        ("44.1 kHz / 22.05 kHz", 44_100),
        ("44100 / 22050", 44_100),
        ("high", None),
    ],
)
def test_a_sampling_rate_is_parsed_in_every_format(text: str, expected: int | None) -> None:
    assert hertz(text) == expected


@pytest.mark.parametrize("offer_id", range(901, 901 + len(TIMES)))
async def test_the_playing_time_of_an_offer_is_parsed_in_each_format_that_the_site_sends(
    offer_id: int, a_tracker_of: Any
) -> None:
    world = a_world(offers=[an_offer(id=str(offer_id)).model_dump()])
    page = await a_tracker_of(world).replica().search(MamSearch(text="marvelous land oz baum"))
    (found,) = page.releases
    assert found.duration_minutes == round(sum(each.duration_minutes or 0 for each in world.offers[0].files))
    assert found.sampling_rate_hz == 44_100
    assert found.bitrate_kbps is not None


def read(mediainfo: Any, **changes: Any) -> Release:
    row = {"id": 7, "title": "Ozma of Oz", "size": "230.5 MiB", "main_cat": 13, "mediainfo": mediainfo}
    found = release_of(row | changes, lambda _field, _value: None)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "mediainfo",
    [
        '{"General": {"Duration": "0:39:00"}}',
        {"General": {"Duration": 2340}},
        json.dumps('{"General": {"Duration": "39 min"}}'),
        '{"General": {}, "Audio1": {"Duration": "2340.0"}}',
    ],
)
def test_media_info_may_be_json_or_json_inside_a_string(mediainfo: Any) -> None:
    assert read(mediainfo).duration_minutes == 39


@pytest.mark.parametrize(
    "mediainfo", ["", "[]", "{", "null", "5", '{"General": []}', '{"General": {"Duration": null}}']
)
def test_media_info_without_a_duration_gives_no_playing_time(mediainfo: str) -> None:
    assert read(mediainfo).duration_minutes is None


def test_the_time_of_one_file_is_not_used_as_the_time_of_all_files() -> None:
    of_one_file = {"General": {"Duration": "0:30:00"}, "Audio1": {"BitRate": "64 kb/s"}}
    assert read(of_one_file, numfiles=16).duration_minutes is None
    assert read(of_one_file, numfiles=1).duration_minutes == 30
    of_all = {"General": {"Duration": "8:23:00"}, "Audio1": {"BitRate": "64 kb/s"}}
    assert read(of_all, numfiles=16).duration_minutes == 503


def test_a_format_that_cannot_be_parsed_is_logged_once() -> None:
    unread = UnreadValues()
    with capture_logs() as logs:
        for fortnights in (3, 12, 3):
            media_info(json.dumps({"General": {"Duration": f"{fortnights} fortnights"}}), unread.report)
        media_info(json.dumps({"Audio1": {"BitRate": "fast"}}), unread.report)
        media_info("{", unread.report)
    assert [(each["field"], each["value"]) for each in logs] == [
        ("Duration", "3 fortnights"),
        ("BitRate", "fast"),
        ("mediainfo", "{"),
    ]


def test_a_site_that_keeps_sending_new_formats_does_not_fill_the_log() -> None:
    unread = UnreadValues()
    with capture_logs() as logs:
        for number in range(MAX_FORMATS + 50):
            unread.report("Duration", "x" * (number % 60) + "y" * (number // 60))
    assert len(logs) <= MAX_FORMATS


@given(st.text(max_size=80))
def test_any_text_can_be_parsed_without_an_error(text: str) -> None:
    for parse in (seconds, bits_per_second, hertz):
        found = parse(text)
        assert found is None or found > 0
    media_info(text, lambda _field, _value: None)
    media_info(json.dumps({"General": {"Duration": text}, "Audio1": {"BitRate": text}}), lambda _field, _value: None)
