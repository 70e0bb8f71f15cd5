"""The bonus store spends once, refuses as the site does, and may lose its answer; the list of torrents is shown."""

from typing import Any

import pytest
from sandbox.outcomes import Outcome
from sandbox.testing import a_world, an_offer, client_of
from sandbox.torrent import TorrentShelf

from sandbox import mam

SEED = "seed-of-the-session"


def site(*offers: Any, **account: Any) -> mam.Mam:
    world = a_world(offers=[each.model_dump() for each in offers], account=account)
    rules = mam.Rules(seed_stays_valid=True)
    return mam.create(world, TorrentShelf("http://tracker/announce"), mam_id=SEED, rules=rules)


async def ask(app: mam.Mam, path: str, **query: str) -> Any:
    async with client_of(app) as client:
        answer = await client.get(path, params=query, headers={"cookie": f"mam_id={SEED}"})
        return answer.json() if answer.status_code == 200 else answer.status_code


async def buy(app: mam.Mam, **query: str) -> Any:
    return await ask(app, "/json/bonusBuy.php", **query)


async def test_upload_credit_costs_points_and_raises_the_upload() -> None:
    app = site(seedbonus=30_000, uploaded_bytes=100 * 2**30, downloaded_bytes=100 * 2**30, ratio=1.0)
    answer = await buy(app, spendtype="upload", amount="50")
    member = await ask(app, "/jsonLoad.php")
    assert (answer["success"], answer["seedbonus"]) == (True, 5_000)
    assert (member["seedbonus"], member["uploaded_bytes"], member["ratio"]) == (5_000, 150 * 2**30, 1.5)


async def test_vip_is_topped_up_to_ninety_days() -> None:
    app = site(seedbonus=20_000)
    answer = await buy(app, spendtype="VIP", duration="max")
    member = await ask(app, "/jsonLoad.php")
    assert answer["success"]
    assert member["vip_until"] is not None
    assert 3_500 < member["seedbonus"] < 4_500


async def test_a_wedge_makes_one_torrent_personal_freeleech() -> None:
    app = site(an_offer(), wedges=2)
    answer = await buy(app, spendtype="personalFL", torrentid="900001")
    again = await buy(app, spendtype="personalFL", torrentid="900001")
    await ask_for_torrent(app)
    member = await ask(app, "/jsonLoad.php")
    assert answer["success"]
    assert again == {"success": False, "error": "This is already a personal freeleech"}
    assert (member["wedges"], member["downloaded_bytes"]) == (1, 100 * 2**30)


async def ask_for_torrent(app: mam.Mam) -> None:
    async with client_of(app) as client:
        await client.get("/tor/download.php?tid=900001", headers={"cookie": f"mam_id={SEED}"})


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"spendtype": "VIP", "amount": "max"}, "Invalid duration specified"),
        ({"spendtype": "upload", "amount": "49"}, "Automated spenders are limited"),
        ({"spendtype": "upload", "amount": "NaN"}, "Automated spenders are limited"),
        ({"spendtype": "upload", "amount": "500"}, "Not enough points"),
        ({"spendtype": "personalFL", "torrentid": "900002"}, "This Torrent is VIP"),
        ({"spendtype": "personalFL", "torrentid": "900003"}, "Cannot spend FL Wedges on Freeleech Picks"),
        ({"spendtype": "gift"}, "Invalid spend type"),
    ],
)
async def test_a_refused_purchase_spends_nothing(query: dict[str, str], error: str) -> None:
    app = site(an_offer(id="900002", vip=True), an_offer(id="900003", free=True))
    answer = await buy(app, **query)
    member = await ask(app, "/jsonLoad.php")
    assert answer["success"] is False
    assert error in answer["error"]
    assert (member["seedbonus"], member["wedges"]) == (25_000, 3)


async def test_a_purchase_is_carried_out_although_its_answer_is_lost() -> None:
    app = site(seedbonus=30_000)
    app.outcomes.switch_on(Outcome(kind="answer_lost", times=1))
    assert await buy(app, spendtype="upload", amount="50") == 502
    assert (await ask(app, "/jsonLoad.php"))["seedbonus"] == 5_000


async def test_the_detailed_list_shows_what_still_has_to_seed() -> None:
    snatch = {"id": "7", "title": "Ozma & Co", "seeded_hours": 35.825, "completed_days_ago": 3}
    app = site(an_offer(), snatches=[snatch])
    await ask_for_torrent(app)
    path, query = "/json/loadUserDetailsTorrents.php", {"uid": "1001", "iteration": "0", "type": "seedUnsat"}
    found = (await ask(app, path, **query))["rows"]
    assert [(row["id"], row["title"]) for row in found] == [(7, "Ozma &amp; Co"), (900001, "The Marvelous Land of Oz")]
    assert found[0]["STG"] == "1d 12:10:30"
    assert (await ask(app, path, **query | {"iteration": "1"}))["rows"] == []
