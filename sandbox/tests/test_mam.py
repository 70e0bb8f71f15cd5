import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import torf
from sandbox.testing import a_world, an_offer, client_of
from sandbox.torrent import TorrentShelf
from sandbox.world import Account, Offer

from sandbox import mam

SEARCH = "/tor/js/loadSearchJSONbasic.php"
SEED = "seed-value%3D"

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def site(*offers: Offer, account: Account | None = None, **options: Any) -> mam.Mam:
    world = a_world(offers=[each.model_dump() for each in offers], account=(account or Account()).model_dump())
    return mam.create(world, TorrentShelf("http://tracker/announce"), mam_id=SEED, **options)


async def ask(app: mam.Mam, cookie: str | None, path: str = SEARCH, **options: Any) -> httpx.Response:
    headers = {"cookie": f"mam_id={cookie}"} if cookie else {}
    async with client_of(app, headers=headers) as http:
        return await http.request(options.pop("method", "GET"), path, **options)


async def rows(app: mam.Mam, query: dict[str, str]) -> list[dict[str, Any]]:
    app.session.begin(SEED)
    answer = (await ask(app, SEED, params=query)).json()
    return list(answer.get("data", []))


async def test_each_answer_has_a_new_session_value_and_invalidates_the_old_one() -> None:
    app = site(an_offer())
    first = await ask(app, SEED)
    renewed = first.cookies["mam_id"]
    assert renewed != SEED
    again = await ask(app, SEED)
    assert again.status_code == 403
    assert again.text == "Error, you are not signed in"
    assert (await ask(app, renewed)).status_code == 200


async def test_the_answer_to_a_rejected_request_deletes_the_cookie() -> None:
    assert "mam_id=deleted" in (await ask(site(an_offer()), "wrong")).headers["set-cookie"]


async def test_only_one_of_two_concurrent_requests_is_accepted() -> None:
    app = site(an_offer())
    answers = await asyncio.gather(ask(app, SEED), ask(app, SEED))
    assert sorted(each.status_code for each in answers) == [200, 403]
    assert app.traffic.report()["requests"] == 2


async def test_the_newest_session_value_is_accepted_after_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "mam.json"
    renewed = (await ask(site(an_offer(), state_file=state), SEED)).cookies["mam_id"]
    restarted = site(an_offer(), state_file=state)
    assert (await ask(restarted, SEED)).status_code == 403
    assert (await ask(restarted, renewed)).status_code == 200


async def test_the_previous_session_value_is_accepted_if_the_rules_allow_it() -> None:
    app = site(an_offer(), rules=mam.Rules(previous_stays_valid=True))
    await ask(app, SEED)
    renewed = (await ask(app, SEED)).cookies["mam_id"]
    assert (await ask(app, renewed)).status_code == 200
    assert (await ask(app, SEED)).status_code == 403


async def test_the_first_session_value_is_accepted_if_the_rules_allow_it() -> None:
    app = site(an_offer(), rules=mam.Rules(seed_stays_valid=True))
    renewed = (await ask(app, SEED)).cookies["mam_id"]
    await ask(app, renewed)
    assert (await ask(app, SEED)).status_code == 200


async def test_a_burnt_session_stays_invalid_until_the_user_creates_a_new_one() -> None:
    app = site(an_offer())
    async with client_of(app) as control:
        await control.post("/_sandbox/outcomes", json={"kind": "session_burnt", "times": 1})
        assert (await ask(app, SEED)).status_code == 403
        assert (await ask(app, SEED)).status_code == 403
        await control.post("/_sandbox/session", json={"mam_id": "fresh"})
    assert (await ask(app, "fresh")).status_code == 200


async def test_concurrent_requests_and_gaps_are_reported() -> None:
    app = site(an_offer())
    async with client_of(app) as control:
        await control.post("/_sandbox/outcomes", json={"kind": "slow", "delay_seconds": 0.05})
        await asyncio.gather(ask(app, SEED), ask(app, SEED), ask(app, SEED))
        report = (await control.get("/_sandbox/traffic")).json()
    assert report["greatest_in_flight"] == 3
    assert len(report["gaps_seconds"]) == 2


async def test_an_apostrophe_separates_words() -> None:
    app = site(an_offer(title="The Lion's Tale"))
    assert await rows(app, {"tor[text]": "lions tale"}) == []
    assert len(await rows(app, {"tor[text]": "lion's tale"})) == 1
    assert len(await rows(app, {"tor[text]": "Lion s tale"})) == 1


async def test_words_are_only_searched_in_the_selected_fields() -> None:
    app = site(an_offer())
    assert len(await rows(app, {"tor[text]": "land baum", "tor[srchIn][title]": "true"})) == 0
    assert len(await rows(app, {"tor[text]": "land baum", "tor[srchIn][0]": "title", "tor[srchIn][1]": "author"})) == 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"tor[searchType]": "active"}, {1, 3, 4}),
        ({"tor[searchType]": "inactive"}, {2}),
        ({"tor[searchType]": "fl-VIP"}, {4}),
        ({"tor[main_cat][]": "14"}, {3}),
        ({"tor[cat][]": "0"}, {1, 2, 3, 4}),
        ({"tor[cat][]": "47"}, {4}),
        ({"tor[browse_lang][0]": "37"}, {2}),
        ({"tor[minSeeders]": "50"}, {4}),
        ({"tor[startDate]": "2026-01-01"}, {4}),
        ({"tor[id]": "3"}, {3}),
        ({"tor[browseFlags][]": "32"}, {2, 3, 4}),
        ({"my_snatched": "1"}, {1}),
    ],
)
async def test_filters_select_the_matching_torrents(filters: dict[str, str], found: set[int]) -> None:
    app = site(
        an_offer(id="1", abridged=True, my_snatched=True),
        an_offer(id="2", seeders=0, language="German"),
        an_offer(id="3", main_category=14, category=63),
        an_offer(id="4", seeders=60, category=47, vip=True, added="2026-02-01"),
    )
    assert {each["id"] for each in await rows(app, filters)} == found


async def test_a_torrent_is_found_by_its_info_hash() -> None:
    app = site(an_offer(id="1"), an_offer(id="2", title="Tarzan of the Apes"))
    metainfo = (await ask(app, SEED, "/tor/download.php?tid=2")).content
    info_hash = torf.Torrent.read_stream(metainfo).infohash
    assert [each["id"] for each in await rows(app, {"tor[hash]": info_hash})] == [2]


async def test_pages_follow_each_other_in_the_requested_order() -> None:
    app = site(*(an_offer(id=str(n), seeders=n) for n in range(1, 13)))
    query = {"tor[sortType]": "seedersDesc", "perpage": "5"}
    assert [each["id"] for each in await rows(app, query | {"tor[startNumber]": "5"})] == [7, 6, 5, 4, 3]
    app.session.begin(SEED)
    last = (await ask(app, SEED, params=query | {"tor[startNumber]": "10"})).json()
    assert (last["perpage"], last["start"], last["total"], last["total_found"]) == (5, 10, 12, 12)


async def test_an_empty_page_is_an_error_with_the_number_of_results() -> None:
    app = site(an_offer())
    first = await ask(app, SEED, params={"tor[text]": "nowhere"})
    assert first.json() == {"error": "Nothing returned, out of 0"}
    past_the_end = await ask(app, first.cookies["mam_id"], params={"tor[startNumber]": "20"})
    assert past_the_end.json() == {"error": "Nothing returned, out of 1"}


async def test_a_search_can_be_sent_as_json() -> None:
    body = {"tor": {"text": "land oz", "srchIn": ["title"], "main_cat": [13], "browse_lang": [1]}, "dlLink": 1}
    answer = await ask(site(an_offer()), SEED, method="POST", json=body)
    assert [each["id"] for each in answer.json()["data"]] == [900001]


@pytest.mark.parametrize("body", [[], {"tor": "oz"}, {"tor": {"browse_lang": []}}, {"tor": {"srchIn": "title"}}])
async def test_an_invalid_body_gets_an_empty_answer(body: object) -> None:
    answer = await ask(site(an_offer()), SEED, method="POST", json=body)
    assert (answer.status_code, answer.content) == (200, b"")


async def test_people_and_series_are_json_strings() -> None:
    [row] = await rows(site(an_offer(authors=["Anne O'Hara"], series=[{"name": "Oz", "sequence": "1-3"}])), {})
    assert list(json.loads(row["author_info"]).values()) == ["Anne O&#039;Hara"]
    assert next(iter(json.loads(row["series_info"]).values()))[:2] == ["Oz", "1-3"]


async def test_a_double_quote_in_a_name_makes_the_json_invalid() -> None:
    [row] = await rows(site(an_offer(authors=['Lyman "Frank" Baum'])), {})
    with pytest.raises(json.JSONDecodeError):
        json.loads(row["author_info"])


async def test_sizes_are_formatted_with_a_unit() -> None:
    [row] = await rows(site(an_offer(size_bytes=int(1016.2 * 2**20))), {})
    assert row["size"] == "1,016.2 MiB"


async def test_flags_are_numbers_strings_or_booleans() -> None:
    app = site(*(an_offer(id=str(n), vip=True) for n in (3, 4, 5)))
    assert [(each["vip"], each["free"]) for each in await rows(app, {"tor[sortType]": "dateAsc"})] == [
        (1, 0),
        ("1", "0"),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        (an_offer(asin="B0OZ000002"), "ASIN:B0OZ000002"),
        (an_offer(isbn="9780000000002"), 9780000000002),
        (an_offer(isbn="000000000X"), "000000000X"),
        (an_offer(), ""),
    ],
)
async def test_isbn_is_a_string_a_number_or_an_asin(offer: Offer, expected: str | int) -> None:
    [row] = await rows(site(offer), {"isbn": "1"})
    assert row["isbn"] == expected


async def test_optional_fields_are_only_returned_on_request() -> None:
    app = site(an_offer(description="<b>Oz</b>"))
    [plain] = await rows(app, {})
    assert not {"description", "dl", "isbn", "mediainfo", "thumbnail"} & set(plain)
    [full] = await rows(app, {"description": "1", "dlLink": "1", "isbn": "1", "mediaInfo": "1", "thumbnail": "1"})
    assert full["description"] == "<b>Oz</b>"
    assert json.loads(full["mediainfo"])["General"]["Format"] == "MPEG-4"


async def test_durations_and_rates_have_different_formats() -> None:
    app = site(*(an_offer(id=str(n)) for n in range(1, 7)))
    media_info = [
        json.loads(each["mediainfo"]) for each in await rows(app, {"mediaInfo": "1", "tor[sortType]": "dateAsc"})
    ]
    assert [each["General"]["Duration"] for each in media_info[:4]] == ["1 min", "60.000", 60, "0:01:00"]
    assert len({type(each["Audio1"]["BitRate"]) for each in media_info}) == 2
    assert {each["Audio1"]["SamplingRate"] for each in media_info} >= {"44100", "44.1 kHz", 44100}


async def test_the_torrent_file_is_private_and_contains_the_tracker() -> None:
    app = site(an_offer())
    answer = await ask(app, SEED, "/tor/download.php?tid=900001")
    torrent = torf.Torrent.read_stream(answer.content)
    assert torrent.private
    assert str(torrent.trackers[0][0]) == "http://tracker/announce"
    [row] = await rows(app, {"dlLink": "1"})
    app.session.begin(SEED)
    assert (await ask(app, SEED, f"/tor/download.php/{row['dl']}")).content == answer.content


async def test_a_rejected_download_is_an_html_page() -> None:
    account = Account(unsatisfied=100, unsatisfied_limit=100)
    at_limit = await ask(site(an_offer(), account=account), SEED, "/tor/download.php?tid=900001")
    not_signed_in = await ask(site(an_offer()), None, "/tor/download.php?tid=900001")
    unknown = await ask(site(an_offer()), SEED, "/tor/download.php?tid=5")
    assert {each.headers["content-type"] for each in (at_limit, not_signed_in, unknown)} == {"text/html; charset=utf-8"}


async def test_a_download_link_without_a_session_is_rejected() -> None:
    app = site(an_offer())
    [row] = await rows(app, {"dlLink": "1"})
    assert (await ask(app, None, f"/tor/download.php/{row['dl']}")).status_code == 401


async def test_a_wedge_is_spent_once() -> None:
    app = site(an_offer(), account=Account(wedges=1))
    first = await ask(app, SEED, "/tor/download.php?tid=900001&fl")
    second = await ask(app, first.cookies["mam_id"], "/tor/download.php?tid=900001&fl")
    assert second.headers["content-type"].startswith("text/html")
    assert (await ask(app, second.cookies["mam_id"], "/jsonLoad.php")).json()["wedges"] == 0


async def test_a_fetched_torrent_counts_as_unsatisfied() -> None:
    app = site(an_offer(), account=Account(unsatisfied=4, unsatisfied_limit=50))
    fetched = await ask(app, SEED, "/tor/download.php?tid=900001")
    standing = (await ask(app, fetched.cookies["mam_id"], "/jsonLoad.php?snatch_summary=1")).json()
    assert (standing["snatch_summary"]["unsat"]["count"], standing["snatch_summary"]["unsat"]["limit"]) == (5, 50)


async def test_in_the_older_format_the_summary_is_at_the_top_level() -> None:
    app = site(an_offer(), rules=mam.Rules(nested_summary=False))
    standing = (await ask(app, SEED, "/jsonLoad.php?snatch_summary=1")).json()
    assert standing["unsat"] == {"name": "Unsatisfied", "count": 4, "limit": 100, "size": 0, "red": False}
    assert standing["connectable"] == "yes"


async def test_an_infinite_ratio_is_text() -> None:
    app = site(account=Account(ratio=float("inf")))
    assert (await ask(app, SEED, "/jsonLoad.php")).json()["ratio"] == "Inf"


async def test_the_seedbox_request_reports_what_is_wrong_with_the_session() -> None:
    app = site(an_offer())
    assert (await ask(app, None, "/json/dynamicSeedbox.php")).json()["msg"] == "No Session Cookie"
    assert (await ask(app, "wrong", "/json/dynamicSeedbox.php")).json()["msg"] == "Invalid session"
    known = await ask(app, SEED, "/json/dynamicSeedbox.php")
    assert known.json()["msg"] == "Completed"
    again = await ask(app, known.cookies["mam_id"], "/json/dynamicSeedbox.php")
    assert again.json()["msg"] == "No change"
    assert (await ask(app, again.cookies["mam_id"], "/json/checkCookie.php")).status_code == 200


async def test_the_address_changes_at_most_once_in_a_rolling_hour() -> None:
    app, clock = site(an_offer()), [NOON]
    app.seedbox.now = lambda: clock[0]
    cookie = (await ask(app, SEED, "/json/dynamicSeedbox.php")).cookies["mam_id"]
    app.seedbox.public_address = "203.0.113.7"
    clock[0] += timedelta(minutes=59)
    refused = await ask(app, cookie, "/json/dynamicSeedbox.php")
    assert (refused.status_code, refused.json()["msg"]) == (429, "Last change too recent")
    clock[0] += timedelta(minutes=1)
    changed = await ask(app, refused.cookies["mam_id"], "/json/dynamicSeedbox.php")
    assert (changed.json()["msg"], changed.json()["ip"]) == ("Completed", "203.0.113.7")


async def test_the_address_is_shown_at_most_once_a_minute() -> None:
    app, clock = site(an_offer()), [NOON]
    app.seedbox.now = lambda: clock[0]
    assert (await ask(app, None, "/json/jsonIp.php")).json()["ip"]
    assert (await ask(app, None, "/json/jsonIp.php")).status_code == 429
    clock[0] += timedelta(minutes=1)
    assert (await ask(app, None, "/json/jsonIp.php")).status_code == 200


async def test_a_fetched_torrent_is_missing_in_the_summary_while_it_lags() -> None:
    app = site(an_offer(), account=Account(unsatisfied=4), rules=mam.Rules(summary_lag_seconds=900))
    fetched = await ask(app, SEED, "/tor/download.php?tid=900001")
    standing = (await ask(app, fetched.cookies["mam_id"], "/jsonLoad.php?snatch_summary=1")).json()
    assert standing["snatch_summary"]["unsat"]["count"] == 4
